// Asks the device for a passkey when a form marked data-passkey is sent, and sends its answer with the form.
// data-passkey is "create" or "get"; the question stands in the JSON element that data-question names, or is fetched
// from the form's own address. Where a browser knows no passkeys, the sentence [data-no-passkeys] stays instead.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function question(form) {
    if (form.dataset.question) return JSON.parse(document.getElementById(form.dataset.question).textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
}

async function create(options) {
    const publicKey = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
    publicKey.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
    publicKey.excludeCredentials = withBytes(publicKey.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey });
    return {
        ...named(made),
        response: {
            clientDataJSON: toText(made.response.clientDataJSON),
            attestationObject: toText(made.response.attestationObject),
            transports: made.response.getTransports?.() ?? [],
        },
    };
}

async function get(options) {
    const publicKey = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
    publicKey.allowCredentials = withBytes(publicKey.allowCredentials);
    const found = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
    return {
        ...named(found),
        response: {
            clientDataJSON: toText(clientDataJSON),
            authenticatorData: toText(authenticatorData),
            signature: toText(signature),
            userHandle: userHandle ? toText(userHandle) : null,
        },
    };
}

const named = (credential) => ({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
});

async function ask(form) {
    const refused = form.querySelector("[data-refused]");
    refused.hidden = true;
    try {
        const asked = await question(form);
        const answer = form.dataset.passkey === "create" ? await create(asked.creation_options) : await get(asked.request_options);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
    } catch {
        refused.hidden = false;
        refused.focus();
    }
}

if (window.PublicKeyCredential) {
    for (const sentence of document.querySelectorAll("[data-no-passkeys]")) sentence.hidden = true;
    for (const form of document.querySelectorAll("form[data-passkey]")) {
        form.hidden = false;
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            ask(form);
        });
    }
}

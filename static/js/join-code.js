// The code after the hash of a scanned card reaches no server by itself; put it where it can be seen and sent.
const code = decodeURIComponent(window.location.hash.slice(1));
const field = document.querySelector("[data-join] [name=code]");
if (code && field && !field.value) {
    field.value = code;
    window.history.replaceState(null, "", window.location.pathname);
}

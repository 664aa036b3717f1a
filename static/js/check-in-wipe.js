// Before logging out: says what the check-in desk has not sent yet, one's own and a colleague's, and takes from this device
// what it kept. Where the form says so, a colleague's taps stay: they name nobody, and leave once the colleague is back.
"use strict";
(() => {
    const form = document.querySelector("form[data-check-in-wipe]");
    if (!form || !window.indexedDB) return;
    const told = document.querySelector("[data-check-in-unsent]");
    const account = told.dataset.account;

    const answered = (request) =>
        new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = request.onblocked = () => resolve(null);
        });

    // The taps that wait, apart by whether one made them oneself; a tap without a mark is that of the list beside it.
    async function unsent() {
        const none = { own: [], others: [] };
        const known = (await window.indexedDB.databases?.()) ?? [];
        if (!known.some(({ name }) => name === "check-in")) return none;
        const database = await answered(window.indexedDB.open("check-in"));
        if (!database?.objectStoreNames.contains("queue")) return none;
        const change = database.transaction(["kept", "queue"]);
        const [meta, rows] = await Promise.all([
            answered(change.objectStore("kept").get("meta")),
            answered(change.objectStore("queue").getAll()),
        ]);
        database.close();
        const marked = (rows ?? []).map((row) => ({ ...row, account: row.account || meta?.account || account }));
        return { own: marked.filter((row) => row.account === account), others: marked.filter((row) => row.account !== account) };
    }

    function say(name, number) {
        const line = told.querySelector(`[data-${name}]`);
        line.hidden = !number;
        line.textContent = line.dataset[name].replace("{n}", number);
    }

    async function tell() {
        const { own, others } = await unsent();
        say("own", own.length);
        say("others", others.length);
        told.hidden = !own.length && !others.length;
    }

    async function keep(rows) {
        const request = window.indexedDB.open("check-in", 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("kept");
            const queue = request.result.createObjectStore("queue", { keyPath: "id" });
            for (const row of rows) queue.put(row);
        };
        const database = await answered(request);
        database?.close();
        form.elements.keep_storage.disabled = !database; // or the answer would empty the browser
    }

    async function wipe() {
        const { others } = form.elements.keep_storage ? await unsent() : { others: [] };
        await answered(window.indexedDB.deleteDatabase("check-in")); // other windows of the desk close with it
        if (others.length) await keep(others);
        const names = (await window.caches?.keys()) ?? [];
        await Promise.all(names.filter((name) => name.startsWith("check-in-")).map((name) => caches.delete(name)));
        const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
        await Promise.all(workers.filter(({ scope }) => scope.endsWith("/portal/check-in/")).map((worker) => worker.unregister()));
    }

    tell();
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const late = new Promise((resolve) => window.setTimeout(resolve, 3000));
        await Promise.race([wipe().catch(() => null), late]);
        form.submit();
    });
})();

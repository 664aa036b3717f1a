// Before logging out: says what the check-in desk has not sent yet, and takes from this device all that it kept.
"use strict";
(() => {
    const form = document.querySelector("form[data-check-in-wipe]");
    if (!form || !window.indexedDB) return;
    const told = document.querySelector("[data-check-in-unsent]");

    const answered = (request) =>
        new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = request.onblocked = () => resolve(null);
        });

    async function unsent() {
        const known = (await window.indexedDB.databases?.()) ?? [];
        if (!known.some(({ name }) => name === "check-in")) return;
        const database = await answered(window.indexedDB.open("check-in"));
        if (database?.objectStoreNames.contains("queue")) {
            const waiting = await answered(database.transaction("queue").objectStore("queue").count());
            told.hidden = !waiting;
        }
        database?.close();
    }

    async function wipe() {
        await answered(window.indexedDB.deleteDatabase("check-in"));
        const names = (await window.caches?.keys()) ?? [];
        await Promise.all(names.filter((name) => name.startsWith("check-in-")).map((name) => caches.delete(name)));
        const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
        await Promise.all(workers.filter(({ scope }) => scope.endsWith("/portal/check-in/")).map((worker) => worker.unregister()));
    }

    unsent();
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const late = new Promise((resolve) => window.setTimeout(resolve, 3000));
        await Promise.race([wipe().catch(() => null), late]);
        form.submit();
    });
})();

{% comment %} The service worker. Variables: kept (JSON: version, files, shell, page). {% endcomment %}// Keeps the frame of the check-in desk, so that it opens without a network. Nothing about anybody goes through here:
// it answers for one page and its own files, and lets everything else pass.
"use strict";
const { version, files, shell, page } = {{ kept|safe }};

self.addEventListener("install", (event) => {
    const keep = async () => {
        const cache = await caches.open(version);
        await cache.addAll([...files, shell].map((address) => new Request(address, { cache: "reload" })));
        await self.skipWaiting();
    };
    event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
    const tidy = async () => {
        const names = await caches.keys();
        await Promise.all(names.filter((name) => name.startsWith("check-in-") && name !== version).map((name) => caches.delete(name)));
        await self.clients.claim();
    };
    event.waitUntil(tidy());
});

const kept = async (address) => (await (await caches.open(version)).match(address)) ?? Response.error();

self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== self.location.origin) return;
    if (event.request.mode === "navigate" && pathname === page) {
        event.respondWith(fetch(event.request).catch(() => kept(shell)));
    } else if (files.includes(pathname)) {
        event.respondWith(kept(pathname).then((answer) => (answer.type === "error" ? fetch(event.request) : answer)));
    }
});

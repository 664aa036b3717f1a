// The check-in desk in the browser: keeps the day's lists (masked names, nothing more), notes taps while there is no
// network, and sends them when there is. Every tap has its own key, so sending twice counts once.
"use strict";
(() => {
    const OLDEST = 36 * 3600 * 1000;
    const AT_ONCE = 200;
    const AGAIN = 20000;
    const SOON = [2000, 6000]; // a phone says that it is online before its road is open
    const box = document.getElementById("check-in");
    if (!box || !window.isSecureContext || !window.indexedDB) return;
    const words = box.dataset;
    const account = box.closest("[data-account]")?.dataset.account ?? "";
    const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);
    const state = { meta: null, shifts: [], queue: [], others: 0, csrf: "", expired: false, reached: navigator.onLine, clashes: 0, refused: [] };
    const people = new Map(); // for as long as the page is open: whom a refused tap was about
    let database;
    let sending = false;
    let again = false;

    const asked = (request) =>
        new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    const open = () => {
        const request = window.indexedDB.open("check-in", 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("kept");
            request.result.createObjectStore("queue", { keyPath: "id" });
        };
        return asked(request);
    };
    const stores = (mode) => {
        const change = database.transaction(["kept", "queue"], mode);
        const done = new Promise((resolve, reject) => {
            change.oncomplete = resolve;
            change.onerror = change.onabort = () => reject(change.error);
        });
        return { kept: change.objectStore("kept"), queue: change.objectStore("queue"), done };
    };
    const save = (added = []) => {
        const { kept, queue, done } = stores("readwrite");
        kept.put(state.meta, "meta");
        kept.put(state.shifts, "shifts");
        for (const event of added) queue.put(event);
        return done;
    };
    const drop = (ids) => {
        const { queue, done } = stores("readwrite");
        for (const id of ids) queue.delete(id);
        return done;
    };
    const anew = (person, device = crypto.randomUUID()) => ({ account: person, device, seq: 0, at: 0 });

    // Reads what is kept for whoever is logged in. The lists of somebody else go; taps they have not sent stay, apart.
    async function take(person) {
        const { kept, queue } = stores("readonly");
        const [meta, shifts, waiting] = await Promise.all([asked(kept.get("meta")), asked(kept.get("shifts")), asked(queue.getAll())]);
        const owner = person || meta?.account || "";
        const unmarked = waiting.filter((event) => !event.account);
        for (const event of unmarked) Object.assign(event, { account: meta?.account || owner, device: meta?.device ?? crypto.randomUUID() });
        state.queue = waiting.filter((event) => event.account === owner).sort((one, other) => one.seq - other.seq);
        state.others = waiting.length - state.queue.length;
        const isSame = meta && (!meta.account || meta.account === owner);
        const isOld = isSame && meta.at && Date.now() - meta.at > OLDEST;
        state.meta = isSame && (!isOld || state.queue.length) ? meta : anew(owner, state.queue[0]?.device); // taps name nobody
        if (!isSame) {
            state.refused = [];
            people.clear();
        }
        state.shifts = isSame && !isOld ? (shifts ?? []) : [];
        if (!isSame || isOld) await save(unmarked);
    }

    const call = async (address, options = {}) => {
        const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "manual", ...options });
        if (answer.status === 401 || answer.type === "opaqueredirect") throw new Error("expired");
        if (!answer.ok) throw new Error(`answer ${answer.status}`);
        return answer.json();
    };

    // Asks for the lists of today; what is noted here and not sent yet stays on top.
    async function refresh() {
        const data = await call(words.data);
        if (state.meta.account && state.meta.account !== data.account) await take(data.account);
        const known = new Map(state.shifts.flatMap((shift) => shift.lines).map((line) => [line.id, line]));
        for (const [id, line] of known) people.set(id, `${line.number}. ${line.name}`);
        const wanted = new Map(state.queue.map((event) => [event.sign_up, event.wanted]));
        state.csrf = data.csrf;
        state.clashes = data.conflicts;
        state.shifts = data.shifts;
        for (const line of state.shifts.flatMap((shift) => shift.lines)) {
            line.state = wanted.get(line.id) ?? line.state;
            const before = known.get(line.id);
            if (before?.before && before.state === line.state) line.before = before.before;
        }
        state.meta.account = data.account;
        state.meta.at = Date.now();
        await save();
    }

    async function send() {
        while (state.queue.length) {
            const { device } = state.queue[0];
            const events = state.queue.filter((event) => event.device === device).slice(0, AT_ONCE);
            const { results } = await call(words.sync, {
                method: "POST",
                headers: { "Content-Type": "application/json", "X-CSRFToken": state.csrf },
                body: JSON.stringify({ device, now: Date.now(), events }),
            });
            const done = new Set(results.map((result) => result.id));
            if (!events.some((event) => done.has(event.id))) throw new Error("no answer to what was sent");
            const about = new Map(events.map((event) => [event.id, event.sign_up]));
            for (const { id, reason } of results.filter((result) => result.state === "refused")) {
                state.refused.push({ who: people.get(about.get(id)) ?? fill(words.signUp, { id: about.get(id) }), reason });
            }
            await drop(done);
            state.queue = state.queue.filter((event) => !done.has(event.id));
        }
    }

    // First a fresh token, then what waits, then the lists as they are now.
    // Asked for in the middle of one, another follows it: the network may be back while a try without it still ends.
    async function exchange() {
        again = sending;
        if (sending) return;
        sending = true;
        try {
            await refresh();
            state.reached = true;
            state.expired = false;
            if (state.queue.length) {
                await send();
                await refresh();
            }
        } catch (error) {
            state.expired = error.message === "expired";
            state.reached = state.expired;
        } finally {
            sending = false;
            show();
        }
        if (again) await exchange();
    }

    // Two pages on one device count apart: by the clock the later tap has the higher number.
    const next = () => (state.meta.seq = Math.max(state.meta.seq + 1, Date.now()));

    // Notes taps: [line, new state, whether they leave now], all of them or none.
    async function note(taps) {
        const { account: owner, device } = state.meta;
        const events = taps.map(([line, wanted, left]) => {
            const event = { account: owner, device, id: crypto.randomUUID(), seq: next(), sign_up: line.id, seen: line.state, wanted, at: Date.now(), has_left: left };
            line.before = line.before === wanted ? "" : line.state;
            line.state = wanted;
            return event;
        });
        state.queue.push(...events);
        state.refused = [];
        show();
        await save(events);
        await exchange();
    }

    const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
    const button = (label, kind, act, about = "") => {
        const made = make("button", `button button--${kind}`, label);
        made.type = "button";
        if (about) made.append(make("span", "visually-hidden", `：${about}`));
        made.addEventListener("click", act);
        return made;
    };

    function movesOf(line, shift) {
        const moves = make("div", "door__moves");
        const about = `${line.number}. ${line.name}`;
        const began = Date.now() >= shift.starts;
        const add = (label, kind, wanted, left = false) => moves.append(button(label, kind, () => note([[line, wanted, left]]), about));
        if (line.state === "expected") add(words.doArrived, "primary", "arrived");
        if (line.state === "expected" && began) add(words.doAbsent, "quiet", "absent");
        if (line.state === "arrived" && began) add(words.doLeft, "secondary", "completed", true);
        if (line.before) add(words.doUndo, "quiet", line.before);
        return moves;
    }

    function rowOf(line, shift) {
        const row = make("li", `door__line door__line--${line.state}`);
        const who = make("p", "door__who");
        who.append(make("span", "who", `${line.number}. ${line.name}`));
        for (const small of [line.tail && fill(words.tail, line), line.position]) if (small) who.append(" ", make("small", "who__tail", small));
        const is = make("p", "door__state");
        const kind = { arrived: " badge--good", completed: " badge--good", absent: " badge--warn" }[line.state] ?? "";
        is.append(make("span", `badge${kind}`, words[line.state]));
        row.append(who, is);
        if (line.open && Date.now() >= shift.opens) row.append(movesOf(line, shift));
        return row;
    }

    function shiftOf(shift) {
        const part = make("section", "off__shift");
        part.append(make("h3", "off__title", shift.title), make("p", "soft", [shift.time, shift.place].filter(Boolean).join(" · ")));
        const here = shift.lines.filter((line) => ["arrived", "completed"].includes(line.state)).length;
        part.append(make("p", "tally", fill(words.tally, { total: shift.lines.length, here })));
        const all = make("div", "button-row");
        const open = (wanted) => shift.lines.filter((line) => line.open && line.state === wanted);
        const bulk = (label, from, to) => all.append(button(label, "secondary", () => note(open(from).map((line) => [line, to, false])), shift.title));
        if (Date.now() >= shift.opens && open("expected").length) bulk(words.allArrived, "expected", "arrived");
        if (Date.now() >= shift.starts && open("arrived").length) bulk(words.allCompleted, "arrived", "completed");
        const list = make("ul", "door");
        list.append(...shift.lines.map((line) => rowOf(line, shift)));
        part.append(all, list);
        return part;
    }

    function show() {
        const at = document.activeElement?.closest?.(".door__line");
        const rows = [...box.querySelectorAll(".door__line")];
        const focused = at ? rows.indexOf(at) : -1;
        const net = box.querySelector(".off__net");
        const waiting = state.queue.length ? ` ${fill(words.unsent, { n: state.queue.length })}` : "";
        net.textContent = (state.reached ? words.online : words.offline) + waiting;
        net.dataset.unsent = state.queue.length;
        net.classList.toggle("off__net--away", !state.reached);
        const others = box.querySelector(".off__others");
        others.hidden = !state.others;
        others.textContent = state.others ? fill(words.others, { n: state.others }) : "";
        const say = box.querySelector(".off__say");
        say.replaceChildren();
        if (state.expired) say.append(words.expired, " ", Object.assign(make("a", "", words.relogin), { href: words.login }));
        for (const one of state.refused) say.append(make("p", "", fill(words.refused, one)));
        if (!state.expired && state.clashes) say.append(Object.assign(make("a", "", fill(words.clash, { n: state.clashes })), { href: words.conflicts }));
        const lists = state.shifts.map(shiftOf);
        box.querySelector(".off__shifts").replaceChildren(...(lists.length ? lists : [make("p", "soft", words.empty)]));
        box.hidden = false;
        if (focused >= 0) box.querySelectorAll(".door__line")[focused]?.querySelector("button")?.focus({ preventScroll: true });
    }

    async function start() {
        database = await open();
        database.onversionchange = () => {
            database.close(); // somebody logs out in another window: everything goes
            box.replaceChildren();
        };
        await take(account);
        show();
        // Before the first try: the network may be back while that, or the worker's registration, still waits.
        for (const event of ["online", "focus"]) window.addEventListener(event, exchange);
        window.addEventListener("online", () => SOON.forEach((wait) => window.setTimeout(() => state.reached || exchange(), wait)));
        window.addEventListener("offline", () => {
            state.reached = false;
            show();
        });
        window.setInterval(() => (state.queue.length || document.visibilityState === "visible") && exchange(), AGAIN);
        await exchange();
        if (navigator.serviceWorker) await navigator.serviceWorker.register(words.worker, { scope: words.scope }).catch(() => null);
        box.dataset.ready = "yes";
    }
    start();
})();

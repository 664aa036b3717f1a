// Sorts the venues by how far they are from the reader, or says how far the place is where people meet. Where the reader
// is stays in this page: it is neither sent nor kept.
const EARTH = 6371008.8; // mean radius in metres
const TEN_MINUTES = 800;
const METRES_A_MINUTE = 80;
const AT_ONCE = 30;
const BESIDE = 200; // metres that still count as there
const MOST_DOUBT = 500; // of what a device does not know of its own place, no more is forgiven

const radians = (degrees) => (degrees * Math.PI) / 180;

function metres(one, other) {
    const north = radians(other.latitude - one.latitude) / 2;
    const east = radians(other.longitude - one.longitude) / 2;
    const chord = Math.sin(north) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east) ** 2;
    return 2 * EARTH * Math.asin(Math.sqrt(chord));
}

const inWords = (far) => (far < 1000 ? `${Math.max(10, Math.round(far / 10) * 10)} m` : `${(far / 1000).toFixed(1)} km`);

function rowOf(template, venue, far, words) {
    const row = template.content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    link.textContent = venue.title;
    link.href = venue.url;
    const about = words.about.replace("{distance}", inWords(far)).replace("{minutes}", Math.max(1, Math.ceil(far / METRES_A_MINUTE)));
    row.querySelector(".venue-row__far").textContent = about;
    if (far <= TEN_MINUTES) {
        const badge = Object.assign(document.createElement("span"), { className: "badge badge--good", textContent: words.ten });
        row.querySelector(".venue-row__far").append(" ", badge);
    }
    row.querySelector(".venue-row__address").textContent = venue.address;
    row.querySelector(".row__meta").textContent = [venue.kind, venue.opening].filter(Boolean).join(" · ");
    return row;
}

function show(venues, here, words) {
    const template = document.querySelector("[data-venue-row]");
    const sorted = venues.map((venue) => [metres(here, venue), venue]).sort((one, other) => one[0] - other[0]);
    const list = Object.assign(document.createElement("ul"), { className: "rows" });
    list.append(...sorted.slice(0, AT_ONCE).map(([far, venue]) => rowOf(template, venue, far, words)));
    document.querySelector("[data-venues]").replaceChildren(list);
}

const whereAmI = () =>
    new Promise((resolve, reject) => {
        navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, { maximumAge: 60000, timeout: 15000 });
    });

const box = document.querySelector("[data-nearby]");
if (box && navigator.geolocation) {
    const told = document.querySelector("[data-nearby-told]");
    const button = box.querySelector("button");
    box.hidden = false;
    button.addEventListener("click", async () => {
        told.textContent = box.dataset.asking;
        button.disabled = true;
        const here = await whereAmI().catch(() => null);
        if (here === null) {
            told.textContent = box.dataset.refused;
        } else {
            try {
                // The same questions as this page's, and nothing of where the reader is.
                const answer = await fetch(box.dataset.nearby + window.location.search, { credentials: "omit", referrerPolicy: "no-referrer" });
                show((await answer.json()).venues, here, box.dataset);
                told.textContent = box.dataset.done;
            } catch {
                told.textContent = box.dataset.failed;
            }
        }
        button.disabled = false;
    });
}

function howFar(here, spot, words) {
    const far = metres(here, spot);
    if (far <= Math.max(BESIDE, Math.min(here.accuracy, MOST_DOUBT))) {
        return words.here;
    }
    const [text, n] = far < 1000 ? [words.metres, Math.round(far / 10) * 10] : [words.kilometres, (far / 1000).toFixed(1)];
    return words.away.replace("{distance}", text.replace("{n}", n));
}

const spot = document.querySelector("[data-spot]");
if (spot && navigator.geolocation) {
    const told = spot.querySelector("[data-spot-told]");
    const place = { latitude: Number(spot.dataset.latitude), longitude: Number(spot.dataset.longitude) };
    spot.hidden = false;
    spot.querySelector("button").addEventListener("click", async () => {
        told.textContent = spot.dataset.asking;
        const here = await whereAmI().catch(() => null);
        told.textContent = here === null ? spot.dataset.refused : howFar(here, place, spot.dataset);
    });
}

/* From a remark to the place it is about: the right tab, the panel opened, the field in focus. */
(() => {
    const placeOf = (path) => {
        const [field, block] = path.split(".");
        return (
            (block && document.getElementById(`block-${block}-section`)) ||
            document.getElementById(`id_${field}`) ||
            document.querySelector(`[data-contentpath="${CSS.escape(field)}"]`) ||
            document.getElementById(`id_${field}-FORMS`)
        );
    };

    const inputOf = (place) =>
        place.matches("input, textarea, select")
            ? place
            : place.querySelector("input[type=text], textarea, [contenteditable=true]") ??
              place.querySelector("input:not([type=hidden]), select, button");

    const open = (place) => {
        const tab = place.closest("[role=tabpanel][hidden]");
        if (tab) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
        for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
            const toggle = panel.querySelector("[data-panel-toggle]");
            if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
        }
    };

    document.addEventListener("click", (event) => {
        const link = event.target.closest("[data-remark-path]");
        const place = link && placeOf(link.dataset.remarkPath);
        if (place) {
            event.preventDefault();
            if (matchMedia("(max-width: 50rem)").matches) {
                document.querySelector("[data-form-side-close-button]")?.click(); // the list covers the form
            }
            open(place);
            place.scrollIntoView({ block: "center" });
            inputOf(place)?.focus({ preventScroll: true });
        }
        if (event.target.closest("[data-remarks-toggle]")) {
            const toggle = document.querySelector('[data-side-panel-toggle="checks"]');
            if (toggle?.getAttribute("aria-expanded") !== "true") toggle?.click();
        }
    });
})();

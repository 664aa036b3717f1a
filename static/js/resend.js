// Where scripts run, count the seconds down and take the sentence away once another code may be asked for.
for (const shown of document.querySelectorAll("[data-seconds]")) {
    const until = Date.now() + Number(shown.textContent) * 1000;
    const timer = setInterval(() => {
        const left = Math.ceil((until - Date.now()) / 1000);
        if (left > 0) {
            shown.textContent = String(left);
            return;
        }
        clearInterval(timer);
        shown.parentElement.hidden = true;
    }, 1000);
}

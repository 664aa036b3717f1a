// Shows each "copy" button where the browser can copy, and says when it has.
for (const button of document.querySelectorAll("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    if (!field || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
        field.select();
        try {
            await navigator.clipboard.writeText(field.value);
            button.textContent = button.dataset.done;
        } catch {
            field.focus(); // selected already: the reader copies by hand
        }
    });
}

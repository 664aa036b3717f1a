// Keeps what an editor types on the import report, so that a closed window or an ended session loses nothing.
"use strict";

const report = document.getElementById("imports-report");
const told = report.querySelector(".imports-kept");
let waiting;

const keep = async () => {
    const answers = new FormData(report);
    answers.set("action", "keep");
    const answer = await fetch(window.location.href, {
        method: "POST",
        body: answers,
        headers: { "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
    }).catch(() => null);
    told.textContent = answer?.status === 204 ? told.dataset.kept : "";
};

report.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
});
report.addEventListener("submit", () => clearTimeout(waiting));

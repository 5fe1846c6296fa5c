// Comforts on top of pages that work without script. Listeners sit on the document, so that parts
// that htmx puts in later need no wiring.
"use strict";

const { body } = document;

// Buttons that only script can serve stand in the page with `hidden`, as <button data-print hidden>.
const reveal = () => {
    for (const button of document.querySelectorAll("[data-print], [data-copy-link]")) {
        button.hidden = "copyLink" in button.dataset && !navigator.clipboard;
    }
};

const copyLink = async (button) => {
    const words = (button.dataset.words ??= button.textContent);
    try {
        await navigator.clipboard.writeText(button.dataset.copyLink || location.href);
        button.textContent = "Link copied";
    } catch {
        button.textContent = "Copy it from the address bar";
    }
    setTimeout(() => { button.textContent = words; }, 3000);
};

// A tick that htmx does not send on is counted here, until the tray is sent.
const updateTray = () => {
    const tray = document.getElementById("tray");
    const number = tray?.querySelector(".tray__n");
    if (!number) return;
    const ticks = [...tray.elements].filter((field) => field.type === "checkbox" && field.name === "item");
    const list = tray.querySelector("ol");
    for (const tick of ticks) {
        const entry = [...list.children].find((item) => item.dataset.slug === tick.value);
        if (!tick.checked) entry?.remove();
        if (!tick.checked || entry) continue;
        const added = list.appendChild(document.createElement("li"));
        added.dataset.slug = tick.value;
        const name = added.appendChild(document.createElement("span"));
        name.textContent = tick.dataset.name;
        const remove = added.appendChild(document.createElement("button"));
        remove.type = "button";
        remove.textContent = "×";
        remove.ariaLabel = `Remove ${tick.dataset.name} from the comparison`;
        remove.addEventListener("click", () => { tick.checked = false; updateTray(); tick.focus(); });
    }
    const count = list.children.length;
    const most = Number(tray.dataset.max) || Infinity;
    tray.classList.toggle("tray--empty", count === 0);
    number.textContent = count || "";
    tray.querySelector(".tray__say").textContent = count >= most ? `${most} is the most` : "";
    for (const tick of ticks) tick.disabled = !tick.checked && count >= most;
};

document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print], [data-copy-link]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else copyLink(button);
});

document.addEventListener("change", ({ target }) => {
    if (target.matches('input[type="checkbox"][name="item"][form="tray"]:not([hx-get])')) updateTray();
});

// The filter panel of a phone is open while the address ends in #filters. Sending it, or Escape, closes it.
const closePanel = () => {
    if (location.hash === "#filters") location.replace("#main");
};
body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.triggeringEvent?.type === "submit") closePanel();
});
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") closePanel(); });

body.addEventListener("htmx:afterSettle", reveal);
// Back to a page from the browser's store: its ticks may differ from what the server drew.
window.addEventListener("pageshow", updateTray);
reveal();

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

document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print], [data-copy-link]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else copyLink(button);
});

// The filter panel of a phone is open while the address ends in #filters. Sending it, or Escape, closes it.
const closePanel = () => {
    if (location.hash === "#filters") location.replace("#main");
};
body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.triggeringEvent?.type === "submit") closePanel();
});
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") closePanel(); });

// Suggestions below a search field: Escape takes them away.
document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape") target.closest(".find")?.querySelector(".find__found")?.replaceChildren();
});

body.addEventListener("htmx:afterSettle", reveal);
reveal();

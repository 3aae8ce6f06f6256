/** The page for paper: its button opens the browser's own dialog of printing. */
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

/** Choosing all campaigns of the list at once. */
for (const all of document.querySelectorAll("[data-all]")) {
  all.addEventListener("change", () => {
    for (const one of all.form.elements) if (one.name === all.dataset.all) one.checked = all.checked;
  });
}

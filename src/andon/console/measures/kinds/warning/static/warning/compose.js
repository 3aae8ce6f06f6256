// The preview shows the wording that is chosen: the same words, in the language they are in, with its picture.
const preview = document.querySelector("[data-preview]");

function show(chosen) {
  const text = preview.querySelector("[data-reply]");
  text.textContent = chosen.closest(".choice").querySelector(".choice__text").textContent;
  text.lang = chosen.dataset.lang;
  preview.querySelector("[data-reply-picture]")?.remove();
  if (!chosen.dataset.picture) return;
  const picture = document.createElement("img");
  picture.className = "thread__picture";
  picture.dataset.replyPicture = "";
  picture.src = chosen.dataset.picture;
  picture.alt = chosen.dataset.alt;
  picture.lang = chosen.dataset.lang;
  text.after(picture);
}

if (preview) {
  document.addEventListener("change", (event) => {
    if (event.target.matches('input[name="wording"]')) show(event.target);
  });
}

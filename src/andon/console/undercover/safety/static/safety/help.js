// Two taps: the first arms the button where the thumb already is, the second calls. It disarms by itself, so that a pocket does not call.
const ARMED_FOR = 6000;

for (const form of document.querySelectorAll("[data-help]")) {
  const button = form.querySelector("button");
  const word = button.querySelector(".help__word");
  const first = word.textContent;
  let timer = 0;
  form.addEventListener("submit", (event) => {
    if (button.classList.contains("is-armed")) {
      window.clearTimeout(timer);
      button.setAttribute("aria-busy", "true");
      return;
    }
    event.preventDefault();
    button.classList.add("is-armed");
    word.textContent = button.dataset.again;
    timer = window.setTimeout(() => {
      button.classList.remove("is-armed");
      word.textContent = first;
    }, ARMED_FOR);
  });
}

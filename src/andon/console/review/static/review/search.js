/** Search while typing: asked when the words have come to rest and nothing is being composed, since every search is kept in the trail. */

const field = document.getElementById("q");
const REST_MS = 450;
const LEAST = 2;
let timer = 0;
let asked = field.value.trim();

function rest() {
  clearTimeout(timer);
  timer = setTimeout(ask, REST_MS);
}

function ask() {
  const words = field.value.trim();
  if (words === asked || (words && words.length < LEAST)) return;
  asked = words;
  window.htmx.trigger(field, "settled");
}

field.addEventListener("input", (event) => !event.isComposing && rest());
field.addEventListener("compositionend", rest);
field.setSelectionRange(field.value.length, field.value.length);

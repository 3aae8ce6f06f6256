// Posts that a person looks at: j and k go from one to the next; a row that was answered hands on to the next one by itself.
import { keys, words } from "desk";

const say = words("visits-words");
const list = document.querySelector("[data-visits]");

function rows() {
  return [...list.querySelectorAll(".look:not([data-done])")];
}

function activate(row) {
  for (const other of list.querySelectorAll(".look.is-active")) {
    other.classList.remove("is-active");
    other.removeAttribute("aria-current");
  }
  if (!row) return;
  row.classList.add("is-active");
  row.setAttribute("aria-current", "true");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const every = rows();
  const at = every.findIndex((row) => row.classList.contains("is-active"));
  activate(every[Math.min(Math.max(at + by, 0), every.length - 1)]);
}

if (list) {
  keys.bind({ j: [() => move(1), say("visits.key.next")], k: [() => move(-1), say("visits.key.previous")] });
  list.addEventListener("htmx:afterSettle", (event) => {
    if (list.querySelector(".look.is-active:not([data-done])")) return;
    const done = event.detail.elt;
    activate(rows().find((row) => done.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows()[0]);
  });
}

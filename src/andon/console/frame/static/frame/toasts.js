/** Short notices at the edge of the page: `toast("…", {undo_url})`, or from the server by HX-Trigger (see frame/toasts.py). */
import { say } from "desk/words";

const STAYS_MS = { done: 6000, info: 8000, warn: 12000, wrong: 0 }; // what went wrong stays until it is dismissed
const AT_MOST = 4;

/**
 * Show a notice.
 * @param {string} text
 * @param {{tone?: "done"|"info"|"warn"|"wrong", undo_url?: string, undo?: () => void, key?: string}} options
 */
export function toast(text, { tone = "done", undo_url: undoUrl = "", undo = null, key = "" } = {}) {
  const region = document.getElementById("toasts");
  const same = [...region.children].find((one) => one.dataset.text === text && one.classList.contains(`toast--${tone}`));
  same?.remove();
  const one = document.createElement("div");
  one.className = `toast toast--${tone}`;
  one.dataset.text = text;
  const line = document.createElement("p");
  line.textContent = text;
  one.append(line);
  if (undoUrl || undo) one.append(undoButton(one, undoUrl, undo, key));
  one.append(dismissButton(one));
  region.append(one);
  while (region.children.length > AT_MOST) region.firstElementChild.remove();
  leave(one, STAYS_MS[tone]);
  return one;
}

function undoButton(one, url, run, key) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.append(say("frame.toast.undo"));
  if (key) {
    const hint = document.createElement("kbd");
    hint.textContent = key;
    button.append(hint);
  }
  button.addEventListener("click", () => {
    one.remove();
    if (run) run();
    else window.htmx.ajax("POST", url, { swap: "none" });
  });
  return button;
}

function dismissButton(one) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small";
  button.setAttribute("aria-label", say("frame.toast.dismiss"));
  button.textContent = "×";
  button.addEventListener("click", () => one.remove());
  return button;
}

/** Take it away after a while, but not while somebody points at it or is in it. */
function leave(one, after) {
  if (!after) return;
  setTimeout(() => (one.matches(":hover, :focus-within") ? leave(one, 2000) : one.remove()), after);
}

document.addEventListener("toast", (event) => {
  const { text, ...options } = event.detail;
  toast(text, options);
});
for (const one of document.querySelectorAll("#toasts > .toast")) {
  one.append(dismissButton(one));
  leave(one, one.classList.contains("toast--wrong") ? 0 : STAYS_MS.info);
}

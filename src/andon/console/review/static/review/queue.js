/** The queue by keyboard: moving, deciding, taking back; and keeping the open card in one's hand. */
import { keys, toast, words } from "desk";
import { tend } from "./hand.js";
import { light } from "./light.js";

const say = words("review-words");
const desk = document.getElementById("desk");
const LIVE_MS = 15_000;
const SOON_MS = 2_000; // the page before has given its card back by now
const REST_MS = 70; // a held key runs through the list; only where it comes to rest a card is opened
const CARD = { target: "#card", swap: "outerHTML" };
let timer = 0;
let shown = number();

const card = () => document.getElementById("card");
const rows = () => [...document.querySelectorAll("#rows [data-row]")];
const chooser = () => document.querySelector(".chooser[open]");

function number() {
  return document.getElementById("card")?.dataset.campaign ?? "";
}

// Moving

function step(by) {
  if (chooser()) return stepChoice(by);
  const all = rows().filter((row) => !row.querySelector(".is-gone") || row.classList.contains("is-open"));
  const at = all.findIndex((row) => row.classList.contains("is-open"));
  const next = all[at < 0 ? 0 : at + by];
  if (next) choose(next);
  else if (by > 0) document.querySelector("#more button")?.click();
}

function choose(row) {
  mark(row);
  clearTimeout(timer);
  timer = setTimeout(() => row.querySelector("a").click(), REST_MS);
}

function mark(row) {
  for (const one of document.querySelectorAll("#rows .is-open")) {
    one.classList.remove("is-open");
    one.querySelector("a").removeAttribute("aria-current");
  }
  row?.classList.add("is-open");
  row?.querySelector("a").setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

// Deciding: a digit opens a chooser; in an open one it chooses

function digit(wanted) {
  const open = chooser();
  const choices = open ? [...open.querySelectorAll(".choice")] : [];
  if (open) choices[wanted - 1]?.click();
  else if (wanted <= 3) openChooser(document.querySelector(`[data-chooser="${wanted}"]`));
}

function openChooser(one) {
  if (!one) return;
  one.open = true;
  attend(one); // not left to the toggle event, which comes later than the Enter of quick fingers
}

function stepChoice(by) {
  const choices = [...chooser().querySelectorAll(".choice")];
  const at = choices.indexOf(document.activeElement);
  choices[(at + by + choices.length) % choices.length].focus();
}

function closeChooser() {
  const open = chooser();
  if (!open) return false;
  open.open = false;
  open.querySelector("summary").focus();
  return true;
}

// The chooser whose keys are bound, and what unbinds them. By a mouse it opens without `openChooser`, so the event attends to it too
let attended = null;
let unbind = null;

function attend(one) {
  unbind?.();
  attended = one;
  unbind = one && keys.bind({ Escape: closeChooser, ArrowDown: () => stepChoice(1), ArrowUp: () => stepChoice(-1) });
  one?.querySelector(".choice").focus({ preventScroll: true });
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".chooser")) return;
    if (target.open !== (target === attended)) attend(target.open ? target : null);
  },
  true,
);
document.addEventListener("click", ({ target }) => chooser() && !target.closest(".chooser") && (chooser().open = false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.id !== "note") return;
  event.preventDefault(); // a line break in a note decides nothing: it goes back to the keys
  event.target.blur();
});

function undo() {
  const button = [...document.querySelectorAll("#toasts .button")].findLast((one) => one.querySelector("kbd")?.textContent === "u");
  if (button) button.click();
  else window.htmx.ajax("POST", desk.dataset.undo, CARD);
}

function toggleReasons() {
  const all = [...document.querySelectorAll(".opened__reasons details")];
  const open = !all.every((one) => one.open);
  for (const one of all) one.open = open;
}

keys.bind({
  j: [() => step(1), say("review.key.next")],
  k: [() => step(-1), say("review.key.previous")],
  1: [() => digit(1), say("review.key.recruitment")],
  2: [() => digit(2), say("review.key.not")],
  3: [() => digit(3), say("review.key.escalated")],
  u: [undo, say("review.key.undo")],
  o: [toggleReasons, say("review.key.reasons")],
  "/": [() => location.assign(desk.dataset.search), say("review.key.search")],
  ...Object.fromEntries([4, 5, 6, 7, 8, 9].map((one) => [String(one), () => digit(one)])),
});

// Cards that arrive

/** A card that is left is given back with the request for the next one. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const opens = detail.verb === "get" ? /\/\d+(\?|$)/.test(detail.path) : /withdraw|undo/.test(detail.path);
  if (opens && card()?.hasAttribute("data-mine")) detail.parameters.left = number();
});

/** "Somebody was quicker" comes with the card as it is now and what was typed: it is shown, not only said. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 409 || !detail.xhr.getResponseHeader("X-Card")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "live") spread(document.getElementById("live"));
  if (card() && !card().dataset.read) arrived();
});

/** Parts of an answer that belong elsewhere on the page: each names the element it goes into. */
function spread(from) {
  for (const part of from.querySelectorAll("[data-for]")) {
    const target = document.getElementById(part.dataset.for);
    target?.classList.toggle("is-gone", part.classList.contains("is-gone"));
    target?.replaceChildren(...part.childNodes);
    if (target?.matches("[data-row]")) window.htmx.process(target);
  }
  from.replaceChildren();
}

function arrived() {
  card().dataset.read = "1";
  spread(card().querySelector(".spread"));
  const now = number();
  mark(document.getElementById(`c-${now}`));
  tend(card(), lost);
  light(card());
  if (now !== shown) {
    document.getElementById("queue").hidePopover?.();
    window.scrollTo({ top: 0 });
    document.getElementById("card-title")?.focus({ preventScroll: true });
  }
  shown = now;
}

function lost() {
  toast(say("review.lost"), { tone: "warn" });
  window.htmx.ajax("GET", card().dataset.address, CARD);
}

// What changes elsewhere

function look() {
  if (document.hidden || document.querySelector("dialog[open], .chooser[open]")) return;
  const asked = new URL(desk.dataset.live, location.href);
  asked.searchParams.set("shown", rows().map((row) => row.dataset.row).join(","));
  window.htmx.ajax("GET", asked.pathname + asked.search, { target: "#live", swap: "innerHTML" });
}

setInterval(look, LIVE_MS);
setTimeout(look, SOON_MS);
addEventListener("pageshow", ({ persisted }) => persisted && card()?.dataset.address && window.htmx.ajax("GET", card().dataset.address, CARD));
arrived();


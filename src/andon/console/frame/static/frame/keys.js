/**
 * Keys of the desk. A script binds them, or an element has them pressed for it (`data-key="1"` on a button or link).
 * Nothing fires while somebody types, composes Japanese, holds a modifier, or has a dialog open; Enter on a link or button stays its own.
 */
import { say } from "desk/words";

const bound = new Map(); // "j" or "g q" → {run, label, group}
const SEQUENCE_MS = 1200;
const SHOWN = { " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
let first = "";
let timer = 0;

/**
 * Bind keys. `keys.bind({j: [next, "次のカード"], k: previous})`; a label puts the key on the list that `?` shows.
 * @param {Record<string, (() => void) | [() => void, string]>} map from "j", "g q", "ArrowDown" to what it does
 * @param {{group?: string}} options the heading on the list
 * @returns {() => void} undoes it
 */
function bind(map, { group = say("frame.keys.page") } = {}) {
  for (const [key, value] of Object.entries(map)) {
    const [run, label] = Array.isArray(value) ? value : [value, ""];
    bound.set(key, { run, label, group });
  }
  return () => Object.keys(map).forEach((key) => bound.delete(key));
}

/** Whether keys belong to a field just now. */
function typing(event) {
  const at = event.composedPath()[0];
  if (event.isComposing || event.keyCode === 229) return true;
  return at instanceof Element && at.matches("input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])");
}

/** Whether Enter belongs to what has the focus: a link that is to be followed, a button of its own. */
function answersItself(event) {
  const at = event.composedPath()[0];
  return event.key === "Enter" && at instanceof Element && Boolean(at.closest("a[href], button, summary"));
}

/** The first element on the page that has `key` and can be pressed; one inside the active card (`[data-key-scope].is-active`, or aria-current) goes first. */
function pressable(key) {
  const quoted = CSS.escape(key);
  const here = [...document.querySelectorAll(`[data-key-scope]:is(.is-active, [aria-current="true"]) [data-key="${quoted}"]`)];
  const anywhere = [...document.querySelectorAll(`[data-key="${quoted}"]`)].filter((one) => !one.closest("[data-key-scope]"));
  return [...here, ...anywhere].find((one) => !one.disabled && one.checkVisibility());
}

function press(element) {
  if (element.matches("input:not([type=button],[type=submit],[type=checkbox],[type=radio]), textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function act(key) {
  const binding = bound.get(key);
  if (binding) {
    binding.run();
    return true;
  }
  const element = pressable(key);
  if (element) press(element);
  return Boolean(element);
}

function starts(key) {
  return [...bound.keys()].some((one) => one.startsWith(`${key} `)) || Boolean(document.querySelector(`[data-go^="${CSS.escape(key)} "]`));
}

function onKey(event) {
  if (event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("desk:palette"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event)) {
    if (event.key === "Escape" && !event.isComposing) event.composedPath()[0].blur();
    return;
  }
  if (answersItself(event)) return;
  const key = first ? `${first} ${event.key}` : event.key;
  clearTimeout(timer);
  first = "";
  if (go(key) || act(key)) event.preventDefault();
  else if (key === event.key && key.length === 1 && starts(key)) {
    first = key;
    timer = setTimeout(() => (first = ""), SEQUENCE_MS);
  }
}

function go(key) {
  const link = key.includes(" ") && document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  link?.click?.();
  return Boolean(link);
}

/** All keys with a label, by heading. */
export function listed() {
  const groups = new Map();
  const add = (group, key, label) => {
    if (!label) return;
    if (!groups.has(group)) groups.set(group, new Map());
    groups.get(group).set(label, [...(groups.get(group).get(label) ?? []), key]);
  };
  for (const [key, { label, group }] of bound) add(group, key, label);
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (seen.has(element.dataset.key)) continue;
    seen.add(element.dataset.key);
    add(say("frame.keys.page"), element.dataset.key, element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? named(element));
  }
  for (const link of document.querySelectorAll(".rail [data-go]")) add(say("frame.keys.go"), link.dataset.go, named(link));
  add(say("frame.keys.general"), "?", say("frame.keys.help"));
  add(say("frame.keys.general"), "Ctrl K", say("frame.keys.palette"));
  add(say("frame.keys.general"), "Escape", say("frame.keys.close"));
  return groups;
}

function named(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .sr, svg").forEach((one) => one.remove());
  return copy.textContent.trim();
}

function fill(body) {
  body.replaceChildren();
  for (const [group, entries] of listed()) {
    const section = document.createElement("section");
    const heading = document.createElement("h3");
    heading.textContent = group;
    const list = document.createElement("dl");
    for (const [label, combinations] of entries) list.append(line(label, combinations));
    section.append(heading, list);
    body.append(section);
  }
}

function line(label, combinations) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const value = document.createElement("dd");
  term.textContent = label;
  for (const part of combinations.flatMap((one) => (one === " " ? [one] : one.split(" ")))) {
    const key = document.createElement("kbd");
    key.textContent = SHOWN[part] ?? part;
    value.append(key);
  }
  row.append(term, value);
  return row;
}

/** Open the list of keys. */
export function help() {
  const dialog = document.getElementById("keys");
  fill(dialog.querySelector(".keylist"));
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("keydown", onKey);
bind({ "?": help });

export const keys = { bind, help, typing };

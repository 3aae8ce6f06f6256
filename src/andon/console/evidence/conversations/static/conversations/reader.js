/** The reader of one conversation: list, line of days, search, gaps, notes, sources; everything also by keys. */
import { keys, toast, words } from "desk";
import { List } from "./list.js";
import { Marks } from "./notes.js";
import { button, get, icon, make } from "./parts.js";
import { drawGap, drawNote, drawRow } from "./rows.js";
import { Search } from "./search.js";
import { Ruler, Strip } from "./strip.js";

const say = words("reader-words");
const root = document.getElementById("reader");
const { length, rows: rowsUrl, outline: outlineUrl, find: findUrl, record: recordUrl, picture: pictureUrl } = root.dataset;
const count = Number(length);
const box = root.querySelector(".vlist");
const side = root.querySelector(".side");

const state = { open: new Set(), pictures: new Set(), notes: new Map(), timers: [], ranges: [], range: null, picture: (position, number) => `${pictureUrl.replace("/0/0", `/${position}/${number}`)}` };
const way = []; // where one came from, for going back
let gaps = [];
let saved = 0;
let strip = null;
let ruler = null;

const list = new List(box, {
  count,
  draw: (row, position) => drawRow(row, position, state),
  ask: async (start, many, signal) => {
    const values = new URLSearchParams({ start, count: many });
    if (search.query) values.set("q", search.query);
    const answer = await get(`${rowsUrl}?${values}`, { signal });
    return answer?.rows ?? null;
  },
  view: (first, last) => {
    strip?.see(first, last);
    tellPlace(first);
    clearTimeout(saved);
    saved = setTimeout(() => keepPlace(first), 300);
  },
});

const search = new Search({
  url: findUrl,
  form: document.getElementById("find"),
  panel: document.getElementById("side-hits"),
  found: () => {
    list.redraw(true);
    ruler?.set("hit", search.positions);
    root.classList.toggle("has-hits", search.positions.length > 0);
    if (search.query && search.positions.length) tab("hits", false);
  },
  go: (position) => { go(position); stand(position); },
});

const marks = new Marks(document.getElementById("mark"), (note) => {
  state.range = null;
  addNote(note);
  list.redraw();
});

// Place

function tellPlace(first) {
  const row = list.row(first);
  const where = root.querySelector("[data-place]");
  where.textContent = say("conversations.place", { number: first + 1, count });
  const when = root.querySelector("[data-when]");
  when.textContent = row?.d ? `${row.d} ${row.h.slice(0, 5)}` : "";
}

function keepPlace(first) {
  const address = new URL(location.href);
  if (first) address.searchParams.set("at", first);
  else address.searchParams.delete("at");
  if (address.href !== location.href) history.replaceState(null, "", address);
}

/** Go somewhere, and remember from where. */
function go(position, { back = true, at = 0.25 } = {}) {
  if (position === null || position === undefined) return;
  if (back) way.push(list.active >= 0 && within(list.active) ? list.active : list.seen.first);
  list.show(position, { at, activate: true });
}

function within(position) {
  const { first, last } = list.seen;
  return position >= first && position <= last;
}

/** Where keys count from: the active message when it is seen, else the first that is. */
function here() {
  return list.active >= 0 && within(list.active) ? list.active : list.seen.first;
}

function step(by) {
  if (list.active < 0 || !within(list.active)) list.activate(by > 0 ? list.seen.first : list.seen.last);
  else list.activate(list.active + by);
}

// Hits

function stepHit(by) {
  if (!search.positions.length) {
    toast(say(search.query ? "conversations.no_hits" : "conversations.search_first"), { tone: "info" });
    return;
  }
  const found = search.next(list.active >= 0 ? list.active : list.seen.first - (by > 0 ? 1 : 0), by);
  list.show(found.position, { at: 0.3, activate: true });
  search.stand(found.number, found.position);
}
search.step = stepHit;

function stand(position) {
  const at = search.positions.indexOf(position);
  if (at >= 0) search.stand(at + 1, position);
}

// Gaps and days

function stepGap(by) {
  if (!gaps.length) return toast(say("conversations.no_gaps"), { tone: "info" });
  const from = here();
  const next = by > 0 ? gaps.find((one) => one.p > from) : gaps.findLast((one) => one.p < from);
  if (next) go(next.p);
  else toast(say(by > 0 ? "conversations.last_gap" : "conversations.first_gap"), { tone: "info" });
  return null;
}

function stepDay(by) {
  const from = here();
  const next = by > 0 ? days.find((one) => one[1] > from) : days.findLast((one) => one[1] < from);
  if (next) go(next[1], { at: 0 });
}

function stepNote(by) {
  const all = [...state.notes.keys()].sort((a, b) => a - b);
  const from = here();
  const next = by > 0 ? all.find((one) => one > from) : all.findLast((one) => one < from);
  if (next === undefined) toast(say("conversations.no_more_notes"), { tone: "info" });
  else go(next);
}

function jumpToDay(text) {
  const wanted = text.slice(0, 10);
  const day = days.find((one) => one[0] >= wanted) ?? days.at(-1);
  if (!day) return;
  const time = text.slice(11, 16);
  if (day[0] === wanted && time) get(`${root.dataset.moment}?when=${encodeURIComponent(text)}`).then((answer) => answer && go(answer.position)).catch(() => go(day[1]));
  else go(day[1], { at: 0 });
}

// Side

function tab(name, open = true) {
  for (const one of side.querySelectorAll("[role=tab]")) {
    const on = one.dataset.tab === name;
    one.setAttribute("aria-selected", String(on));
    one.tabIndex = on ? 0 : -1;
    document.getElementById(`side-${one.dataset.tab}`).hidden = !on;
  }
  if (name === "gaps") fillGaps();
  if (open) side.classList.add("is-open");
}

const GAPS_LISTED = 200;

/** The list is drawn when somebody looks at it: a long one would be in the way of every frame. */
function fillGaps() {
  const host = side.querySelector("[data-gaps]");
  if (host.children.length) return;
  const shown = gaps.slice(0, GAPS_LISTED);
  host.replaceChildren(...shown.map((gap) => {
    const one = make("a", "side__gap", drawGap(gap), make("span", "mono small quiet", gap.w || ""));
    one.href = `?at=${gap.p}`;
    one.dataset.to = gap.p;
    return make("li", "", one);
  }));
  if (gaps.length > shown.length) host.append(make("li", "quiet small", say("conversations.more_gaps", { count: gaps.length - shown.length })));
  side.querySelector("[data-no-gaps]").hidden = gaps.length > 0;
}

function fillNotes() {
  const all = [...state.notes.entries()].sort((a, b) => a[0] - b[0]).flatMap(([position, notes]) => notes.map((note) => [position, note]));
  side.querySelector("[data-notes]").replaceChildren(...all.map(([position, note]) => {
    const one = make("a", "side__note", make("span", "mono small quiet", note.when || ""), make("span", "", note.text || say("conversations.note.empty")));
    one.lang = "ja";
    one.href = `?at=${position}`;
    one.dataset.to = position;
    one.classList.toggle("is-withdrawn", Boolean(note.withdrawn));
    return make("li", "", one);
  }));
  side.querySelector("[data-no-notes]").hidden = all.length > 0;
  ruler?.set("note", [...state.notes.keys()]);
}

function addNote(note) {
  state.notes.set(note.p, [...(state.notes.get(note.p) ?? []), note]);
  if (note.e > note.p && !note.withdrawn) state.ranges.push([note.p, note.e]);
  fillNotes();
}

async function source(position) {
  tab("source");
  const host = document.getElementById("side-source");
  host.setAttribute("aria-busy", "true");
  try {
    const html = await get(recordUrl.replace(/\/0\/$/, `/${position}/`));
    const parsed = new DOMParser().parseFromString(html, "text/html"); // our own page, all of the evidence in it escaped
    host.replaceChildren(...parsed.body.childNodes);
  } catch (error) {
    host.replaceChildren(make("p", "quiet", error.sentence || say("frame.wrong.500")));
  }
  host.removeAttribute("aria-busy");
}

// Acts on a message

function act(pressed, position) {
  const name = pressed.dataset.act;
  if (name === "source") source(position);
  else if (name === "jump") go(Number(pressed.dataset.to));
  else if (name === "picture") {
    state.pictures.add(pressed.dataset.file);
    list.refresh(position);
  }
}

function unfold() {
  const details = list.element(here())?.querySelector("details.msg__edited");
  if (details) details.open = !details.open;
}

function answered() {
  list.element(here())?.querySelector("[data-act=jump]")?.click();
}

function back() {
  const before = way.pop();
  if (before === undefined) toast(say("conversations.no_way_back"), { tone: "info" });
  else go(before, { back: false });
}

function beginRange() {
  const from = here();
  state.range = state.range ? null : [from, from];
  list.activate(from);
  list.redraw();
  if (state.range) toast(say("conversations.range_begun"), { tone: "info" });
}

function mark() {
  if (!marks.may) return toast(say("conversations.may_not_mark"), { tone: "warn" });
  const at = here();
  const [first, last] = state.range ? [Math.min(state.range[0], at), Math.max(state.range[0], at)] : [at, at];
  const row = list.row(first);
  const label = first === last ? say("conversations.mark_one", { number: first + 1, name: row?.n || "—", time: row?.d ? `${row.d} ${row.h}` : "—" }) : say("conversations.mark_range", { first: first + 1, last: last + 1, count: last - first + 1 });
  marks.open(first, last, label);
  return null;
}

// One button for the source, which goes to the row that is pointed at or active: a button in every row would be drawn a thousand times for one use.
const sourceButton = button("source", "msg__source", icon("file", say("conversations.act.source")));
sourceButton.title = `${say("conversations.act.source")} (s)`;
sourceButton.tabIndex = -1;
box.addEventListener("pointerover", (event) => event.target.closest(".msg")?.querySelector(".msg__head")?.append(sourceButton));

box.addEventListener("click", (event) => {
  const element = event.target.closest("[data-p]");
  if (!element) return;
  const position = Number(element.dataset.p);
  const pressed = event.target.closest("[data-act]");
  if (position !== list.active) list.activate(position, { focus: !event.target.closest("a, button, summary, details") && getSelection().isCollapsed });
  if (state.range) widen(position);
  if (pressed) act(pressed, position);
});

function widen(position) {
  state.range = [state.range[0], position];
  const [low, high] = [Math.min(...state.range), Math.max(...state.range)];
  for (const one of box.querySelectorAll("[data-p]")) {
    const at = Number(one.dataset.p);
    one.querySelector(".msg__line")?.classList.toggle("is-chosen", at >= low && at <= high);
  }
}

side.addEventListener("click", (event) => {
  const chosen = event.target.closest("[role=tab]");
  if (chosen) return tab(chosen.dataset.tab);
  const link = event.target.closest("[data-to]");
  if (!link || link.closest("[data-hits]")) return null;
  event.preventDefault();
  go(Number(link.dataset.to));
  if (matchMedia("(width < 75rem)").matches) side.classList.remove("is-open");
  return null;
});
side.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const all = [...side.querySelectorAll("[role=tab]")];
  const at = all.indexOf(event.target);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  const one = all[(next + all.length) % all.length];
  tab(one.dataset.tab);
  one.focus();
});
for (const one of root.querySelectorAll("[data-do]")) {
  one.addEventListener("click", () => ({ hit: () => stepHit(1), "hit-back": () => stepHit(-1), gap: () => stepGap(1), "gap-back": () => stepGap(-1), mark, range: beginRange, side: () => side.classList.toggle("is-open"), source: () => source(here()), first: () => go(0), last: () => go(count - 1), close: () => side.classList.remove("is-open") })[one.dataset.do]());
}
document.getElementById("when")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { value } = event.target.elements.when;
  if (value) jumpToDay(value);
  event.target.closest("dialog")?.close();
});

keys.bind({
  j: [() => step(1), say("conversations.key.next")], k: [() => step(-1), say("conversations.key.previous")],
  n: [() => stepHit(1), say("conversations.key.hit")], N: [() => stepHit(-1), say("conversations.key.hit_back")],
  "]": [() => stepGap(1), say("conversations.key.gap")], "[": [() => stepGap(-1), say("conversations.key.gap_back")],
  "}": [() => stepDay(1), say("conversations.key.day")], "{": [() => stepDay(-1), say("conversations.key.day_back")],
  ".": [() => stepNote(1), say("conversations.key.note")], ",": [() => stepNote(-1), say("conversations.key.note_back")],
  Home: [() => go(0, { at: 0 }), say("conversations.key.first")], End: [() => go(count - 1, { at: 0.8 }), say("conversations.key.last")],
  t: [() => document.getElementById("jump").showModal(), say("conversations.key.time")],
  s: [() => source(here()), say("conversations.key.source")], e: [unfold, say("conversations.key.unfold")],
  r: [answered, say("conversations.key.answered")], b: [back, say("conversations.key.back")],
  v: [beginRange, say("conversations.key.range")], m: [mark, say("conversations.key.mark")],
  " ": () => box.scrollBy({ top: box.clientHeight * 0.85 }), PageDown: () => box.scrollBy({ top: box.clientHeight * 0.85 }), PageUp: () => box.scrollBy({ top: box.clientHeight * -0.85 }),
  Escape: () => {
    if (state.range) {
      state.range = null;
      list.redraw();
    } else side.classList.remove("is-open");
  },
}, { group: say("conversations.keys") });

// Begin: the window at once, the outline (days, gaps, timers, notes) beside it

let days = [];
const wanted = new URLSearchParams(location.search).get("at");
const words_ = new URLSearchParams(location.hash.slice(1)).get("q");
list.show(Number(wanted ?? 0), { at: 0, activate: false });
if (wanted && location.hash.includes("lit")) list.activate(Number(wanted), { focus: false });

get(outlineUrl).then((answer) => {
  if (!answer) return;
  days = answer.days;
  gaps = answer.gaps;
  state.timers = answer.timers;
  strip = new Strip(root.querySelector(".strip"), { days, gaps, jump: (position) => list.show(position, { at: 0 }) });
  ruler = new Ruler(root.querySelector(".ruler"), { count, jump: (position) => go(position) });
  ruler.set("gap", gaps.map((one) => one.p));
  ruler.set("hit", search.positions);
  for (const note of answer.notes) addNote(note);
  fillNotes();
  if (answer.timers.length || answer.notes.length) list.redraw();
  strip.see(list.seen.first, list.seen.last);
}).catch(() => toast(say("frame.wrong.500"), { tone: "wrong" }));
if (words_) search.start(words_).then(() => stand(Number(wanted)));
root.dataset.ready = "yes";

/** Several phones' views of one group side by side: the same list as the reader's, a column a phone, differences in words. */
import { keys, toast, words } from "desk";
import { List } from "./list.js";
import { get, icon, make, lit } from "./parts.js";
import { colour, dayWords, drawGap } from "./rows.js";
import { Search } from "./search.js";
import { Ruler, Strip } from "./strip.js";

const say = words("reader-words");
const tell = words("together-words");
const root = document.getElementById("together");
const side = root.querySelector(".side");
const columns = root.querySelector(".reader__columns");
const phones = [...root.querySelectorAll("[data-phone]")].map((one) => ({ label: one.dataset.phone, on: one.dataset.on }));
const count = Number(root.dataset.length);
let differing = [];
let only = false;
let days = [];
let gaps = [];
let strip = null;
let ruler = null;
let list = null;

function draw(row, place) {
  const one = make("article", `msg both${row?.df ? " is-different" : ""}`);
  one.dataset.columns = phones.length;
  if (!row) {
    one.append(make("div", "msg__line", make("span", "msg__ghost")));
    one.classList.add("msg--waiting");
    one.setAttribute("aria-label", say("conversations.waiting_row", { number: place + 1 }));
    return one;
  }
  if (row.nd) one.append(make("h3", "msg__day", dayWords(row.d)));
  for (const gap of row.g ?? []) one.append(drawGap(gap));
  const cells = make("div", "both__cells", cell(row, tell("conversations.reconciled")));
  row.on.forEach((mine, k) => cells.append(phoneCell(mine, phones[k], row)));
  const line = make("div", "msg__line", cells);
  if (row.df) line.append(make("p", "both__words", ...row.df.map((text) => make("span", "badge badge--warn", icon("split"), text))));
  one.append(line);
  for (const gap of row.ga ?? []) one.append(drawGap(gap));
  one.setAttribute("aria-label", `${row.n} ${row.d ?? ""} ${row.h ?? row.w ?? ""}`);
  return one;
}

function cell(row, label) {
  const who = make("b", `msg__who ${colour(row.a)}`, row.n || say("conversations.app"));
  who.lang = "ja";
  const meta = make("span", "both__meta", make("span", "msg__time mono", row.h || row.w || "—"), who, row.ed && make("span", "badge", say("conversations.edited")), row.ex && make("span", "badge badge--warn", icon("clock"), row.ex));
  const one = make("div", "both__cell", make("span", "both__label", label), meta);
  const text = row.del && !row.x ? make("p", "msg__gone", icon("trash"), say("conversations.deleted")) : make("p", "post post--small", ...lit(row.x || row.s || (row.at ?? []).map((file) => file.n).join("、") || say(`chat.kind.${row.k}`), row.x ? row.m : null));
  text.lang = "ja";
  one.append(text);
  return one;
}

function phoneCell(mine, phone, row) {
  if (mine.no || mine.out) {
    return make("div", `both__cell ${mine.no ? "is-missing" : "is-out"}`, make("span", "both__label", phone.label), make("span", "", tell(mine.no ? "conversations.not_on_phone" : "conversations.out_of_reach")));
  }
  const one = cell(mine, phone.label);
  if (mine.same) one.classList.add("is-same");
  const link = make("a", "msg__source", icon("external", tell("conversations.open_on_phone")));
  link.href = phone.on.replace(/\/0\/$/, `/${row.p}/`);
  link.title = tell("conversations.open_on_phone");
  one.querySelector(".both__meta").append(link);
  return one;
}

// The list is made anew when it is narrowed to differences: then places count among these only.

function build(position) {
  const box = make("div", "vlist");
  const old = root.querySelector(".vlist");
  for (const name of ["role", "tabindex", "aria-label"]) box.setAttribute(name, old.getAttribute(name));
  old.replaceWith(box);
  list = new List(box, {
    count: only ? differing.length : count,
    estimate: 96,
    draw,
    ask: async (start, many, signal) => {
      const values = new URLSearchParams({ start, count: many });
      if (only) values.set("only", "1");
      if (search.query) values.set("q", search.query);
      const answer = await get(`${root.dataset.rows}?${values}`, { signal });
      return answer?.rows ?? null;
    },
    view: (first, last) => {
      strip?.see(real(first), real(last));
      root.querySelector("[data-place]").textContent = say("conversations.place", { number: real(first) + 1, count });
      const row = list?.row(first);
      root.querySelector("[data-when]").textContent = row?.d ? `${row.d} ${(row.h ?? "").slice(0, 5)}` : "";
      keep(real(first));
    },
  });
  box.addEventListener("click", (event) => {
    const element = event.target.closest("[data-p]");
    if (element && !event.target.closest("a")) list.activate(Number(element.dataset.p), { focus: getSelection().isCollapsed });
  });
  list.show(shown(position), { at: 0 });
}

let kept = 0;
function keep(first) {
  clearTimeout(kept);
  kept = setTimeout(() => {
    const address = new URL(location.href);
    address.searchParams.set("at", first);
    history.replaceState(null, "", address);
  }, 300);
}

/** From a place in the list to the position in the comparison, and back (the nearest one not before it). */
function real(place) {
  return only ? (differing[place] ?? 0) : place;
}

function shown(position) {
  if (!only) return position;
  const at = differing.findIndex((one) => one >= position);
  return at < 0 ? Math.max(0, differing.length - 1) : at;
}

const search = new Search({
  url: root.dataset.find,
  form: document.getElementById("find"),
  panel: document.getElementById("side-hits"),
  found: () => {
    list?.redraw(true);
    ruler?.set("hit", search.positions);
  },
  go: (position) => list.show(shown(position), { at: 0.25, activate: true }),
});
search.step = (by) => stepIn(search.positions, by, say("conversations.no_hits"), (number, position) => search.stand(number, position));

function here() {
  const { first, last } = list.seen;
  return real(list.active >= first && list.active <= last ? list.active : first);
}

function stepIn(all, by, nothing, after = () => {}) {
  const from = here();
  const at = by > 0 ? all.findIndex((one) => one > from) : all.findLastIndex((one) => one < from);
  if (at < 0) return toast(nothing, { tone: "info" });
  list.show(shown(all[at]), { at: 0.25, activate: true });
  after(at + 1, all[at]);
  return null;
}

const stepDifference = (by) => stepIn(differing, by, tell("conversations.no_differences"));
const stepGap = (by) => stepIn(gaps.map((one) => one.p), by, say("conversations.no_gaps"));

function step(by) {
  const { first, last } = list.seen;
  if (list.active < first || list.active > last) list.activate(by > 0 ? first : last);
  else list.activate(list.active + by);
}

function narrow() {
  if (!differing.length) return toast(tell("conversations.no_differences"), { tone: "info" });
  const at = here();
  only = !only;
  root.querySelector("[data-do=only]").setAttribute("aria-pressed", String(only));
  build(at);
  return null;
}

function tab(name) {
  for (const one of side.querySelectorAll("[role=tab]")) {
    const on = one.dataset.tab === name;
    one.setAttribute("aria-selected", String(on));
    one.tabIndex = on ? 0 : -1;
    document.getElementById(`side-${one.dataset.tab}`).hidden = !on;
  }
}

side.addEventListener("click", (event) => {
  const chosen = event.target.closest("[role=tab]");
  if (chosen) return tab(chosen.dataset.tab);
  const link = event.target.closest("[data-to]");
  if (!link || link.closest("[data-hits]")) return null;
  event.preventDefault();
  list.show(shown(Number(link.dataset.to)), { at: 0.25, activate: true });
  return null;
});
for (const one of root.querySelectorAll("[data-do]")) {
  one.addEventListener("click", () => ({ hit: () => search.step(1), "hit-back": () => search.step(-1), difference: () => stepDifference(1), "difference-back": () => stepDifference(-1), only: narrow, side: () => side.classList.toggle("is-open"), close: () => side.classList.remove("is-open") })[one.dataset.do]());
}
document.getElementById("when").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { value } = event.target.elements.when;
  event.target.closest("dialog").close();
  const answer = value && (await get(`${root.dataset.moment}?when=${encodeURIComponent(value)}`).catch(() => null));
  if (answer) list.show(shown(answer.position), { at: 0.1, activate: true });
});
keys.bind({
  j: [() => step(1), say("conversations.key.next")], k: [() => step(-1), say("conversations.key.previous")],
  n: [() => search.step(1), say("conversations.key.hit")], N: [() => search.step(-1), say("conversations.key.hit_back")],
  "]": [() => stepGap(1), say("conversations.key.gap")], "[": [() => stepGap(-1), say("conversations.key.gap_back")],
  x: [() => stepDifference(1), tell("conversations.key.difference")], X: [() => stepDifference(-1), tell("conversations.key.difference_back")],
  t: [() => document.getElementById("jump").showModal(), say("conversations.key.time")],
  Home: [() => list.show(0), say("conversations.key.first")], End: [() => list.show(list.count - 1, { at: 0.8 }), say("conversations.key.last")],
}, { group: say("conversations.keys") });

build(Number(new URLSearchParams(location.search).get("at") ?? 0));
get(root.dataset.outline).then((answer) => {
  if (!answer) return;
  ({ days, gaps, differing } = answer);
  strip = new Strip(root.querySelector(".strip"), { days, gaps, jump: (position) => list.show(shown(position), { at: 0 }) });
  ruler = new Ruler(root.querySelector(".ruler"), { count, jump: (position) => list.show(shown(position), { at: 0.25 }) });
  ruler.set("gap", differing);
  const host = side.querySelector("[data-gaps]");
  host.replaceChildren(...gaps.slice(0, 400).map((gap) => {
    const one = make("a", "side__gap", drawGap(gap), make("span", "mono small quiet", gap.w || ""));
    one.href = `?at=${gap.p}`;
    one.dataset.to = gap.p;
    return make("li", "", one);
  }));
  side.querySelector("[data-no-gaps]").hidden = gaps.length > 0;
  strip.see(real(list.seen.first), real(list.seen.last));
}).catch(() => toast(say("frame.wrong.500"), { tone: "wrong" }));
columns.dataset.ready = "yes";

/** How one message is drawn: day, gaps before it, who and when, what was said, and all that hangs on it. */
import { words } from "desk";
import { button, icon, lit, make } from "./parts.js";

const say = words("reader-words");
const COLOURS = 7;
const LONG = 40; // letters of a name
const LONG_BESIDE = 12; // of a name before what is quoted
let serial = 0;

/**
 * A row of the list.
 * @param {object|null} row as the server gave it; null while it is on its way
 * @param {{open: Set<number>, pictures: Set<string>, notes: Map<number, object[]>, ranges: number[][], timers: (number|string)[][], range: number[]|null, picture: (position: number, number: number) => string}} state
 */
export function drawRow(row, position, state) {
  if (!row) return waiting(position);
  const id = `m${(serial += 1)}`;
  const one = make("article", `msg msg--${row.k}${row.o ? " is-owner" : ""}${row.del ? " is-deleted" : ""} ${colour(row.a)}`);
  if (row.nd) one.append(make("h3", "msg__day", dayWords(row.d)));
  for (const gap of row.g ?? []) one.append(drawGap(gap));
  const line = make("div", "msg__line");
  line.append(head(row, position, id), body(row, position, state));
  const timed = state.timers.find(([from, to]) => position >= from && position <= to);
  if (timed) {
    line.classList.add("is-timed");
    line.title = timed[2];
  }
  if (state.ranges.some(([from, to]) => position >= from && position <= to) || state.notes.has(position)) line.classList.add("is-noted");
  if (state.range && position >= state.range[0] && position <= state.range[1]) line.classList.add("is-chosen");
  one.append(line);
  for (const gap of row.ga ?? []) one.append(drawGap(gap));
  one.setAttribute("aria-labelledby", `${id}n ${id}t`);
  return one;
}

function waiting(position) {
  const one = make("article", "msg msg--waiting");
  one.append(make("div", "msg__line", make("span", "msg__time mono", "…"), make("span", "msg__ghost")));
  one.setAttribute("aria-label", say("conversations.waiting_row", { number: position + 1 }));
  return one;
}

export function colour(place) {
  return place >= 0 ? `who-${place % COLOURS}` : "who-none";
}

function head(row, position, id) {
  const time = row.u ? make("time", "msg__time mono", row.h) : make("span", "msg__time mono", row.w || say("conversations.no_time"));
  time.id = `${id}t`;
  if (row.u) time.dateTime = row.u;
  time.title = [row.d && `${row.d} ${row.h}`, row.c, row.w].filter(Boolean).join(" · ");
  const who = make("span", "msg__who", short(row.n) || (row.k === "service" ? say("conversations.app") : "—"));
  who.id = `${id}n`;
  who.lang = "ja";
  const signs = make("span", "msg__signs");
  if (row.o) signs.append(make("span", "badge", say("conversations.owner")));
  if (row.cn) time.classList.add("is-naive"); // the header says which zone was assumed
  else if (row.c) signs.append(sign("clock", row.c));
  if (row.mv) signs.append(sign("undo", say("conversations.moved")));
  return make("header", "msg__head", time, who, signs);
}

/** A name as a row has room for; people's names stand whole in the list of who takes part. */
function short(name, most = LONG) {
  return name && name.length > most ? `${[...name].slice(0, most).join("")}…` : name;
}

function sign(name, label) {
  const one = make("span", "msg__sign", icon(name, label));
  one.title = label;
  return one;
}

function body(row, position, state) {
  const one = make("div", "msg__body");
  if (row.fw) one.append(make("p", "msg__over", icon("right"), say("conversations.forwarded", { name: row.fw })));
  if (row.r) one.append(reply(row.r));
  if (row.k === "unknown") one.append(make("p", "msg__service", icon("help"), say("conversations.unknown", { kind: row.uk }), make("span", "mono small", row.pl)));
  if (row.s && row.k !== "call") one.append(make("p", row.k === "deleted" ? "msg__gone" : "msg__service", icon(serviceIcon(row)), make("span", "", row.s)));
  if (row.k === "call" || row.k === "location" || row.k === "poll" || row.k === "contact" || row.k === "sticker") {
    one.append(make("p", "msg__service", icon({ call: "phone", location: "place", contact: "contact" }[row.k] ?? "speech"), say(`chat.kind.${row.k}`), ...(row.f ?? []).map((fact) => make("span", "badge", fact))));
  }
  if (row.del && !row.s && (!row.x || row.k === "deleted")) one.append(make("p", "msg__gone", icon("trash"), say("conversations.deleted")));
  if (row.x && row.x !== row.s) {
    const text = make("p", "msg__text post post--small", ...lit(row.x, row.m));
    text.lang = "ja";
    if (row.k === "deleted" || row.k === "service") text.classList.add("is-app"); // the app's own words
    else if (row.del) text.prepend(make("span", "badge badge--for", icon("trash"), say("conversations.deleted_kept")));
    one.append(text);
  }
  if (row.at) one.append(files(row.at, position, state));
  if (row.ed) one.append(versions(row, position, state));
  const foot = make("p", "msg__foot");
  if (row.ex) foot.append(make("span", "badge badge--warn", icon("clock"), say("conversations.expires", { time: row.ex })));
  for (const each of row.re ?? []) {
    const reaction = make("span", "badge msg__reaction", each.e, each.c > 1 ? ` ${each.c}` : "", each.n ? make("span", "msg__by", each.n) : "");
    foot.append(reaction);
  }
  for (const badge of row.b ?? []) {
    const mark = make(badge.u ? "a" : "span", "badge badge--contact", icon("flag"), badge.t);
    if (badge.u) mark.href = badge.u;
    foot.append(mark);
  }
  if (foot.childNodes.length) one.append(foot);
  for (const note of state.notes.get(position) ?? []) one.append(drawNote(note));
  return one;
}

function serviceIcon(row) {
  return row.k === "deleted" ? "trash" : ({ timer: "clock", call: "phone", joined: "plus", left: "minus", removed: "minus", cleared: "trash", pinned: "flag" }[row.e] ?? "info");
}

function reply(given) {
  const who = make("b", "", short(given.n, LONG_BESIDE) || "—");
  who.lang = "ja";
  const words_ = make("span", "msg__quoted", given.x || "…");
  words_.lang = "ja";
  if (given.p === undefined) {
    const why = given.gone ? say("conversations.reply_gone") : given.o ? say("conversations.reply_elsewhere") : given.t || "";
    return make("p", `msg__reply${given.gone ? " is-gone" : ""}`, icon("undo"), who, words_, why && make("span", "badge badge--warn", why));
  }
  const one = button("jump", "msg__reply", icon("undo"), who, words_);
  one.dataset.to = given.p;
  one.title = say("conversations.act.answered");
  return one;
}

function files(all, position, state) {
  const list = make("ul", "msg__files");
  all.forEach((one, k) => {
    const item = make("li", "");
    const name = make("span", "msg__file", icon("file"), make("span", "", one.n), one.z ? make("span", "quiet small", one.z) : "");
    name.lang = "ja";
    item.append(name);
    if (one.mi) item.append(make("span", "quiet small", one.mi));
    const key = `${position}/${k}`;
    if (one.pic && state.picture) {
      if (state.pictures.has(key)) item.append(picture(state.picture(position, k), one.n));
      else {
        const show = button("picture", "button button--small", icon("eye"), say("conversations.act.picture"));
        show.dataset.key = key;
        delete show.dataset.key;
        show.dataset.file = key;
        item.append(show);
      }
    }
    list.append(item);
  });
  return list;
}

function picture(url, name) {
  const image = document.createElement("img");
  image.src = url;
  image.alt = name;
  image.className = "msg__picture";
  image.addEventListener("error", () => box.replaceChildren(make("span", "quiet small", say("conversations.no_picture"))), { once: true });
  const box = make("span", "media veil", image);
  box.tabIndex = 0;
  return box;
}

function versions(row, position, state) {
  const many = row.ed.v.length;
  const label = [icon("edit"), say("conversations.edited"), row.ed.at && make("span", "mono small", row.ed.at)];
  if (!many) return make("p", "msg__edited", ...label);
  const details = make("details", "msg__edited");
  details.open = state.open.has(position);
  details.append(make("summary", "", ...label, make("span", "small", say("conversations.older", { count: many }))));
  const list = make("ol", "msg__versions");
  for (const old of row.ed.v) {
    const text = make("p", "post post--small", old.x || "—");
    text.lang = "ja";
    list.append(make("li", "", old.at && make("span", "mono small quiet", old.at), text));
  }
  details.append(list);
  details.addEventListener("toggle", () => (details.open ? state.open.add(position) : state.open.delete(position)));
  return details;
}

/** A gap as it lies between two messages. */
export function drawGap(gap) {
  const one = make("aside", `gap gap--${gap.s}`, make("span", "gap__strength", icon(gap.k === "timers" ? "clock" : "split"), gap.t), make("p", "gap__words", gap.x));
  one.setAttribute("role", "note");
  return one;
}

/** A note beside its message. */
export function drawNote(note) {
  const text = make("span", "note__text", note.text || say("conversations.note.empty"));
  text.lang = "ja";
  const one = make(
    "div", `note${note.withdrawn ? " is-withdrawn" : ""}`, icon("star"), text,
    make("span", `badge${note.disclosable ? " badge--done" : ""}`, say(note.disclosable ? "conversations.disclosable" : "conversations.not_disclosable")),
    note.withdrawn && make("span", "badge", say("conversations.withdrawn")),
    make("span", "note__by", `${note.by} ${note.at}`),
  );
  const more = make("a", "note__more", say("conversations.act.note"));
  more.href = note.url;
  one.append(more);
  return one;
}

/** A day with its weekday, in the page's language. */
export function dayWords(day) {
  const date = new Date(`${day}T00:00:00+09:00`);
  return date.toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "ja-JP", { timeZone: "Asia/Tokyo", year: "numeric", month: "long", day: "numeric", weekday: "short" });
}

/**
 * A list of any length in one window. Rows may be of any height; only those near the window are in the page, and only what is shown is fetched.
 *
 * The rows stand in a block of normal flow inside a tall empty space, so that small movements are the browser's own scrolling. A space may not be
 * taller than browsers draw, so the bar's place is a share of the rows, not a sum of pixels: after a movement, when the window rests, space and block
 * are moved together until the bar tells the truth again, and nothing that is seen moves.
 */

const PAGE = 100; // rows asked for at once
const PAGES_KEPT = 80;
const NEAR = 20; // rows before an end of what is drawn at which the next page is asked for
const TALLEST = 12_000_000; // pixels that every browser draws
const AHEAD = 0.9; // windows drawn the way one is moving, or both ways at rest
const BEHIND = 0.3; // the other way
const FAR = 1.6; // windows after which rows leave the page: each row that is there costs every frame a little
const AT_LEAST = 8; // rows that leave together
const LEAD = 2; // pages fetched beyond what is drawn, the way one is moving
const STILL_MS = 300; // after which nobody is moving any longer
const REST_MS = 140;
const TELL_MS = 120;
const PASSING_MS = 90; // after a leap by the bar, until somebody has stayed so long

export class List {
  #box; #space; #rows; #count; #draw; #ask; #view;
  #first = 0; #last = 0; #top = 0; #height = 0;
  #average; #pages = new Map(); #asked = new Map();
  #active = -1; #anchor = null; #frame = 0; #rest = 0; #wanted = 0; #width = 0; #jumped = -PASSING_MS; #told = 0;
  #was = 0; #way = 0; #moved = 0; // where the window stood, which way it last moved, and when

  /**
   * @param {HTMLElement} box the window, which scrolls
   * @param {{count: number, estimate?: number, draw: (row: object|null, position: number) => HTMLElement,
   *   ask: (start: number, count: number, signal: AbortSignal) => Promise<object[]>, view?: (first: number, last: number) => void}} given
   */
  constructor(box, { count, draw, ask, view = () => {}, estimate = 72 }) {
    this.#box = box;
    this.#count = count;
    this.#draw = draw;
    this.#ask = ask;
    this.#view = view;
    this.#average = estimate;
    this.#space = document.createElement("div");
    this.#space.className = "vlist__space";
    this.#rows = document.createElement("div");
    this.#rows.className = "vlist__rows";
    this.#space.append(this.#rows);
    box.replaceChildren(this.#space);
    this.#setSpace(Math.min(count * estimate, TALLEST));
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(box);
  }

  get count() { return this.#count; }
  get active() { return this.#active; }
  /** The first and last position that are seen. */
  get seen() { return this.#seen(); }
  /** The row of a position as far as it was fetched. */
  row(position) { return this.#row(position); }
  element(position) { return this.#rows.children[position - this.#first]?.dataset.p === String(position) ? this.#rows.children[position - this.#first] : null; }

  /** Show a position: `at` tells where in the window (0 its top, 1 its bottom). Resolves when its row is drawn. */
  async show(position, { at = 0, activate = false } = {}) {
    if (!this.#count) return;
    const aim = Math.max(0, Math.min(this.#count - 1, position));
    this.#wanted = aim;
    const inside = this.element(aim);
    if (!this.#row(aim)) await Promise.race([this.#fetch(Math.floor(aim / PAGE)), wait(400)]);
    if (this.#wanted !== aim) return; // somebody jumped elsewhere meanwhile
    if (!inside || !this.element(aim)) this.#place(aim, at);
    else this.#bring(aim, at);
    if (activate) this.activate(aim);
  }

  /** Make a position the active one and let it have the focus; it comes into the window when it is outside. */
  activate(position, { focus = true } = {}) {
    const before = this.element(this.#active);
    before?.classList.remove("is-active");
    before?.removeAttribute("aria-current");
    if (before) before.tabIndex = -1;
    this.#active = Math.max(0, Math.min(this.#count - 1, position));
    const now = this.element(this.#active);
    if (!now) return this.show(this.#active, { at: 0.3, activate: true });
    this.#mark(now);
    this.#into(now);
    if (focus) now.focus({ preventScroll: true });
    return null;
  }

  /** Draw what is in the page anew (another search, another note). */
  redraw(forget = false) {
    if (forget) {
      for (const one of this.#asked.values()) one.abort.abort();
      this.#asked.clear();
      this.#pages.clear();
    }
    this.#steady(() => {
      for (const old of [...this.#rows.children]) this.#replace(old, Number(old.dataset.p));
    });
    this.#update();
  }

  /** Let the element of one position be drawn anew. */
  refresh(position) {
    const old = this.element(position);
    if (old) this.#steady(() => this.#replace(old, position));
  }

  // Placing

  #place(position, at) {
    const { clientHeight } = this.#box;
    this.#rows.replaceChildren();
    this.#first = this.#last = position;
    this.#setSpace(Math.min(Math.max(this.#count * this.#average, clientHeight), TALLEST));
    const share = this.#count > 1 ? position / this.#count : 0;
    const scroll = Math.round(share * Math.max(0, this.#height - clientHeight));
    this.#setTop(scroll + Math.round(at * clientHeight * 0.9));
    this.#moveTo(scroll);
    this.#fill();
    this.#remember();
  }

  #bring(position, at) {
    const y = this.#top + this.element(position).offsetTop;
    this.#moveTo(Math.max(0, y - Math.round(at * this.#box.clientHeight * 0.9)));
    this.#update();
  }

  #into(element) {
    const { scrollTop, clientHeight } = this.#box;
    const y = this.#top + element.offsetTop;
    const edge = Math.min(48, clientHeight / 8);
    if (y < scrollTop + edge) this.#box.scrollTop = y - edge;
    else if (y + element.offsetHeight > scrollTop + clientHeight - edge) this.#box.scrollTop = Math.min(y - edge, y + element.offsetHeight - clientHeight + edge);
  }

  #moveTo(scroll) {
    this.#box.scrollTop = scroll;
  }

  #setTop(value) {
    this.#top = value;
    this.#rows.style.setProperty("top", `${value}px`);
  }

  #setSpace(value) {
    this.#height = value;
    this.#space.style.setProperty("height", `${value}px`);
  }

  // Following the movement

  #scrolled() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#update(); });
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), REST_MS);
  }

  #update() {
    const { scrollTop, clientHeight } = this.#box;
    if (!clientHeight || !this.#count) return;
    this.#heed(scrollTop);
    const bottom = this.#top + this.#rows.offsetHeight;
    if (bottom < scrollTop - clientHeight || this.#top > scrollTop + 2 * clientHeight || this.#first === this.#last) {
      if (this.#first !== this.#last) this.#jumped = performance.now();
      const share = scrollTop / Math.max(1, this.#height - clientHeight);
      const position = Math.min(this.#count - 1, Math.round(share * (this.#count - 1)));
      this.#rows.replaceChildren();
      this.#first = this.#last = position;
      this.#setTop(share >= 1 ? scrollTop + clientHeight : scrollTop);
    }
    this.#fill({ tall: this.#trim(), scrolled: scrollTop }); // first away, then new ones: what was read before stands, and nothing is laid out twice
    this.#remember();
  }

  /** Which way one is moving. */
  #heed(scrollTop) {
    const now = performance.now();
    if (scrollTop !== this.#was) {
      this.#way = Math.sign(scrollTop - this.#was);
      this.#moved = now;
    } else if (now - this.#moved > STILL_MS) this.#way = 0;
    this.#was = scrollTop;
  }

  /** Draw what is missing around the window. `known`: the height of what is there and where the window stands, for who has just read them. */
  #fill(known = null) {
    const { clientHeight } = this.#box;
    const [before, after] = [this.#way > 0 ? BEHIND : AHEAD, this.#way < 0 ? BEHIND : AHEAD].map((share) => share * clientHeight);
    for (let round = 0; round < 12; round += 1) {
      const fresh = round === 0 ? known : null;
      const scrollTop = fresh?.scrolled ?? this.#box.scrollTop;
      const height = fresh?.tall ?? this.#rows.offsetHeight;
      const below = scrollTop + clientHeight + after - (this.#top + height);
      const above = this.#top - (scrollTop - before);
      if (below > 0 && this.#last < this.#count) this.#append(this.#many(below));
      else if (above > 0 && this.#first > 0) this.#prepend(this.#many(above), height);
      else break;
    }
    this.#edges();
    this.#fetchAround();
  }

  #many(pixels) {
    return Math.min(60, Math.ceil(pixels / this.#average) + 1);
  }

  #append(many) {
    const part = document.createDocumentFragment();
    const end = Math.min(this.#count, this.#last + many);
    for (let k = this.#last; k < end; k += 1) part.append(this.#made(k));
    this.#rows.append(part);
    this.#last = end;
  }

  #prepend(many, before) {
    const part = document.createDocumentFragment();
    const start = Math.max(0, this.#first - many);
    for (let k = start; k < this.#first; k += 1) part.append(this.#made(k));
    this.#rows.prepend(part);
    this.#first = start;
    this.#setTop(this.#top - (this.#rows.offsetHeight - before));
  }

  /** The first row stands at the very top of the space and the last at its very end; before either, some way is always left. */
  #edges() {
    const { clientHeight, scrollTop } = this.#box;
    const height = this.#rows.offsetHeight;
    if (this.#first === 0 && this.#top !== 0) this.#shift(-this.#top);
    else if (this.#first > 0 && this.#top < clientHeight) this.#shift(this.#truth() - scrollTop);
    if (this.#last === this.#count) this.#setSpace(Math.max(this.#top + height, clientHeight));
    else if (this.#top + height > this.#height - clientHeight) {
      this.#setSpace(Math.min(Math.max(this.#count * this.#average, clientHeight), TALLEST));
      if (this.#top + height > this.#height - clientHeight) this.#shift(this.#truth() - scrollTop);
    }
  }

  /** Move block and window together: what is seen stays where it is. */
  #shift(by) {
    if (Math.abs(by) < 1) return;
    const aim = this.#box.scrollTop + by;
    this.#setTop(this.#top + by);
    this.#moveTo(aim);
    if (this.#first === 0 && this.#top !== 0) this.#setTop(0);
  }

  /** Where the bar should stand for what is seen. */
  #truth() {
    const { clientHeight } = this.#box;
    const { position, offset } = this.#anchor ?? { position: this.#first, offset: 0 };
    const share = (position - offset / this.#average) / this.#count;
    const low = this.#first > 0 ? clientHeight * 2 : 0;
    const high = this.#height - clientHeight * (this.#last < this.#count ? 3 : 1);
    return Math.round(Math.min(Math.max(share * (this.#height - clientHeight), low), Math.max(low, high)));
  }

  #settle() {
    const { clientHeight, scrollTop } = this.#box;
    this.#way = 0;
    if (this.#first > 0 && this.#last < this.#count && this.#anchor) {
      const truth = this.#truth();
      if (Math.abs(truth - scrollTop) > clientHeight / 2) this.#shift(truth - scrollTop);
    }
    this.#fill();
    this.#remember();
    const { first, last } = this.#seen();
    this.#view(first, last);
  }

  /** What is seen is told a few times a second: whoever shows it elsewhere is not to cost a frame. */
  #tell(first, last) {
    const now = performance.now();
    if (now - this.#told < TELL_MS) return;
    this.#told = now;
    this.#view(first, last);
  }

  /** Rows that are far away leave. All places are read first, then rows are taken away: the height that is left is known without laying out anew. */
  #trim() {
    const { scrollTop, clientHeight } = this.#box;
    const all = this.#rows.children;
    const far = clientHeight * FAR;
    const tall = this.#rows.offsetHeight;
    let gone = 0;
    while (gone < all.length - 1 && this.#top + all[gone].offsetTop + all[gone].offsetHeight < scrollTop - far) gone += 1;
    let kept = all.length;
    while (kept > gone + 1 && this.#top + all[kept - 1].offsetTop > scrollTop + clientHeight + far) kept -= 1;
    if (gone <= AT_LEAST) gone = 0;
    if (all.length - kept <= AT_LEAST) kept = all.length;
    const height = gone ? all[gone].offsetTop : 0;
    const end = kept < all.length ? all[kept].offsetTop : tall;
    if (kept < all.length) {
      this.#leave([...all].slice(kept));
      this.#last = this.#first + kept;
    }
    if (gone) {
      this.#average = this.#average * 0.9 + (height / gone) * 0.1;
      this.#leave([...all].slice(0, gone));
      this.#first += gone;
      this.#setTop(this.#top + height);
    }
    return end - height;
  }

  #leave(elements) {
    if (elements.some((one) => one.contains(document.activeElement))) this.#box.focus({ preventScroll: true });
    for (const one of elements) one.remove();
  }

  #seen() {
    const { scrollTop, clientHeight } = this.#box;
    const all = this.#rows.children;
    let low = 0;
    let high = all.length;
    while (low < high) { // the first whose end is below the window's top
      const middle = (low + high) >> 1;
      if (this.#top + all[middle].offsetTop + all[middle].offsetHeight <= scrollTop + 4) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last + 1 < all.length && this.#top + all[last + 1].offsetTop < scrollTop + clientHeight - 4) last += 1;
    return { first: this.#first + low, last: this.#first + Math.min(last, Math.max(0, all.length - 1)) };
  }

  #remember() {
    if (!this.#rows.children.length) return;
    const { first, last } = this.#seen();
    const element = this.element(first);
    this.#anchor = element ? { position: first, offset: this.#top + element.offsetTop - this.#box.scrollTop } : null;
    this.#tell(first, last);
  }

  /** Change rows without moving what is seen. */
  #steady(change) {
    const { first } = this.#rows.children.length ? this.#seen() : { first: -1 };
    const before = this.element(first)?.offsetTop;
    change();
    const after = this.element(first)?.offsetTop;
    if (before !== undefined && after !== undefined && before !== after) this.#setTop(this.#top - (after - before));
    this.#edges();
  }

  #resized() {
    const { clientWidth } = this.#box;
    if (this.#anchor && this.#width && clientWidth !== this.#width) {
      const element = this.element(this.#anchor.position);
      if (element) this.#setTop(this.#box.scrollTop + this.#anchor.offset - element.offsetTop);
    }
    this.#width = clientWidth;
    this.#update();
  }

  // Rows

  #row(position) {
    const page = this.#pages.get(Math.floor(position / PAGE));
    return page?.[position % PAGE] ?? null;
  }

  #made(position) {
    const row = this.#row(position);
    const element = this.#draw(row, position);
    element.dataset.p = position;
    element.classList.toggle("is-waiting", !row);
    element.setAttribute("aria-posinset", String(position + 1));
    element.setAttribute("aria-setsize", String(this.#count));
    element.tabIndex = -1;
    if (position === this.#active) this.#mark(element);
    return element;
  }

  #mark(element) {
    element.classList.add("is-active");
    element.setAttribute("aria-current", "true");
    element.tabIndex = 0;
  }

  #replace(old, position) {
    const fresh = this.#made(position);
    const had = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (had) fresh.focus({ preventScroll: true });
  }

  // Fetching

  #busy() {
    const busy = String(this.#asked.size > 0);
    if (this.#box.getAttribute("aria-busy") !== busy) this.#box.setAttribute("aria-busy", busy);
  }

  #fetchAround() {
    const [before, after] = [this.#way < 0 ? LEAD * PAGE : NEAR, this.#way > 0 ? LEAD * PAGE : NEAR];
    const low = Math.floor(Math.max(0, this.#first - before) / PAGE);
    const high = Math.floor(Math.min(this.#count - 1, this.#last + after) / PAGE);
    for (const [page, one] of this.#asked) {
      if (page >= low - 1 && page <= high + 1) continue;
      one.abort.abort(); // scrolled past before it came
      this.#asked.delete(page);
    }
    for (let page = low; page <= high; page += 1) this.#fetch(page);
    this.#busy();
  }

  #fetch(page) {
    if (this.#pages.has(page)) {
      this.#pages.set(page, this.#again(page)); // the latest used is kept longest
      return Promise.resolve();
    }
    if (this.#asked.has(page)) return this.#asked.get(page).done;
    const abort = new AbortController();
    const done = this.#get(page, abort.signal);
    this.#asked.set(page, { abort, done });
    return done;
  }

  #again(page) {
    const rows = this.#pages.get(page);
    this.#pages.delete(page);
    return rows;
  }

  async #get(page, signal) {
    while (performance.now() - this.#jumped < PASSING_MS && !signal.aborted) await wait(PASSING_MS / 2); // who runs past asks for nothing
    if (signal.aborted) return;
    const rows = await this.#ask(page * PAGE, Math.min(PAGE, this.#count - page * PAGE), signal).catch(() => null);
    if (signal.aborted) return;
    this.#asked.delete(page);
    if (!rows) return;
    this.#pages.set(page, rows);
    while (this.#pages.size > PAGES_KEPT) this.#pages.delete(this.#pages.keys().next().value);
    this.#arrived(page);
  }

  #arrived(page) {
    const start = Math.max(page * PAGE, this.#first);
    const end = Math.min((page + 1) * PAGE, this.#last);
    if (start < end) {
      this.#steady(() => {
        for (let k = start; k < end; k += 1) {
          const old = this.element(k);
          if (old?.classList.contains("is-waiting")) this.#replace(old, k);
        }
      });
      this.#update();
      const { first, last } = this.#seen();
      this.#view(first, last);
    }
    this.#busy();
  }
}

function wait(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

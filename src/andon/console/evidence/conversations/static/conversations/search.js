/** Search inside one conversation: what was found, how many, from hit to hit, and a list of them. */
import { words } from "desk";
import { get, lit, make } from "./parts.js";

const say = words("reader-words");
const WAIT_MS = 180;

export class Search {
  #url; #form; #list; #count; #more; #asked = null; #timer = 0; #found; #go;
  query = "";
  /** Positions of hits in order, as far as the server gives them. */
  positions = [];

  /** @param {{url: string, form: HTMLFormElement, panel: HTMLElement, found: () => void, go: (position: number) => void}} given */
  constructor({ url, form, panel, found, go }) {
    this.#url = url;
    this.#form = form;
    this.#found = found;
    this.#go = go;
    this.#list = panel.querySelector("[data-hits]");
    this.#count = panel.querySelector("[data-count]");
    this.#more = panel.querySelector("[data-more]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#run().then(() => this.step(1));
      form.querySelector("input").blur();
    });
    form.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#run(), WAIT_MS);
    });
    this.#more.addEventListener("click", () => this.#page(this.#more.dataset.after));
    this.#list.addEventListener("click", (event) => {
      const hit = event.target.closest("[data-to]");
      if (!hit) return;
      event.preventDefault();
      this.#go(Number(hit.dataset.to));
    });
  }

  /** Search for words that came with the page's address. */
  start(query) {
    this.#form.elements.q.value = query;
    return this.#run();
  }

  clear() {
    this.#form.reset();
    return this.#run();
  }

  get #values() {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (value && name !== "csrfmiddlewaretoken") values.set(name, value);
    return values;
  }

  async #run() {
    const values = this.#values;
    this.#asked?.abort();
    this.query = (values.get("q") ?? "").trim();
    if (![...values.keys()].length) {
      this.positions = [];
      this.#list.replaceChildren();
      this.#count.textContent = this.#count.dataset.empty;
      this.#more.hidden = true;
      return this.#found();
    }
    this.#asked = new AbortController();
    this.#form.setAttribute("aria-busy", "true");
    try {
      const answer = await get(`${this.#url}?${values}`, { signal: this.#asked.signal });
      if (!answer) return null;
      this.positions = answer.positions;
      this.#list.replaceChildren(...answer.hits.map(drawHit));
      this.#tell(answer);
      this.#found();
    } catch (error) {
      if (error.name !== "AbortError") this.#count.textContent = error.sentence || say("conversations.search_failed");
    } finally {
      this.#form.removeAttribute("aria-busy");
    }
    return null;
  }

  #tell(answer) {
    const { total } = answer;
    this.#count.textContent = total ? say("conversations.hits", { count: total }) : say("conversations.no_hits");
    this.#after(answer.after);
  }

  #after(after) {
    this.#more.hidden = after === null;
    this.#more.dataset.after = after ?? "";
  }

  async #page(after) {
    const answer = await get(`${this.#url}?${this.#values}&after=${after}`);
    if (!answer) return;
    this.#list.append(...answer.hits.map(drawHit));
    this.#after(answer.after);
  }

  /** The hit after (1) or before (-1) a position; round at the ends. */
  next(from, way) {
    const all = this.positions;
    if (!all.length) return null;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (way > 0 ? all[middle] <= from : all[middle] < from) low = middle + 1;
      else high = middle;
    }
    const at = way > 0 ? low % all.length : (low - 1 + all.length) % all.length;
    return { position: all[at], number: at + 1 };
  }

  step() {}

  /** Show which hit one stands on. */
  stand(number, position) {
    this.#count.textContent = say("conversations.hit_of", { number, count: this.positions.length });
    for (const one of this.#list.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    const here = this.#list.querySelector(`[data-to="${position}"]`);
    here?.setAttribute("aria-current", "true");
    here?.scrollIntoView({ block: "nearest" });
  }
}

/** A hit in a list: when, who, and the words around it. */
export function drawHit(hit) {
  const text = make("span", "hits__text", ...lit(hit.x, hit.m));
  text.lang = "ja";
  const who = make("b", "", hit.n || "—");
  who.lang = "ja";
  const one = make("a", "hits__one", make("span", "hits__when mono small", hit.t || "—"), who, text, hit.f && make("span", "badge", hit.f));
  one.href = `?at=${hit.p}`;
  one.dataset.to = hit.p;
  return make("li", "", one);
}

/** The line of days above the list (how much was said when, where gaps lie, what is seen now) and the ruler beside it (hits, gaps and notes by place). */
import { make, shape } from "./parts.js";

const HEIGHT = 44;
const DAY = 86_400_000;

/** Messages by time, drawn as bars; pointing at it jumps. */
export class Strip {
  #host; #days; #gaps; #jump; #width = 0; #seen; #from; #to; #tip; #last = null;

  constructor(host, { days, gaps, jump }) {
    this.#host = host;
    this.#days = days.map(([day, position, count]) => ({ at: Date.parse(`${day}T00:00:00+09:00`), day, position, count }));
    this.#gaps = gaps;
    this.#jump = jump;
    host.hidden = this.#days.length < 1;
    if (host.hidden) return;
    this.#from = this.#days[0].at;
    this.#to = this.#days.at(-1).at + DAY;
    this.#tip = make("p", "strip__tip mono small");
    this.#tip.setAttribute("aria-hidden", "true");
    this.#draw();
    new ResizeObserver(() => this.#draw()).observe(host);
    host.addEventListener("pointerdown", (event) => {
      host.setPointerCapture(event.pointerId);
      this.#go(event);
    });
    host.addEventListener("pointermove", (event) => {
      this.#point(event);
      if (event.buttons & 1) this.#go(event);
    });
  }

  /** The day at a share of the width. */
  #dayAt(event) {
    const { left, width } = this.#host.getBoundingClientRect();
    const at = this.#from + ((event.clientX - left) / width) * (this.#to - this.#from);
    let low = 0;
    let high = this.#days.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#days[middle].at <= at) low = middle;
      else high = middle - 1;
    }
    const next = this.#days[low + 1];
    return next && next.at - at < at - this.#days[low].at - DAY ? next : this.#days[low];
  }

  #point(event) {
    const { day, count } = this.#dayAt(event);
    this.#tip.textContent = `${day} · ${count.toLocaleString("en-US")}`;
  }

  #go(event) {
    const { left, width } = this.#host.getBoundingClientRect();
    const one = this.#dayAt(event);
    const share = (this.#from + ((event.clientX - left) / width) * (this.#to - this.#from) - one.at) / DAY;
    this.#jump(one.position + Math.floor(Math.max(0, Math.min(0.999, share)) * one.count));
  }

  #draw() {
    const width = Math.max(60, this.#host.clientWidth);
    const svg = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, class: "strip__svg", "aria-hidden": "true" });
    const span = this.#to - this.#from;
    const step = Math.max(3, Math.ceil((width * DAY) / span)); // no bar narrower than can be seen
    const bins = new Array(Math.ceil(width / step)).fill(0);
    for (const one of this.#days) bins[Math.min(bins.length - 1, Math.floor((((one.at - this.#from) / span) * width) / step))] += one.count;
    const most = Math.max(1, ...bins);
    bins.forEach((count, k) => {
      if (!count) return;
      const tall = Math.max(2, Math.round(Math.sqrt(count / most) * (HEIGHT - 16))); // the square root lets quiet days be seen beside loud ones
      svg.append(shape("rect", { x: k * step, y: HEIGHT - 12 - tall, width: Math.max(1.5, step - 1), height: tall, class: "strip__bar" }));
    });
    svg.append(shape("line", { x1: 0, x2: width, y1: HEIGHT - 11.5, y2: HEIGHT - 11.5, class: "strip__axis" }));
    for (const gap of this.#gaps) {
      const at = this.#timeAt(gap.p);
      if (at !== null) svg.append(shape("path", { d: `M${((at - this.#from) / span) * width} ${HEIGHT - 11}l4 8h-8z`, class: `strip__gap strip__gap--${gap.s}` }));
    }
    this.#seen = make("span", "strip__seen"); // beside the drawing, which is not to be drawn anew when this moves
    this.#width = width;
    const first = make("span", "strip__edge", this.#days[0].day);
    const last = make("span", "strip__edge strip__edge--end", this.#days.at(-1).day);
    this.#host.replaceChildren(svg, this.#seen, make("p", "strip__edges mono", first, this.#tip, last));
    if (this.#last) this.see(...this.#last);
  }

  #timeAt(position) {
    let low = 0;
    let high = this.#days.length - 1;
    if (position < this.#days[0].position) return this.#days[0].at;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#days[middle].position <= position) low = middle;
      else high = middle - 1;
    }
    const one = this.#days[low];
    return one.at + (Math.min(one.count, position - one.position) / Math.max(1, one.count)) * DAY;
  }

  /** Show what is seen now. */
  see(first, last) {
    this.#last = [first, last];
    if (!this.#seen) return;
    const width = this.#width;
    const span = this.#to - this.#from;
    const x = ((this.#timeAt(first) - this.#from) / span) * width;
    const end = ((this.#timeAt(last) - this.#from) / span) * width;
    this.#seen.style.setProperty("transform", `translateX(${Math.round(Math.max(0, Math.min(width - 3, x - 1)))}px)`);
    this.#seen.style.setProperty("width", `${Math.round(Math.max(3, end - x + 2))}px`);
  }
}

/** Marks by place beside the bar of the list. */
export class Ruler {
  #host; #count; #marks = {}; #jump;

  constructor(host, { count, jump }) {
    this.#host = host;
    this.#count = Math.max(1, count);
    this.#jump = jump;
    new ResizeObserver(() => this.#draw()).observe(host);
    host.addEventListener("click", (event) => {
      const { top, height } = host.getBoundingClientRect();
      this.#jump(this.#nearest(((event.clientY - top) / height) * this.#count));
    });
  }

  /** Marks of one kind: "hit", "gap", "note"; their positions. */
  set(kind, positions) {
    this.#marks[kind] = positions;
    this.#draw();
  }

  #nearest(wanted) {
    const all = Object.values(this.#marks).flat();
    const reach = this.#count * 0.02;
    let best = Math.round(wanted);
    let away = reach;
    for (const one of all) {
      if (Math.abs(one - wanted) < away) {
        away = Math.abs(one - wanted);
        best = one;
      }
    }
    return best;
  }

  #draw() {
    const height = Math.max(20, this.#host.clientHeight);
    const svg = shape("svg", { viewBox: `0 0 12 ${height}`, width: 12, height, "aria-hidden": "true" });
    const lanes = { gap: [0, 4], hit: [4, 5], note: [9, 3] };
    for (const [kind, positions] of Object.entries(this.#marks)) {
      const drawn = new Set();
      for (const position of positions) {
        const y = Math.round((position / this.#count) * (height - 3));
        if (drawn.has(y)) continue;
        drawn.add(y);
        svg.append(shape("rect", { x: lanes[kind][0], y, width: lanes[kind][1], height: 3, class: `ruler__${kind}` }));
      }
    }
    this.#host.replaceChildren(svg);
  }
}

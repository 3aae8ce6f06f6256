/** Elements made by hand: text is always text, never markup. */
const SVG = "http://www.w3.org/2000/svg";
const icons = document.querySelector("[data-icons]")?.dataset.icons ?? "";

/** An element: `make("p", "msg__text", "words", child, …)`; what is empty is left out. */
export function make(tag, classes = "", ...children) {
  const one = document.createElement(tag);
  if (classes) one.className = classes;
  one.append(...children.filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
  return one;
}

export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${icons}#${name}`);
  svg.append(use);
  return svg;
}

export function shape(tag, attributes) {
  const one = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, String(value));
  return one;
}

/** Text with ranges of code points lit. `spans` may lie over each other. */
export function lit(text, spans) {
  if (!spans?.length) return [text];
  const points = [...text];
  const parts = [];
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) parts.push(points.slice(at, from).join(""));
    parts.push(make("mark", "hit hit--found", points.slice(from, end).join("")));
    at = end;
  }
  if (at < points.length) parts.push(points.slice(at).join(""));
  return parts;
}

/** A button that looks like one; `act` is read by who listens on the list. */
export function button(act, classes, ...children) {
  const one = make("button", classes, ...children);
  one.type = "button";
  one.dataset.act = act;
  return one;
}

/** Ask the server for values. A session that ended sends the page to the sign-in; anything else is null. */
export async function get(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "HX-Request": "true", "HX-Current-URL": location.href, Accept: "application/json" } });
  const elsewhere = answer.headers.get("HX-Redirect");
  if (elsewhere) {
    location.assign(elsewhere);
    return null;
  }
  if (!answer.ok) {
    const error = new Error(String(answer.status));
    error.sentence = decodeURIComponent(answer.headers.get("X-Sentence") ?? "");
    throw error;
  }
  return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : answer.text();
}

/** Sentences that the page brings along for scripts: `{% words "review-words" "review.key.next" %}` in the template. */

const read = new Map();

/**
 * A function from a code to its sentence, with {places} filled.
 * @param {string} id of the element that `{% words %}` wrote
 * @returns {(code: string, data?: Record<string, unknown>) => string}
 */
export function words(id) {
  if (!read.has(id)) {
    const element = document.getElementById(id);
    read.set(id, element ? JSON.parse(element.textContent) : {});
  }
  const sentences = read.get(id);
  return (code, data = {}) => (sentences[code] ?? code).replace(/\{(\w+)(?::,)?\}/g, (_, name) => shown(data[name]));
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value ?? "");
}

export const say = words("frame-words");

/** Ctrl-K: go to a page, or look for something. Pages come from the menu, the rest from the address in `data-url` (a list of `<li><a>`). */

const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const pages = dialog?.querySelector(".palette__pages");
const found = dialog?.querySelector(".palette__found");
const none = dialog?.querySelector(".palette__none");
const WAIT_MS = 120;
let chosen = 0;
let asked = null;
let timer = 0;

function open() {
  if (dialog.open || document.querySelector("dialog[open]")) return;
  document.querySelector(".rail:popover-open")?.hidePopover();
  field.value = "";
  found.replaceChildren();
  listPages("");
  dialog.showModal();
  field.focus();
}

function listPages(wanted) {
  const links = [...document.querySelectorAll(".rail__nav a")].filter((link) => matches(link.textContent, wanted));
  pages.replaceChildren(...links.map(asEntry));
  choose(0);
}

function asEntry(link) {
  const item = document.createElement("li");
  const copy = document.createElement("a");
  copy.href = link.href;
  copy.append(...[...link.childNodes].map((node) => node.cloneNode(true)));
  item.append(copy);
  return item;
}

/** Width, case and kana do not count: ｷｭｰ finds キュー, くふ does not. */
function matches(text, wanted) {
  return plain(text).includes(plain(wanted));
}

function plain(text) {
  return text.normalize("NFKC").toLowerCase().trim().replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

async function ask(wanted) {
  asked?.abort();
  if (!dialog.dataset.url || !wanted.trim()) {
    found.replaceChildren();
    return choose(chosen);
  }
  asked = new AbortController();
  try {
    const address = `${dialog.dataset.url}?q=${encodeURIComponent(wanted)}`;
    const answer = await fetch(address, { signal: asked.signal, headers: { "HX-Request": "true" } });
    if (answer.headers.get("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
    else if (answer.ok) fillFound(await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") found.replaceChildren();
  }
  choose(chosen);
}

/** The server's own list, taken over as it is: entries only. */
function fillFound(html) {
  const parsed = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
  found.replaceChildren(...[...parsed.querySelectorAll("li")].filter((item) => item.querySelector("a[href]")));
}

function entries() {
  return [...dialog.querySelectorAll(".palette__list a[href]")];
}

function choose(index) {
  const all = entries();
  chosen = all.length ? (index + all.length) % all.length : 0;
  all.forEach((link, k) => {
    link.id = `palette-${k}`;
    link.setAttribute("role", "option");
    link.closest("li").setAttribute("role", "presentation");
    link.setAttribute("aria-selected", String(k === chosen));
    link.tabIndex = -1;
  });
  all[chosen]?.scrollIntoView({ block: "nearest" });
  if (all.length) field.setAttribute("aria-activedescendant", `palette-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
  none.hidden = all.length > 0 || !field.value.trim();
}

if (dialog) {
  document.addEventListener("desk:palette", open);
  field.addEventListener("input", () => {
    listPages(field.value);
    clearTimeout(timer);
    timer = setTimeout(() => ask(field.value), WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      entries()[chosen]?.click();
    }
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

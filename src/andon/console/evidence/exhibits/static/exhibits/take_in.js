/** Taking in: files of a chosen folder keep their paths, and the form goes with a bar. Without this script the plain form does the same, without bar. */
import { words } from "desk";

const say = words("exhibits-words");
const form = document.querySelector("form[data-take-in]");
const [files, folder] = [form.querySelector("#files"), form.querySelector("#folder")];
const list = form.querySelector("[data-chosen]");
const bar = form.querySelector("[data-sending]");
const entry = form.querySelector("[data-entry]");
const units = ["B", "KB", "MB", "GB", "TB"];
let chosen = [];
let going = false;

if ("webkitdirectory" in folder) form.querySelector("[data-folder-choice]").hidden = false;
for (const input of [files, folder]) {
  input.addEventListener("change", () => {
    if (!input.files.length) return;
    chosen = [...input.files];
    if (entry) entry.value = "";
    show();
  });
}
entry?.addEventListener("change", () => {
  if (!entry.value) return;
  chosen = [];
  files.value = folder.value = "";
  show();
});

function size(bytes) {
  let step = 0;
  while (bytes >= 1024 && step < units.length - 1) [bytes, step] = [bytes / 1024, step + 1];
  return `${bytes.toFixed(step ? 1 : 0)} ${units[step]}`;
}

function path(file) {
  const parts = file.webkitRelativePath.split("/");
  return parts.length > 1 ? parts.slice(1).join("/") : file.name;
}

function show() {
  list.replaceChildren();
  if (!chosen.length) return;
  const line = (text, more) => {
    const [item, main, note] = [document.createElement("li"), document.createElement("span"), document.createElement("span")];
    main.className = "list__main exhibit-name";
    note.className = "small quiet end";
    [main.textContent, note.textContent] = [text, more];
    item.append(main, note);
    list.append(item);
  };
  const total = chosen.reduce((sum, file) => sum + file.size, 0);
  line(say("exhibits.chosen", { count: chosen.length, size: size(total) }), chosen.length > 1 ? say("exhibits.becomes_folder") : "");
  for (const file of chosen.slice(0, 6)) line(path(file), size(file.size));
  if (chosen.length > 6) line("…", "");
  const title = form.elements.title;
  if (!title.value) title.value = (chosen[0].webkitRelativePath.split("/")[0] || (chosen.length === 1 ? chosen[0].name : "")).slice(0, 120);
}

function problems(sentences) {
  const box = form.querySelector("[data-problems]");
  box.hidden = !sentences.length;
  box.querySelector("[data-problems-list]").replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })),
  );
  if (sentences.length) box.scrollIntoView({ block: "nearest" });
}

function fields(told) {
  for (const old of form.querySelectorAll("[data-told]")) old.remove();
  for (const input of form.elements) if (input.name) input.removeAttribute("aria-invalid");
  let first = null;
  for (const [name, sentences] of Object.entries(told)) {
    const input = form.elements[name];
    if (!input) continue;
    const note = Object.assign(document.createElement("p"), { className: "field__error", id: `told-${name}`, textContent: sentences.join(" ") });
    note.dataset.told = "";
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", note.id);
    input.closest(".field").append(note);
    first ??= input;
  }
  first?.focus();
}

function end(sentences, told = {}) {
  going = false;
  bar.hidden = true;
  form.querySelector("[data-send]").disabled = false;
  problems(sentences);
  fields(told);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (going) return;
  if (!chosen.length && !entry?.value) return end([say("exhibits.nothing_chosen")]);
  going = true;
  problems([]);
  form.querySelector("[data-send]").disabled = true;
  const data = new FormData(form);
  data.delete("files");
  data.set("paths", JSON.stringify(chosen.map(path)));
  for (const file of chosen) data.append("files", file, file.name);
  send(data);
});

function send(data) {
  const request = new XMLHttpRequest();
  const [line, text] = [bar.querySelector("progress"), bar.querySelector("[data-sending-text]")];
  bar.hidden = !chosen.length;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    line.value = event.loaded / event.total;
    text.textContent = event.loaded < event.total ? say("exhibits.sent_share", { percent: Math.floor((100 * event.loaded) / event.total) }) : say("exhibits.checking_sent");
  });
  request.addEventListener("load", () => {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      // a page, not an answer to this script: told as a failure below
    }
    if (request.status === 200 && told.address) {
      going = false;
      form.removeAttribute("data-guard");
      location.assign(told.address);
      return;
    }
    const sentence = request.getResponseHeader("X-Sentence");
    if (told.fields) end([], told.fields);
    else end(told.problems ?? [sentence ? decodeURIComponent(sentence) : say("exhibits.send_failed")]);
  });
  request.addEventListener("error", () => end([say("exhibits.no_connection")]));
  request.open("POST", form.action || location.href);
  request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
  request.setRequestHeader("X-Requested-With", "desk");
  request.send(data);
}

window.addEventListener("beforeunload", (event) => {
  if (going) event.preventDefault();
});

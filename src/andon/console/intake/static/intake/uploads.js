/** The drop zone: every chosen file goes to the desk by itself, as the body of one request, one after the other, with its own bar. */
import { toast, words } from "desk";

const say = words("intake-words");
const form = document.querySelector("form[data-intake]");
const input = form.querySelector('input[type="file"]');
const list = document.querySelector("[data-intake-sending]");
let sending = Promise.resolve();

input.addEventListener("change", () => {
  const address = new URL(form.dataset.intake, location.href);
  for (const name of ["source", "level", "columns"]) address.searchParams.set(name, form.elements[name].value);
  for (const file of input.files) {
    const line = show(file.name);
    sending = sending.then(() => send(file, address, line));
  }
  input.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("beforeunload", (event) => {
  if (list.childElementCount) event.preventDefault();
});

function show(name) {
  const line = document.createElement("li");
  const label = document.createElement("span");
  label.className = "list__main cut";
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", say("intake.sending", { name }));
  line.append(label, bar);
  list.append(line);
  return line;
}

function send(file, address, line) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const bar = line.querySelector("progress");
    const end = (sentence, tone) => {
      line.remove();
      toast(sentence, { tone });
      document.body.dispatchEvent(new CustomEvent("intake:added"));
      done();
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) return end(JSON.parse(request.responseText).sentence, "done");
      const told = request.getResponseHeader("X-Sentence");
      return end(told ? decodeURIComponent(told) : say("intake.send_failed", { name: file.name }), "wrong");
    });
    request.addEventListener("error", () => end(say("intake.no_connection", { name: file.name }), "wrong"));
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Name", encodeURIComponent(file.name));
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.send(file);
  });
}

/** Dialogs, copy buttons, the question before a grave act, the guard of unsaved input, the looks. */
import { toast } from "desk/toasts";
import { say } from "desk/words";

/** Ask, in a dialog of ours. @returns {Promise<boolean>} */
export function ask(text) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector(".dialog__text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

async function copy(button) {
  const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  try {
    await navigator.clipboard.writeText(from ? from.textContent.trim() : button.dataset.copy);
    toast(say("frame.toast.copied"), { tone: "done" });
  } catch {
    toast(say("frame.toast.copy_failed"), { tone: "warn" });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-open], [data-close], [data-copy], [data-copy-from], [data-back]");
  if (!button) return;
  const { open, close } = button.dataset;
  if (open === "palette") document.dispatchEvent(new CustomEvent("desk:palette"));
  else if (open === "keys") document.dispatchEvent(new CustomEvent("desk:keys"));
  else if (open) document.getElementById(open)?.showModal();
  else if (close !== undefined) button.closest("dialog")?.close();
  else if (button.dataset.back !== undefined) history.back();
  else copy(button);
});

// A form or button with data-confirm asks first; hx-confirm asks in the same dialog instead of the browser's.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || form.dataset.confirmed || event.defaultPrevented) return;
  event.preventDefault();
  if (!(await ask(text))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
});
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question)) event.detail.issueRequest(true);
});

// A form with data-guard is not left with input that was never sent.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  const open = [...changed].some((form) => form.isConnected);
  if (open) event.preventDefault();
});

// The brightness changes at once; the answer is only waited for to keep it.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-looks]") || submitter?.name !== "appearance") return;
  event.preventDefault();
  document.documentElement.dataset.appearance = submitter.value;
  for (const button of document.querySelectorAll("[data-looks] [name=appearance]")) button.setAttribute("aria-pressed", String(button.value === submitter.value));
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter), redirect: "manual" }).catch(() => null);
  if (!answer || answer.status >= 400) toast(say(answer ? "frame.wrong.500" : "frame.wrong.offline"), { tone: "wrong" });
});

// A drop zone hands what is dropped on it to its own file field.
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
    const field = zone.querySelector("input[type=file]");
    if (kind !== "drop" || !field || field.disabled) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

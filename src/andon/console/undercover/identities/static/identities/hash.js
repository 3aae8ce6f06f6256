// The SHA-256 of an image, computed on this device. The file is read and forgotten: its field has no name, so that no form can send it.
import { words } from "desk";

const say = words("identities-words");

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

document.addEventListener("change", async (event) => {
  const input = event.target.closest("input[data-hash]");
  if (!input || !input.files.length) return;
  const box = input.closest(".local");
  const told = box.querySelector("output");
  const hash = await sha256(input.files[0]);
  input.value = "";
  const wanted = box.dataset.compare;
  if (wanted) {
    const same = wanted === hash;
    told.dataset.same = same ? "yes" : "no";
    told.textContent = say(same ? "identities.hash_same" : "identities.hash_differs");
    return;
  }
  const field = box.closest("form").querySelector("input[name=image_sha256]");
  field.value = hash;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  told.textContent = say("identities.hash_done");
});

/**
 * The desk's own script. Other apps: `import { keys, toast, words, ask } from "desk"` in a module of theirs
 * (`<script type="module" src="…">` in the block `scripts`); the page's import map knows the name.
 */
import { ask } from "desk/forms";
import { help, keys } from "desk/keys";
import { toast } from "desk/toasts";
import { say, words } from "desk/words";
import "desk/answers";
import "desk/palette";
import "desk/times";

document.addEventListener("desk:keys", help);
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.id !== "confirm" && dialog.close());
}

/** Send a request with the page's token; the answer is the Response. */
export function post(url, body = new FormData()) {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "HX-Request": "true" } });
}

export { ask, help, keys, say, toast, words };

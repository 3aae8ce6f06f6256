/** Marks: one message or a range, what is said of it, and whether it may be disclosed, which must be said when it is born. */
import { post, toast, words } from "desk";

const say = words("reader-words");

export class Marks {
  #dialog; #form; #saved; #problem;

  constructor(dialog, saved) {
    this.#dialog = dialog;
    this.#saved = saved;
    if (!dialog) return;
    this.#form = dialog.querySelector("form");
    this.#problem = dialog.querySelector("[data-problem]");
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  get may() { return Boolean(this.#dialog); }

  open(first, last, label) {
    this.#form.reset();
    this.#form.elements.first.value = first;
    this.#form.elements.last.value = last;
    this.#problem.hidden = true;
    this.#dialog.querySelector("[data-what]").textContent = label;
    this.#dialog.showModal();
    this.#form.elements.text.focus();
  }

  async #send() {
    const button = this.#form.querySelector("button.button--primary");
    button.disabled = true;
    try {
      const answer = await post(this.#form.action, new FormData(this.#form));
      if (answer.headers.get("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
      else if (answer.ok) {
        this.#dialog.close();
        this.#saved(await answer.json());
        toast(say("conversations.done.marked"));
      } else this.#say(decodeURIComponent(answer.headers.get("X-Sentence") ?? "") || say("frame.wrong.500"));
    } catch {
      this.#say(say("frame.wrong.offline"));
    } finally {
      button.disabled = false;
    }
  }

  #say(sentence) {
    this.#problem.textContent = sentence;
    this.#problem.hidden = false;
  }
}

/** Ticks of a table: all at once, and how many there are. */
import { words } from "desk";

const form = document.querySelector("form[data-ticks]");
const all = form?.querySelector("[data-ticks-all]");
if (all) {
  const say = words("exhibits-words");
  const boxes = [...form.querySelectorAll('input[name="item"]')];
  const count = form.querySelector("[data-ticks-count]");
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked ? say("exhibits.ticked", { count: ticked }) : "";
    for (const button of form.querySelectorAll('button[name="decision"]')) button.disabled = !ticked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
}

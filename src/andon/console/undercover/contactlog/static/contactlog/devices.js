/* J and K walk along what the log does not have; the keys on its buttons enter the one that is lit. */
import { keys } from "desk";

const list = document.querySelector("[data-pairs]");
const rows = list ? [...list.children] : [];
let at = -1;

function light(index) {
  if (!rows.length) return;
  at = Math.min(Math.max(index, 0), rows.length - 1);
  rows.forEach((row, number) => row.classList.toggle("is-active", number === at));
  rows[at].focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

if (rows.length) {
  rows[0].classList.add("is-active");
  at = 0;
  keys.bind({ j: [() => light(at + 1), list.dataset.next], k: [() => light(at - 1), list.dataset.before] });
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-key-scope]");
    if (row && rows.indexOf(row) !== at) light(rows.indexOf(row));
  });
}

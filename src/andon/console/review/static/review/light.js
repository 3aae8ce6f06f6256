/** Reasons and the places in the text that they rest on: pointing at one lights the other. */

let card = null;

/** Watch a card that has just arrived. */
export function light(one) {
  card = one;
  card.addEventListener("pointerover", ({ target }) => over(target));
  card.addEventListener("focusin", ({ target }) => over(target));
  card.addEventListener("click", ({ target }) => {
    const mark = target.closest("mark[data-reasons]");
    if (mark) open(mark.dataset.reasons.split(" ")[0]);
  });
}

function over(target) {
  const mark = target.closest("mark[data-reasons]");
  const reason = target.closest(".why[data-reason]");
  show(mark ? mark.dataset.reasons.split(" ") : reason ? [reason.dataset.reason] : []);
}

function show(numbers) {
  for (const one of card.querySelectorAll("mark[data-reasons]")) {
    one.classList.toggle("is-lit", one.dataset.reasons.split(" ").some((number) => numbers.includes(number)));
  }
  for (const one of card.querySelectorAll(".why[data-reason]")) one.classList.toggle("is-lit", numbers.includes(one.dataset.reason));
}

function open(number) {
  const reason = card.querySelector(`.why[data-reason="${number}"]`);
  if (!reason) return;
  for (let box = reason.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  reason.scrollIntoView({ block: "nearest" });
  reason.querySelector("summary")?.focus({ preventScroll: true });
}

/** The card in one's hand: a heartbeat keeps it while somebody is there, leaving the page gives it back. */
import { post } from "desk";

const BEAT_MS = 60_000;
const THERE_MS = 5 * 60_000; // without a key or a movement for so long, nobody is there: the card may go to others
let card = null;
let lost = () => {};
let seen = Date.now();
let beaten = Date.now();

/** Tend the card that is on the page now; `whenLost` is called once when it has left one's hand. */
export function tend(one, whenLost) {
  card = one.hasAttribute("data-mine") ? one : null;
  lost = whenLost;
  beaten = Date.now();
}

async function beat() {
  if (!card?.isConnected || document.hidden || Date.now() - seen > THERE_MS) return;
  const mine = card;
  beaten = Date.now();
  const answer = await post(mine.dataset.keep).catch(() => null); // offline for a moment: the next beat tells
  if (!answer || mine !== card) return;
  if (answer.status === 204) mine.dataset.until = answer.headers.get("X-Until") ?? mine.dataset.until;
  else if (answer.status === 409) {
    card = null;
    lost();
  }
}

function giveBack() {
  if (!card?.isConnected) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]")?.content ?? "");
  body.set("until", card.dataset.until); // the page that comes next may have taken it anew: then this one has nothing to give back
  navigator.sendBeacon(card.dataset.giveBack, body);
}

for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
  addEventListener(sign, () => (seen = Date.now()), { passive: true });
}
setInterval(beat, BEAT_MS);
document.addEventListener("visibilitychange", () => Date.now() - beaten > BEAT_MS && beat());
addEventListener("pagehide", giveBack);

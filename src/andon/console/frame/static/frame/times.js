/** Keeps `<time data-ago>` up to date, in the words that the server uses. */
import { say } from "desk/words";

const STEPS = [["minutes", 60, 3600], ["hours", 3600, 86400], ["days", 86400, 30 * 86400]];

function since(date) {
  const seconds = (Date.now() - date.getTime()) / 1000;
  const way = seconds >= 0 ? "ago" : "in";
  const span = Math.abs(seconds);
  if (span < 60) return say("frame.ago.now");
  const step = STEPS.find(([, , limit]) => span < limit);
  return step ? say(`frame.${way}.${step[0]}`, { count: Math.floor(span / step[1]) }) : "";
}

function refresh() {
  for (const one of document.querySelectorAll("time[data-ago]")) {
    const text = since(new Date(one.dateTime));
    if (text && text !== one.textContent) one.textContent = text;
  }
}

setInterval(() => document.hidden || refresh(), 30_000);
document.addEventListener("visibilitychange", () => document.hidden || refresh());

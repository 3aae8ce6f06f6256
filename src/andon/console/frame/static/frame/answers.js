/** What HTMX asks and hears: the token with every request, one clear sentence for every answer that is no answer. */
import { toast } from "desk/toasts";
import { say } from "desk/words";

const KNOWN = ["403", "404", "409", "413", "429"];

function wrong(event) {
  const { xhr } = event.detail;
  const own = xhr?.getResponseHeader?.("X-Sentence"); // a sentence of the server's own, percent-encoded
  const status = String(xhr?.status ?? "");
  const code = KNOWN.includes(status) ? status : "500";
  toast(own ? decodeURIComponent(own) : say(`frame.wrong.${code}`), { tone: code === "409" ? "warn" : "wrong" });
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]")?.content ?? "";
});
document.addEventListener("htmx:responseError", wrong);
document.addEventListener("htmx:sendError", () => toast(say("frame.wrong.offline"), { tone: "wrong" }));
document.addEventListener("htmx:timeout", () => toast(say("frame.wrong.offline"), { tone: "wrong" }));

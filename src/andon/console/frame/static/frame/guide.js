/** The page of all parts: its one button that shows a notice. */
import { toast, words } from "desk";

const say = words("guide-words");
document.getElementById("guide-toast").addEventListener("click", () => toast(say("frame.guide.toast"), { undo: () => {}, key: "u" }));

// A short word at the bottom that goes away by itself; read out, never focused.

import { element } from "./element.js";

const SECONDS = 6;
const place = document.getElementById("toasts");

/** Show a sentence for six seconds; a press takes it away at once. */
export function toast(sentence) {
  const shown = element("div", { class: "toast", onclick: () => shown.remove() }, sentence);
  place.append(shown);
  setTimeout(() => shown.remove(), SECONDS * 1000);
}

// Devanagari letters on the screen, for a computer that has no Hindi keyboard. Nothing leaves the page.
// A vowel is one key: after a consonant it is written as its sign, elsewhere as the letter.

import { element } from "./element.js";
import { words } from "./page.js";

const place = document.getElementById("hindi-keys");
const opener = document.getElementById("hindi");
const KEPT = "webchat-hindi-keys";

const VOWELS = [..."अआइईउऊऋएऐओऔ"];
const SIGNS = { आ: "ा", इ: "ि", ई: "ी", उ: "ु", ऊ: "ू", ऋ: "ृ", ए: "े", ऐ: "ै", ओ: "ो", औ: "ौ" };
const ROWS = [
  VOWELS,
  [..."कखगघङचछजझञ"],
  [..."टठडढणतथदधन"],
  [..."पफबभमयरलव"],
  [..."शषसह", "क्ष", "त्र", "ज्ञ", "श्र"],
  ["ं", "ँ", "ः", "़", "्", "।", "?", ","],
];
// Signs that cannot stand alone are shown on a circle.
const ON_CIRCLE = new Set(["ं", "ँ", "ः", "़", "्"]);
const CONSONANT = /[\u0915-\u0939\u0958-\u095f]\u093c?$/u;

/** The keys write into `field`, and come when `opener` is pressed; only where there is a mouse. */
export function offerHindiKeys(field) {
  if (!matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  opener.hidden = false;
  opener.addEventListener("click", () => show(place.hidden));
  // A press must not take the caret out of the words.
  place.addEventListener("mousedown", (event) => event.preventDefault());
  if (localStorage.getItem(KEPT) === "open") show(true);

  function show(open) {
    if (open && !place.hasChildNodes()) place.append(...ROWS.map(row), ends());
    place.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    localStorage.setItem(KEPT, open ? "open" : "closed");
  }

  function row(letters) {
    return element("div", { class: "key-row" }, ...letters.map((letter) => key(letter)));
  }

  function key(letter) {
    const shown = ON_CIRCLE.has(letter) ? `◌${letter}` : letter;
    return element("button", { type: "button", class: "key", onclick: () => write(letter) }, shown);
  }

  function ends() {
    return element(
      "div",
      { class: "key-row" },
      element("button", { type: "button", class: "key key-wide", onclick: () => write(" ") }, words("key_space")),
      element("button", { type: "button", class: "key key-back", "aria-label": words("key_back"), onclick: () => erase() }, "⌫"),
    );
  }

  function write(letter) {
    const before = field.value.slice(0, field.selectionStart);
    const written = letter in SIGNS && CONSONANT.test(before) ? SIGNS[letter] : letter;
    put(written, field.selectionStart, field.selectionEnd);
  }

  function erase() {
    const { selectionStart: from, selectionEnd: to } = field;
    if (from !== to) put("", from, to);
    else if (from > 0) put("", from - [...field.value.slice(0, from)].at(-1).length, from);
  }

  function put(text, from, to) {
    field.focus();
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

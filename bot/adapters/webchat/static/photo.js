// Pictures opened large: one after the other with arrows or a swipe, closer with two fingers, the wheel, a double tap or a button.

import { words } from "./page.js";
import { Zoom } from "./zoom.js";

const dialog = document.getElementById("photo");
const picture = dialog.querySelector("img");
const link = dialog.querySelector("a");
const told = dialog.querySelector(".photo-told");
const back = dialog.querySelector("[name=previous]");
const on = dialog.querySelector("[name=next]");
const SWIPE = 60; // pixels

const filesOf = new WeakMap(); // a picture's button -> its file
const zoom = new Zoom(picture, { swiped: (dx) => Math.abs(dx) > SWIPE && step(dx < 0 ? 1 : -1) });
let buttons = [];
let at = 0;

/** Note which file a button in a message shows; returns the button. */
export function photoButton(button, file) {
  filesOf.set(button, file);
  return button;
}

/** Open the picture of this button; the chat's other pictures are before and after it. */
export function openPhoto(button) {
  buttons = [...document.querySelectorAll("#messages .photo")];
  show(buttons.indexOf(button));
  dialog.showModal();
  picture.focus({ preventScroll: true });
}

function show(index) {
  at = index;
  const file = filesOf.get(buttons[at]);
  zoom.reset();
  picture.src = file.url;
  picture.alt = file.name;
  link.href = file.url;
  link.download = file.name;
  told.textContent = words("photo_of", { name: file.name, n: at + 1, m: buttons.length });
  back.disabled = at === 0;
  on.disabled = at === buttons.length - 1;
}

function step(by) {
  if (buttons[at + by]) show(at + by);
}

back.addEventListener("click", () => step(-1));
on.addEventListener("click", () => step(1));
dialog.querySelector("[name=closer]").addEventListener("click", () => zoom.by(1.6));
dialog.querySelector("[name=farther]").addEventListener("click", () => zoom.by(1 / 1.6));
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.addEventListener("close", () => picture.removeAttribute("src"));
dialog.addEventListener("keydown", (event) => {
  const doing = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    "+": () => zoom.by(1.6),
    "=": () => zoom.by(1.6),
    "-": () => zoom.by(1 / 1.6),
    0: () => zoom.reset(),
  }[event.key];
  if (!doing) return;
  event.preventDefault();
  doing();
});

// What somebody has chosen for this device: notices, sound; and installing the chat as an app.

import { page, words } from "./page.js";
import { askForNotices, noticeState, stopNotices } from "./notices.js";
import { beep } from "./sound.js";

const KEPT = `webchat-settings-${page.me.id}`;
const settings = { notices: false, sound: true, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
const sheet = document.getElementById("settings-sheet");
const notices = sheet.querySelector("[name=notices]");
const sound = sheet.querySelector("[name=sound]");
const told = sheet.querySelector(".notices-told");
const install = sheet.querySelector("[name=install]");
let offer = null; // the browser's own question whether to install

/** Whether this device makes a sound, or shows notices, for new messages. */
export const wants = (what) => settings[what];

/** The settings open from their button from now on. */
export function offerSettings() {
  document.getElementById("settings").addEventListener("click", () => {
    show();
    sheet.showModal();
  });
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  sound.addEventListener("change", () => {
    keep("sound", sound.checked);
    if (sound.checked) beep();
  });
  notices.addEventListener("change", async () => {
    notices.disabled = true;
    if (notices.checked) keep("notices", await askForNotices());
    else {
      await stopNotices();
      keep("notices", false);
    }
    notices.disabled = false;
    await show();
  });
  install.addEventListener("click", async () => {
    await offer.prompt();
    offer = null;
    show();
  });
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});

function keep(name, value) {
  settings[name] = value;
  localStorage.setItem(KEPT, JSON.stringify(settings));
}

async function show() {
  const state = await noticeState();
  notices.checked = settings.notices && state !== "refused" && state !== "none";
  notices.closest("label").hidden = state === "none";
  sound.checked = settings.sound;
  told.textContent = words(`notices_${notices.checked || state === "refused" || state === "none" ? state : "off"}`);
  install.closest("li").hidden = offer === null;
}

// Finding messages of the open chat by their words. The server looks; a press on what it found leads there.

import * as api from "./api.js";
import { element, keepCodesWhole } from "./element.js";
import { gist } from "./message-files.js";
import { words } from "./page.js";
import { shortTime } from "./times.js";

const panel = document.getElementById("chat-search");
const field = panel.querySelector("input");
const found = panel.querySelector("ul");
const told = panel.querySelector(".search-told");
const older = panel.querySelector(".search-older");
const opener = document.getElementById("search-messages");
const PAUSE = 250; // milliseconds without a key before it asks

/** chat() gives the open chat's id; jump(id) leads to a message; failed(error). */
export function offerSearch({ chat, jump, failed }) {
  let timer = null;
  let asked = 0; // an answer that was overtaken by a later one is dropped
  let last = null;

  opener.addEventListener("click", () => (panel.hidden ? open() : close()));
  panel.querySelector(".search-close").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  older.addEventListener("click", () => look(last));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  function open() {
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    field.focus();
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    clear();
    field.value = "";
    opener.focus();
  }

  function clear() {
    asked += 1;
    found.replaceChildren();
    told.textContent = "";
    older.hidden = true;
  }

  async function look(before) {
    const typed = field.value.trim();
    if (!before) clear();
    if (!typed) return;
    asked += 1;
    const mine = asked;
    try {
      const answer = await api.search(chat(), typed, before);
      if (mine !== asked) return;
      found.append(...answer.messages.map(row));
      last = answer.messages.at(-1)?.id;
      older.hidden = !answer.more;
      told.textContent = found.children.length ? "" : words("nothing_found");
    } catch (error) {
      failed(error);
    }
  }

  function row(message) {
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "found",
          onclick: () => {
            close();
            jump(message.id);
          },
        },
        element("span", { class: "found-name" }, message.sender.me ? words("you") : message.sender.name),
        element("time", { datetime: message.at }, shortTime(message.at)),
        keepCodesWhole(element("span", { class: "found-words" }, gist(message))),
      ),
    );
  }

  return { close };
}

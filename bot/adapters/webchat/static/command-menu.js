// What the bot can be asked for, offered while somebody writes a command: by its name, or what it is called in Hindi.

import * as api from "./api.js";
import { element } from "./element.js";

const place = document.getElementById("commands");
const KNOWN_FOR_MS = 60_000;

/** The list comes under `field` while it holds the beginning of a command; by the arrows, or by touch. */
export function offerCommands(field) {
  let known = [];
  let askedAt = -Infinity;
  let chosen = 0;

  field.addEventListener("input", show);
  field.addEventListener("blur", hide);
  // Before the composer, to which Enter means "send".
  field.addEventListener("keydown", key, { capture: true });
  // A press must not take the caret out of the words.
  place.addEventListener("mousedown", (event) => event.preventDefault());

  async function show() {
    if (!isCommand(field.value)) return hide();
    if (Date.now() - askedAt > KNOWN_FOR_MS) {
      askedAt = Date.now();
      try {
        known = (await api.menu()).commands;
      } catch {
        askedAt = -Infinity; // Without a connection nothing is offered; what is written is sent as ever.
      }
    }
    draw();
  }

  function draw() {
    const found = isCommand(field.value) ? matching(field.value) : [];
    if (found.length === 0) return hide();
    chosen = Math.min(chosen, found.length - 1);
    place.replaceChildren(...found.map(option));
    place.hidden = false;
    mark();
  }

  function hide() {
    chosen = 0;
    place.hidden = true;
    place.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }

  function matching(typed) {
    const begin = folded(typed.slice(1));
    return known.flatMap((command) => {
      const name = [command.name, ...command.others].find((each) => folded(each).startsWith(begin));
      return name === undefined ? [] : [{ ...command, name, also: [command.name, ...command.others].filter((each) => each !== name) }];
    });
  }

  function option({ name, also, words }, at) {
    return element(
      "li",
      { id: `command-${at}`, class: "command", role: "option", "data-name": name, onclick: () => write(name) },
      element("b", {}, `/${name}`),
      also.length > 0 && element("span", { class: "command-also" }, also.map((each) => `/${each}`).join(" ")),
      element("span", { class: "command-words" }, words),
    );
  }

  function mark() {
    [...place.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", `command-${chosen}`);
    place.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    if (place.hidden || event.isComposing) return;
    const count = place.children.length;
    if (event.key === "ArrowDown") chosen = (chosen + 1) % count;
    else if (event.key === "ArrowUp") chosen = (chosen + count - 1) % count;
    else if (event.key === "Escape") hide();
    // Whoever has written a command to its end sends it.
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole())) write(place.children[chosen].dataset.name);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!place.hidden) mark();
  }

  function isWhole() {
    const typed = folded(field.value.slice(1));
    return known.some((command) => [command.name, ...command.others].some((each) => folded(each) === typed));
  }

  function write(name) {
    field.focus();
    field.setRangeText(`/${name} `, 0, field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const isCommand = (text) => text.startsWith("/") && !/\s/.test(text);

// As the office compares names: no nukta, one sign for ँ and ं.
const folded = (name) => name.normalize("NFD").toLowerCase().replaceAll("\u093c", "").replaceAll("ँ", "ं");

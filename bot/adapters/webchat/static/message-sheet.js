// What can be done with a message, on a sheet that rises from below: react, reply, copy, see who has seen it, change, delete.

import { element, icon } from "./element.js";
import { words } from "./page.js";
import { reactionChoice } from "./reactions.js";
import { now } from "./times.js";

const sheet = document.getElementById("message-sheet");
const offered = sheet.querySelector(".offered-reactions");
const actions = sheet.querySelector(".sheet-actions");

sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

/** Open it. act: {react, reply, seenBy, edit, remove}, each with the message; `group`: whether others are in the chat. */
export function openMessageSheet(message, act, group) {
  const done = (run) => () => {
    sheet.close();
    run();
  };
  offered.replaceChildren(...reactionChoice(message, (emoji) => done(() => act.react(message, emoji))()));
  const watched = group && (message.sender.me || message.sender.bot);
  actions.replaceChildren(
    action("reply", words("reply"), done(() => act.reply(message))),
    ...(message.text && navigator.clipboard ? [action("copy", words("copy"), done(() => copy(message)))] : []),
    ...(watched ? [action("eye", words("seen_by"), done(() => act.seenBy(message)))] : []),
    ...(stillIn(message.edit_until) ? [action("pen", words("edit"), done(() => act.edit(message)))] : []),
    ...(stillIn(message.delete_until) ? [action("bin", words("delete"), () => ask(message, done, act), "danger")] : []),
  );
  sheet.showModal();
}

function action(picture, name, run, kind = "") {
  return element("li", {}, element("button", { type: "button", class: `sheet-action ${kind}`, onclick: run }, icon(picture), name));
}

// Deleting is for everybody and for good: it is asked once.
function ask(message, done, act) {
  offered.replaceChildren();
  actions.replaceChildren(
    element("li", { class: "sheet-question" }, words("delete_sure")),
    action("bin", words("delete_yes"), done(() => act.remove(message)), "danger"),
    action("cross", words("cancel"), done(() => {})),
  );
  actions.querySelector("button").focus();
}

function stillIn(until) {
  return until !== null && Date.parse(until) > now();
}

function copy(message) {
  navigator.clipboard.writeText(message.text).catch(() => {});
}

// One message as it stands in the chat.

import { element, icon, safeHtml } from "./element.js";
import { messageFiles } from "./message-files.js";
import { page, words } from "./page.js";
import { reactions } from "./reactions.js";
import { clock } from "./times.js";

const COLOURS = 6;

/**
 * The list item of a message, stored or still on its way (`message.state`: sending, waiting, refused).
 * act: {reply(message), more(message), react(message, emoji), press(message, button, element), jump(id), again(message),
 * change(message)}.   seen: whether somebody else has read it.
 */
export function bubble(message, act, seen = false) {
  const { sender } = message;
  const side = sender.me ? "mine" : sender.bot ? "theirs bot" : "theirs";
  return element(
    "li",
    { class: `message ${side}`, tabindex: "-1", "data-id": message.id, "data-client": message.client },
    element(
      "div",
      { class: "bubble" },
      !sender.me && element("div", { class: `sender colour-${colour(sender.id)}` }, sender.name),
      message.reply_to && !message.deleted && quote(message.reply_to, act),
      message.deleted && element("div", { class: "trace" }, icon("bin"), words("deleted")),
      message.files.length > 0 && messageFiles(message.files),
      message.text && element("div", { class: "text", dir: "auto" }, safeHtml(message.html)),
      foot(message, seen),
    ),
    reactions(message, act),
    message.state === "refused" && element("div", { class: "problem", role: "alert" }, message.problem),
    (message.state === "waiting" || message.state === "refused") && retry(message, act),
    message.buttons.length > 0 && buttons(message, act),
    message.id && !message.deleted && tools(message, act),
  );
}

// The same person has the same colour in every chat and on every phone.
function colour(user) {
  let sum = 0;
  for (const letter of user) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % COLOURS;
}

function quote(quoted, act) {
  return element(
    "button",
    { class: "quote", type: "button", onclick: () => act.jump(quoted.id) },
    element("span", { class: "quote-name" }, quoted.me ? words("you") : quoted.name),
    element("span", { class: "quote-text" }, quoted.text),
  );
}

function foot(message, seen) {
  return element(
    "div",
    { class: "foot" },
    message.edited_at && !message.deleted && element("span", { class: "edited" }, words("edited")),
    element("time", { datetime: message.at }, clock(message.at)),
    message.sender.me && !message.deleted && sendingState(message.state ?? (seen ? "seen" : "sent")),
  );
}

const STATES = {
  sending: ["clock", "sending"],
  waiting: ["clock", "waiting"],
  refused: ["cross", "not_sent"],
  sent: ["tick", "sent"],
  seen: ["ticks", "seen"],
};

function sendingState(state) {
  const [picture, spoken] = STATES[state];
  return element("span", { class: `state state-${state}` }, icon(picture), element("span", { class: "spoken" }, words(spoken)));
}

/** Somebody has read the message of this item. Changed in place: what is new in the list is read out. */
export function markSeen(item) {
  const shown = item.querySelector(".state-sent");
  if (!shown) return;
  shown.className = "state state-seen";
  shown.querySelector("use").setAttribute("href", "#icon-ticks");
  shown.querySelector(".spoken").firstChild.data = words("seen");
}

function retry(message, act) {
  return element(
    "div",
    { class: "retry" },
    message.state === "waiting" && element("span", {}, words("waiting")),
    element("button", { type: "button", onclick: () => act.again(message) }, words("again")),
    element("button", { type: "button", onclick: () => act.change(message) }, words("change")),
  );
}

function buttons(message, act) {
  const rows = message.buttons.map((row) =>
    element(
      "div",
      { class: "row" },
      ...row.map((button) => (button.copies ? copying(button, act) : pressed(button, message, act))),
    ),
  );
  return element("div", { class: "buttons" }, ...rows);
}

function pressed(button, message, act) {
  const press = (event) => act.press(message, button, event.currentTarget);
  return element("button", { type: "button", "data-press": button.data, onclick: press }, button.label);
}

// Only a page that came by https, or from this machine, has a clipboard.
function copying(button, act) {
  return navigator.clipboard && element("button", { type: "button", onclick: () => act.copy(button.copies) }, button.label);
}

function tools(message, act) {
  const name = message.sender.me ? words("you") : message.sender.name;
  return element(
    "div",
    { class: "tools" },
    tool("reply", words("reply"), words("reply_to", { name }), () => act.reply(message)),
    tool("more", words("more"), words("more_of", { name }), () => act.more(message)),
  );
}

function tool(kind, title, spoken, onclick) {
  return element("button", { class: kind, type: "button", title, "aria-label": spoken, onclick }, icon(kind));
}

/** A message that is still on its way, in the form of a stored one. */
export function pendingMessage(entry) {
  return {
    id: null,
    client: entry.id,
    chat: entry.chat,
    sender: { id: page.me.id, name: page.me.name, me: true, bot: false },
    at: entry.at,
    text: entry.text,
    html: escaped(entry.text),
    buttons: [],
    reply_to: entry.quoted,
    files: entry.files,
    reactions: [],
    edited_at: null,
    deleted: false,
    state: entry.state,
    problem: entry.problem,
  };
}

function escaped(text) {
  const holder = element("div");
  holder.textContent = text;
  return holder.innerHTML.replaceAll("\n", "<br>");
}

// One message as it stands in the chat.

import { element, icon, safeHtml } from "./element.js";
import { page, words } from "./page.js";
import { openPhoto } from "./photo.js";
import { clock } from "./times.js";

const COLOURS = 6;
const BYTES_IN_MB = 1024 ** 2;

/**
 * The list item of a message, stored or still on its way (`message.state`: sending, waiting, refused).
 * act: {reply(message), press(message, button, element), jump(id), again(message), change(message)}.
 */
export function bubble(message, act) {
  const { sender } = message;
  const side = sender.me ? "mine" : sender.bot ? "theirs bot" : "theirs";
  return element(
    "li",
    { class: `message ${side}`, tabindex: "-1", "data-id": message.id, "data-client": message.client },
    element(
      "div",
      { class: "bubble" },
      !sender.me && element("div", { class: `sender colour-${colour(sender.id)}` }, sender.name),
      message.reply_to && quote(message.reply_to, act),
      message.files.length > 0 && files(message.files),
      message.text && element("div", { class: "text", dir: "auto" }, safeHtml(message.html)),
      foot(message),
    ),
    message.state === "refused" && element("div", { class: "problem", role: "alert" }, message.problem),
    (message.state === "waiting" || message.state === "refused") && retry(message, act),
    message.buttons.length > 0 && buttons(message, act),
    message.id && replyButton(message, act),
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
    element("span", { class: "quote-text" }, quoted.text || words("photo")),
  );
}

function files(given) {
  const photos = given.filter((file) => file.image);
  const others = given.filter((file) => !file.image);
  return element(
    "div",
    { class: "files" },
    photos.length > 0 && element("div", { class: `photos photos-${Math.min(photos.length, 2)}` }, ...photos.map(photo)),
    ...others.map(paper),
  );
}

function photo(file) {
  const name = words("open_photo", { name: file.name });
  const picture = element("img", { src: file.thumbnail, alt: "", loading: "lazy" });
  return element("button", { class: "photo", type: "button", "aria-label": name, onclick: () => openPhoto(file) }, picture);
}

function paper(file) {
  const megabytes = `${(file.size / BYTES_IN_MB).toFixed(1)} MB`;
  return element(
    "a",
    { class: "paper", href: file.url, download: file.name },
    icon("paper"),
    element("span", { class: "paper-name" }, file.name),
    element("span", { class: "paper-size" }, megabytes),
  );
}

function foot(message) {
  return element(
    "div",
    { class: "foot" },
    message.edited_at && element("span", { class: "edited" }, words("edited")),
    element("time", { datetime: message.at }, clock(message.at)),
    message.sender.me && sendingState(message),
  );
}

function sendingState({ state }) {
  const [picture, spoken] = { sending: ["clock", "sending"], waiting: ["clock", "waiting"], refused: ["cross", "not_sent"] }[
    state
  ] ?? ["tick", "sent"];
  return element("span", { class: `state state-${state ?? "sent"}` }, icon(picture), element("span", { class: "spoken" }, words(spoken)));
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
      ...row.map((button) =>
        element(
          "button",
          { type: "button", "data-press": button.data, onclick: (event) => act.press(message, button, event.currentTarget) },
          button.label,
        ),
      ),
    ),
  );
  return element("div", { class: "buttons" }, ...rows);
}

function replyButton(message, act) {
  const spoken = words("reply_to", { name: message.sender.me ? words("you") : message.sender.name });
  return element(
    "button",
    { class: "reply", type: "button", title: words("reply"), "aria-label": spoken, onclick: () => act.reply(message) },
    icon("reply"),
  );
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
    edited_at: null,
    state: entry.state,
    problem: entry.problem,
  };
}

function escaped(text) {
  const holder = element("div");
  holder.textContent = text;
  return holder.innerHTML.replaceAll("\n", "<br>");
}

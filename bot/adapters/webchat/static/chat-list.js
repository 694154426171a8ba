// The list of chats: unread counts, last words, search.

import { draftOf } from "./drafts.js";
import { element } from "./element.js";
import { gist } from "./message-files.js";
import { number, page, words } from "./page.js";
import { shortTime } from "./times.js";

const list = document.getElementById("chat-list");
const search = document.getElementById("search");
const nothing = document.getElementById("no-chat-found");
const MOST_UNREAD = 99;

let chats = [];
let open = null;

/** The address of a chat within the page, so that the phone's Back button leaves it. */
export const linkTo = (chat) => `#${encodeURIComponent(chat)}`;

export const chatNamed = (id) => chats.find((chat) => chat.id === id);

/** Take the list as the server gave it; `opened` is the chat on the screen, or null. */
export function showChats(given, opened) {
  chats = given;
  open = opened;
  draw();
}

/** The chat on the screen is another one. */
export function markOpen(chat) {
  open = chat;
  draw();
}

/** A message came or went: its chat moves up. False if the chat is not in the list. */
export function noteMessage(message, seen) {
  const chat = chatNamed(message.chat);
  if (!chat) return false;
  // What the list has counted already is not counted again; an answer may also overtake its question.
  if (Number(message.id) <= Number(chat.last?.id ?? 0)) return true;
  chat.last = message;
  if (!message.sender.me && !seen) chat.unread += 1;
  draw();
  return true;
}

/** A message was changed: the last words in the list may be its old ones. */
export function noteChange(message) {
  const chat = chatNamed(message.chat);
  if (chat?.last?.id === message.id) {
    chat.last = message;
    draw();
  }
}

/** Somebody else has read a chat up to a message. */
export function noteSeen(id, upto) {
  const chat = chatNamed(id);
  if (chat && Number(upto) > Number(chat.seen)) chat.seen = upto;
}

/** A draft was begun or sent. */
export function noteDraft() {
  draw();
}

/** How many messages are unread in all chats. */
export const unreadInAll = () => chats.reduce((sum, chat) => sum + chat.unread, 0);

/** Everything in the chat has been read. */
export function noteRead(id) {
  const chat = chatNamed(id);
  if (!chat?.unread) return;
  chat.unread = 0;
  draw();
}

function draw() {
  const typed = search.value.trim().toLocaleLowerCase();
  const shown = chats
    .filter((chat) => !typed || `${chat.title} ${chat.badge} ${chat.also}`.toLocaleLowerCase().includes(typed))
    .sort((one, other) => Number(other.last?.id ?? 0) - Number(one.last?.id ?? 0));
  const focused = document.activeElement?.closest?.("#chat-list a")?.getAttribute("href");
  list.replaceChildren(...shown.map(row));
  list.querySelector(`a[href="${focused}"]`)?.focus();
  nothing.hidden = shown.length > 0;
  const unread = unreadInAll();
  navigator.setAppBadge?.(unread).catch(() => {});
  document.title = unread ? `(${unread > MOST_UNREAD ? `${MOST_UNREAD}+` : unread}) ${page.title}` : page.title;
}

function row(chat) {
  return element(
    "li",
    {},
    element(
      "a",
      { class: "chat-row", href: linkTo(chat.id), "aria-current": chat.id === open && "true" },
      avatar(chat),
      element("span", { class: "chat-title" }, chat.title),
      chat.last && element("time", { class: "chat-time", datetime: chat.last.at }, shortTime(chat.last.at)),
      lastLine(chat),
      chat.unread > 0 && unreadCount(chat.unread),
    ),
  );
}

/** The round sign of a chat: a department's letters, or the office's. */
export function avatar(chat) {
  return element("span", { class: `avatar avatar-${chat.kind}`, "aria-hidden": "true" }, chat.badge);
}

// A draft of a chat that is not open comes first: it waits for its writer.
function lastLine(chat) {
  const draft = chat.id !== open && draftOf(chat.id)?.text;
  if (draft) {
    const line = draft.trim().replace(/\s+/g, " ");
    return element("span", { class: "chat-last" }, element("b", { class: "draft" }, words("draft")), ` ${line}`);
  }
  return element("span", { class: "chat-last" }, chat.last ? lastWords(chat) : words("nothing_yet"));
}

function lastWords({ last, kind }) {
  const said = gist(last);
  if (last.sender.me) return `${words("you")}: ${said}`;
  return kind === "direct" ? said : `${last.sender.name}: ${said}`;
}

function unreadCount(count) {
  const spoken = words("unread", { n: number(count) });
  return element(
    "span",
    { class: "unread" },
    element("span", { "aria-hidden": "true" }, count > MOST_UNREAD ? `${MOST_UNREAD}+` : String(count)),
    element("span", { class: "spoken" }, spoken),
  );
}

search.addEventListener("input", draw);

// Puts the parts of the messenger together: the list, the open chat, the composer, and the live connection.

import * as api from "./api.js";
import { pendingMessage } from "./bubble.js";
import * as chatList from "./chat-list.js";
import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { openMessageSheet } from "./message-sheet.js";
import { followTogether } from "./one-stream.js";
import { Outbox } from "./outbox.js";
import { page, words } from "./page.js";
import { notice, startWorker } from "./notices.js";
import { offerSearch } from "./search-chat.js";
import { openSeenSheet } from "./seen-sheet.js";
import { offerSettings, wants } from "./settings.js";
import { beep } from "./sound.js";
import { heard } from "./times.js";
import { toast } from "./toast.js";

const messenger = document.getElementById("messenger");
const head = document.getElementById("chat-head");
const banner = document.getElementById("banner");
const signedOut = document.getElementById("signed-out");

// A phone's keyboard would cover the chat that somebody has just opened.
const HAS_KEYBOARD = matchMedia("(hover: hover)").matches;

let open = null; // the id of the chat on the screen
let newest = 0; // the number of the last change that this tab has seen
let broken = false;

const act = {
  reply: (message) => composer.answer(message),
  more: (message) => openMessageSheet(message, act, chatList.chatNamed(message.chat)?.kind !== "direct"),
  edit: (message) => composer.edit(message),
  seenBy: (message) => openSeenSheet(message).catch(tell),
  remove: (message) => changeMessage(api.remove(message.chat, message.id)),
  react: (message, emoji) => changeMessage(api.react(message.chat, message.id, { id: api.newId(), emoji })),
  press,
  copy,
  again,
  change,
};
const messages = new Messages(act, seen);
const search = offerSearch({ chat: () => open, jump: (id) => messages.jump(id).catch(tell), failed: tell });
const outbox = new Outbox(
  (entry) => messages.take(pendingMessage(entry)),
  (entry, message) => {
    messages.take(message);
    chatList.noteMessage(message, true);
  },
  over,
);
const composer = new Composer({
  onSend: (draft) => outbox.add(draft),
  onEdit: (message, text) => changeMessage(api.edit(message.chat, message.id, { id: api.newId(), text })),
  onDraft: chatList.noteDraft,
});

// What was asked for comes back as the message is now. True if it was done.
async function changeMessage(asked) {
  try {
    const changed = await asked;
    messages.take(changed);
    chatList.noteChange(changed);
    return true;
  } catch (error) {
    tell(error);
    return false;
  }
}

async function press(message, button, pressed) {
  pressed.disabled = true;
  try {
    const answer = await api.press(message.chat, { id: api.newId(), message: message.id, data: button.data });
    answer.toasts.forEach(toast);
  } catch (error) {
    tell(error);
  } finally {
    pressed.disabled = false;
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words("copied", { text }));
  } catch {
    toast(words("copy_failed", { text }));
  }
}

function again(message) {
  outbox.again(message.client);
}

function change(message) {
  const entry = outbox.takeBack(message.client);
  messages.remove(message);
  if (entry) composer.putBack(entry);
}

function tell(error) {
  if (error instanceof api.SignedOut) over();
  else if (error instanceof api.Refused) toast(error.message);
  else toast(error.message || words("not_done"));
}

/** The reader has seen everything of the open chat up to message `id`. */
function seen(chat, id) {
  if (chat !== open || document.hidden || !chatList.chatNamed(chat)?.unread) return;
  chatList.noteRead(chat);
  api.read(chat, id).catch(() => {});
}

async function readList() {
  const answer = await api.chats();
  chatList.showChats(answer.chats, open);
  return answer.newest;
}

/** Show the chat that the address names; without one the phone shows the list. */
async function follow() {
  const chat = decodeURIComponent(location.hash.slice(1));
  const known = chatList.chatNamed(chat);
  messenger.dataset.view = known ? "chat" : "list";
  if (known && open === chat) return;
  open = known ? chat : null;
  chatList.markOpen(open);
  if (!known) return messages.close();
  head.replaceChildren(chatList.avatar(known), title(known));
  search.close();
  composer.open(chat);
  if (HAS_KEYBOARD) document.getElementById("words").focus();
  try {
    await messages.open(chat, () => pendingIn(chat), known);
  } catch (error) {
    tell(error);
  }
}

function title(chat) {
  const holder = document.createElement("div");
  const name = document.createElement("h2");
  const also = document.createElement("p");
  name.textContent = chat.title;
  also.textContent = chat.about;
  holder.append(name, also);
  return holder;
}

async function came(kind, data, number) {
  newest = Math.max(newest, number);
  if (kind === "toast") return toast(data.text);
  if (kind === "reset") return readEverything();
  if (kind === "seen") {
    chatList.noteSeen(data.chat, data.upto);
    return messages.seenUpTo(data.chat, data.upto);
  }
  heard(data.at);
  messages.take(data);
  if (kind === "changed") return chatList.noteChange(data);
  if (outbox.entries.some((entry) => entry.id === data.client)) return; // its answer is still on the way
  const seen = isSeen(data);
  if (!chatList.noteMessage(data, seen)) await readList().catch(() => {});
  if (!seen && !data.sender.me) announce(chatList.chatNamed(data.chat));
}

// Something is new that nobody is looking at.
function announce(chat) {
  if (!chat) return;
  if (wants("sound")) beep();
  if (wants("notices") && document.hidden) notice(chat).catch(() => {});
}

function isSeen(message) {
  const looking = message.chat === open && !document.hidden && messages.atNewest();
  if (looking && !message.sender.me) api.read(message.chat, message.id).catch(() => {});
  return looking;
}

async function readEverything() {
  await readList().catch(tell);
  const chat = open;
  if (chat) await messages.open(chat, () => pendingIn(chat), chatList.chatNamed(chat)).catch(tell);
}

function pendingIn(chat) {
  return outbox.pendingIn(chat).map(pendingMessage);
}

function connection(state) {
  if (state === "over") return over();
  banner.hidden = state === "live";
  if (state === "live" && broken) {
    readList().catch(() => {});
    outbox.hurry();
  }
  broken = state !== "live";
}

function over() {
  banner.hidden = true;
  signedOut.hidden = false;
  signedOut.querySelector("a").focus();
}

document.getElementById("back").addEventListener("click", () => {
  location.hash = "";
});
window.addEventListener("hashchange", follow);
window.addEventListener("offline", () => connection("waiting"));
window.addEventListener("online", () => connection("live"));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && open && messages.atNewest() && messages.lastId()) seen(open, messages.lastId());
});
offerSettings();
if (page.me.may_make_groups) {
  import("./new-group.js").then(({ offerNewGroup }) =>
    offerNewGroup(async (chat) => {
      await readList();
      location.hash = chatList.linkTo(chat.id);
    }),
  );
}

async function start() {
  try {
    newest = await readList();
  } catch (error) {
    connection(error instanceof api.SignedOut ? "over" : "waiting");
    if (!(error instanceof api.SignedOut)) setTimeout(start, 2000);
    return;
  }
  if (!location.hash && page.me.guest) history.replaceState(null, "", chatList.linkTo(`direct:${page.me.id}`));
  await follow();
  outbox.send();
  startWorker();
  followTogether({ after: () => newest, onEvent: came, onState: connection });
}

start();

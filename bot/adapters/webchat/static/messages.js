// The messages of the open chat: in order, by day, older ones on the way up; a changed one changes in its place.

import * as api from "./api.js";
import { bubble, markSeen } from "./bubble.js";
import { element } from "./element.js";
import { words } from "./page.js";
import { reactions } from "./reactions.js";
import { dayOf, dayWords } from "./times.js";

const list = document.getElementById("messages");
const scroller = document.getElementById("scroller");
const down = document.getElementById("to-bottom");
const NEAR = 120; // pixels from an end that still count as being there

/** The messages pane. act: what a bubble can ask for but `jump`, which is done here; atBottom(chat, id): seen to the end. */
export class Messages {
  constructor(act, atBottom) {
    this.act = { ...act, jump: (id) => this.jump(id) };
    this.atBottom = atBottom;
    this.chat = null;
    this.shown = new Map(); // id -> message
    this.hasOlder = false;
    this.hasNewer = false; // whoever went to an old message does not have all that came after it
    this.seen = 0; // the last message that somebody else has read
    this.pending = () => [];
    this.loading = false;
    this.atEnd = true; // as the reader left it; stays so when the composer grows or a photo comes
    scroller.addEventListener("scroll", () => this.scrolled());
    const room = new ResizeObserver(() => this.atEnd && this.toBottom());
    room.observe(scroller);
    room.observe(list);
    down.addEventListener("click", () => this.toBottom());
  }

  /**
   * Show another chat from its newest messages. pending() gives those of ours that are still on their way; `unread` is
   * how many are new, `seen` the last that somebody else has read.
   */
  async open(chat, pending, { unread = 0, seen = "0" } = {}) {
    this.chat = chat;
    this.pending = pending;
    this.seen = Number(seen);
    await this.show(() => api.messages(chat), (page) => {
      this.hasOlder = page.older;
      this.hasNewer = false;
    });
    if (this.chat !== chat) return;
    this.markNew(unread);
    this.toBottom();
  }

  /** Nobody looks at a chat any more: what comes is not seen. */
  close() {
    this.chat = null;
    this.shown.clear();
    list.replaceChildren();
  }

  // Empty the pane and put a page into it; what is on its way stays below.
  async show(ask, note) {
    const { chat } = this;
    this.shown.clear();
    this.hasOlder = false;
    list.replaceChildren();
    list.setAttribute("aria-busy", "true");
    try {
      const page = await ask();
      if (this.chat !== chat) return;
      note(page);
      page.messages.forEach((message) => this.place(message));
    } finally {
      if (this.chat === chat) {
        this.pending().forEach((message) => this.place(message));
        list.removeAttribute("aria-busy");
      }
    }
  }

  // A line above the first of the messages that are new.
  markNew(unread) {
    const others = [...this.shown.values()].filter((message) => !message.sender.me && !message.deleted);
    const first = unread > 0 && others.length > unread && this.item(others.at(-unread));
    if (!first) return;
    first.before(element("li", { class: "new-line", "data-day": first.dataset.day }, words("new_line")));
  }

  /** A message that is new or was changed. */
  take(message) {
    if (message.chat !== this.chat) return;
    const known = this.item(message);
    if (!known && this.hasNewer) {
      if (message.sender.me) this.toBottom();
      else down.hidden = false;
      return;
    }
    const stay = this.nearBottom();
    this.place(message);
    if (known && message.id && known.dataset.id) return;
    if (stay || message.sender.me) this.toBottom();
    else down.hidden = false;
  }

  /** Somebody else has read the chat up to message `upto`. */
  seenUpTo(chat, upto) {
    if (chat !== this.chat || Number(upto) <= this.seen) return;
    this.seen = Number(upto);
    for (const item of list.querySelectorAll("li.mine[data-id]")) {
      if (Number(item.dataset.id) <= this.seen) markSeen(item);
    }
  }

  nearBottom() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  }

  /** Whether the newest message is on the screen. */
  atNewest() {
    return this.nearBottom() && !this.hasNewer;
  }

  toBottom() {
    if (this.hasNewer) {
      this.open(this.chat, this.pending, { seen: this.seen }).catch(() => {});
      return;
    }
    this.atEnd = true;
    scroller.scrollTop = scroller.scrollHeight;
    down.hidden = true;
    if (this.lastId()) this.atBottom(this.chat, this.lastId());
  }

  lastId() {
    return [...this.shown.keys()].at(-1);
  }

  /** The item of a message that is on the screen, by its id or by the client id of one of ours. */
  item(message) {
    return (
      (message.client && list.querySelector(`[data-client="${CSS.escape(message.client)}"]`)) ||
      (message.id && list.querySelector(`[data-id="${CSS.escape(message.id)}"]`)) ||
      null
    );
  }

  place(message) {
    const old = this.item(message);
    // What is stored already is not put back on its way by a late word of the outbox.
    if (old && !message.id && old.dataset.id) return;
    // One of ours comes twice, as the answer and by the stream. Drawn again, it would slip from under a finger.
    if (old && message.id && JSON.stringify(message) === JSON.stringify(this.shown.get(message.id))) return;
    if (old && this.onlyReactions(message)) {
      replaceKeepingFocus(old.querySelector(".reactions"), reactions(message, this.act));
      this.shown.set(message.id, message);
      return;
    }
    const made = bubble(message, this.act, Number(message.id) <= this.seen);
    if (old) replaceKeepingFocus(old, made);
    else this.insert(message, made);
    if (message.id) this.remember(message);
  }

  // Whether nothing but the reactions has changed: then the message is not read out once more.
  onlyReactions(message) {
    const before = this.shown.get(message.id);
    const rest = (given) => JSON.stringify({ ...given, reactions: null });
    return before !== undefined && rest(before) === rest(message);
  }

  remember(message) {
    const last = this.lastId();
    this.shown.set(message.id, message);
    if (last && Number(message.id) < Number(last)) {
      this.shown = new Map([...this.shown].sort(([one], [other]) => Number(one) - Number(other)));
    }
  }

  // Nearly always at the end; what is on its way stays below everything that is stored.
  insert(message, made) {
    const next = message.id
      ? [...list.querySelectorAll("li.message")].find((each) => !each.dataset.id || Number(each.dataset.id) > Number(message.id))
      : null;
    list.insertBefore(made, next ?? null);
    made.dataset.day = dayOf(message.at);
    this.separate(made);
    this.separate(nextMessage(made));
  }

  // A day stands above the first message of each day.
  separate(item) {
    if (!item) return;
    const before = item.previousElementSibling;
    if (before?.classList.contains("day")) before.remove();
    const above = item.previousElementSibling;
    if (above?.dataset.day === item.dataset.day) return;
    const at = item.querySelector("time").dateTime;
    item.before(element("li", { class: "day" }, element("span", {}, dayWords(at))));
  }

  remove(message) {
    const item = this.item(message);
    const next = item && nextMessage(item);
    item?.remove();
    this.separate(next);
  }

  async scrolled() {
    this.atEnd = this.atNewest();
    if (this.hasNewer && this.nearBottom()) await this.newer().catch(() => {});
    if (this.atEnd) {
      down.hidden = true;
      if (this.lastId()) this.atBottom(this.chat, this.lastId());
    }
    if (scroller.scrollTop < NEAR) await this.older().catch(() => {});
  }

  /** Put one more page above what is shown, without moving what is being read. */
  async older() {
    if (!this.hasOlder || this.loading) return;
    this.loading = true;
    const { chat } = this;
    list.setAttribute("aria-busy", "true");
    try {
      const page = await api.messages(chat, { before: [...this.shown.keys()][0] });
      if (this.chat !== chat) return;
      const fromBottom = scroller.scrollHeight - scroller.scrollTop;
      this.hasOlder = page.older;
      page.messages.forEach((message) => this.place(message));
      scroller.scrollTop = scroller.scrollHeight - fromBottom;
    } finally {
      this.loading = false;
      list.removeAttribute("aria-busy");
    }
  }

  /** Put one more page below what is shown, for whoever went to an old message. */
  async newer() {
    if (this.loading) return;
    this.loading = true;
    const { chat } = this;
    try {
      const page = await api.messages(chat, { after: this.lastId() });
      if (this.chat !== chat) return;
      this.hasNewer = page.newer;
      page.messages.forEach((message) => this.place(message));
    } finally {
      this.loading = false;
    }
  }

  /** Go to a message, however old; then the messages around it are shown. */
  async jump(id) {
    if (!this.shown.has(id)) await this.around(id);
    const item = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!item) return;
    this.atEnd = false;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
    item.classList.remove("pointed-at");
    requestAnimationFrame(() => item.classList.add("pointed-at"));
  }

  async around(id) {
    const { chat } = this;
    const ask = async () => {
      const [before, after] = await Promise.all([
        api.messages(chat, { before: Number(id) + 1 }),
        api.messages(chat, { after: id }),
      ]);
      return { messages: [...before.messages, ...after.messages], older: before.older, newer: after.newer };
    };
    this.atEnd = false;
    await this.show(ask, (page) => {
      this.hasOlder = page.older;
      this.hasNewer = page.newer;
      down.hidden = !page.newer;
    });
  }
}

function nextMessage(item) {
  let next = item.nextElementSibling;
  while (next && !next.classList.contains("message")) next = next.nextElementSibling;
  return next;
}

// Whoever stands on a button of the old one with the keyboard stands on the same button of the new one.
function replaceKeepingFocus(old, made) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (old.dataset.day) made.dataset.day = old.dataset.day;
  old.replaceWith(made);
  if (!focused) return;
  const { press, emoji } = focused.dataset;
  const mark = press ? `[data-press="${CSS.escape(press)}"]` : emoji && `[data-emoji="${CSS.escape(emoji)}"]`;
  const same = mark && made.querySelector(mark);
  const kind = focused.className && made.querySelector(`.${CSS.escape(focused.className)}`);
  (same || kind || made.closest("li")).focus({ preventScroll: true });
}

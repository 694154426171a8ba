// The messages of the open chat: in order, by day, older ones on the way up; a changed one changes in its place.

import * as api from "./api.js";
import { bubble } from "./bubble.js";
import { element } from "./element.js";
import { dayOf, dayWords } from "./times.js";

const list = document.getElementById("messages");
const scroller = document.getElementById("scroller");
const down = document.getElementById("to-bottom");
const NEAR = 120; // pixels from an end that still count as being there
const PAGES_TO_JUMP = 20;

/** The messages pane. act: what a bubble can ask for, but `jump`, which is done here; atBottom(id): seen to the end. */
export class Messages {
  constructor(act, atBottom) {
    this.act = { ...act, jump: (id) => this.jump(id) };
    this.atBottom = atBottom;
    this.chat = null;
    this.shown = new Map(); // id -> message
    this.hasOlder = false;
    this.loading = false;
    this.atEnd = true; // as the reader left it; stays so when the composer grows or a photo comes
    scroller.addEventListener("scroll", () => this.scrolled());
    const room = new ResizeObserver(() => this.atEnd && this.toBottom());
    room.observe(scroller);
    room.observe(list);
    down.addEventListener("click", () => this.toBottom());
  }

  /** Show another chat from its newest messages; `pending` are those of ours that are still on their way. */
  async open(chat, pending) {
    this.chat = chat;
    this.shown.clear();
    this.hasOlder = false;
    list.replaceChildren();
    list.setAttribute("aria-busy", "true");
    try {
      const page = await api.messages(chat);
      if (this.chat !== chat) return;
      this.hasOlder = page.older;
      page.messages.forEach((message) => this.place(message));
    } finally {
      if (this.chat === chat) {
        pending.forEach((message) => this.place(message));
        list.removeAttribute("aria-busy");
        this.toBottom();
      }
    }
  }

  /** A message that is new or was changed. */
  take(message) {
    if (message.chat !== this.chat) return;
    const stay = this.nearBottom();
    this.place(message);
    if (stay || message.sender.me) this.toBottom();
    else down.hidden = false;
  }

  nearBottom() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  }

  toBottom() {
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
    const made = bubble(message, this.act);
    if (old) replaceKeepingFocus(old, made);
    else this.insert(message, made);
    if (message.id) this.remember(message);
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
    item.before(element("li", { class: "day", role: "separator" }, element("span", {}, dayWords(at))));
  }

  remove(message) {
    const item = this.item(message);
    const next = item && nextMessage(item);
    item?.remove();
    this.separate(next);
  }

  async scrolled() {
    this.atEnd = this.nearBottom();
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

  /** Go to a quoted message, fetching older pages until it is there. */
  async jump(id) {
    for (let pages = 0; !this.shown.has(id) && this.hasOlder && pages < PAGES_TO_JUMP; pages += 1) {
      await this.older();
    }
    const item = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
    item.classList.remove("pointed-at");
    requestAnimationFrame(() => item.classList.add("pointed-at"));
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
  made.dataset.day = old.dataset.day;
  old.replaceWith(made);
  if (!focused) return;
  const pressed = focused.dataset.press;
  const same = pressed && made.querySelector(`[data-press="${CSS.escape(pressed)}"]`);
  const kind = focused.className && made.querySelector(`.${CSS.escape(focused.className)}`);
  (same || kind || made).focus({ preventScroll: true });
}

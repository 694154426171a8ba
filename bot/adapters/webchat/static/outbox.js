// Our messages on their way. Each has a client id for life, so sending it again never doubles it; they are kept in the
// browser until the server has them, and leave one after the other.

import { newId, post, Refused, SignedOut } from "./api.js";
import { page } from "./page.js";

const KEPT = `webchat-outbox-${page.me.id}`;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

/** onChange(entry) at each change of state; onStored(entry, message) when the server has it; onSignedOut(). */
export class Outbox {
  constructor(onChange, onStored, onSignedOut) {
    this.onChange = onChange;
    this.onStored = onStored;
    this.onSignedOut = onSignedOut;
    this.entries = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    this.busy = false;
    this.wait = FIRST_WAIT;
    this.timer = null;
    for (const entry of this.entries) if (entry.state === "sending") entry.state = "waiting";
  }

  /** A new message; quoted: what it answers, as a message quotes it, or null. */
  add({ chat, text, quoted, files }) {
    const entry = { id: newId(), chat, text, quoted, files, at: new Date().toISOString(), state: "sending", problem: null };
    this.entries.push(entry);
    this.change(entry, "sending");
    this.send();
  }

  pendingIn(chat) {
    return this.entries.filter((entry) => entry.chat === chat);
  }

  /** Try again what did not go. */
  again(id) {
    const entry = this.entries.find((each) => each.id === id);
    if (entry) this.change(entry, "sending");
    this.hurry();
  }

  /** The network is back, or somebody asked: do not wait. */
  hurry() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    this.send();
  }

  /** Take a message back before it went; returns its entry. */
  takeBack(id) {
    const entry = this.entries.find((each) => each.id === id);
    this.entries = this.entries.filter((each) => each.id !== id);
    this.keep();
    return entry;
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      let next;
      while ((next = this.entries.find((entry) => entry.state !== "refused"))) {
        if (!(await this.sendOne(next))) break;
      }
    } finally {
      this.busy = false;
    }
  }

  async sendOne(entry) {
    const body = {
      id: entry.id,
      text: entry.text,
      reply_to: entry.quoted?.id ?? null,
      files: entry.files.map(({ sha256, name, document }) => ({ sha256, name, document: document ?? false })),
    };
    try {
      const message = await post(entry.chat, body);
      this.takeBack(entry.id);
      this.wait = FIRST_WAIT;
      this.onStored(entry, message);
      return true;
    } catch (error) {
      if (error instanceof Refused) {
        entry.problem = error.message;
        this.change(entry, "refused");
        return true;
      }
      this.change(entry, "waiting");
      if (error instanceof SignedOut) this.onSignedOut();
      else this.sendLater();
      return false;
    }
  }

  sendLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  change(entry, state) {
    entry.state = state;
    this.keep();
    this.onChange(entry);
  }

  keep() {
    localStorage.setItem(KEPT, JSON.stringify(this.entries));
  }
}

// Where a message is written: words kept as a draft for each chat, what it answers or changes, its files, a voice message.

import { offerAttaching } from "./attaching.js";
import { offerCommands } from "./command-menu.js";
import { draftOf, keepDraft } from "./drafts.js";
import { element, icon } from "./element.js";
import { offerHindiKeys } from "./hindi-keys.js";
import { gist } from "./message-files.js";
import { number, page, words } from "./page.js";
import { PickedFiles } from "./picked-files.js";
import { toast } from "./toast.js";
import { canRecord, offerRecording } from "./voice-note.js";

const form = document.getElementById("composer");
const field = document.getElementById("words");
const send = document.getElementById("send");
const record = document.getElementById("record");
const answering = document.getElementById("answering");

/**
 * onSend({chat, text, quoted, files}) when somebody sends; onEdit(message, text) when they have changed a message, true
 * once that is done; onDraft() when a draft has changed.
 */
export class Composer {
  constructor({ onSend, onEdit, onDraft }) {
    this.onSend = onSend;
    this.onEdit = onEdit;
    this.onDraft = onDraft;
    this.chat = null;
    this.quoted = null;
    this.editing = null; // the message that is being changed
    // How many files must be up before the message goes by itself; 0: nobody has pressed "send" yet.
    this.awaited = 0;
    this.files = new PickedFiles(() => this.filesChanged());
    form.addEventListener("submit", (event) => this.submit(event));
    field.addEventListener("beforeinput", (event) => this.unwrap(incoming(event)));
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("paste", (event) => this.pasted(event));
    offerCommands(field);
    offerHindiKeys(field);
    offerAttaching((files, how) => this.files.add(files, how));
    if (canRecord) {
      offerRecording({
        begun: () => form.classList.add("is-recording"),
        recorded: (file) => this.voice(file),
        ended: () => form.classList.remove("is-recording"),
      });
    }
  }

  /** Write in this chat now, from where its draft was left. */
  open(chat) {
    if (chat === this.chat) return;
    this.chat = chat;
    this.editing = null;
    // Words typed before there is a chat for them would be lost.
    field.disabled = false;
    this.awaited = 0;
    this.files.open(chat);
    this.restore();
  }

  restore() {
    const draft = draftOf(this.chat);
    field.value = draft?.text ?? "";
    this.quote(draft?.quoted ?? null);
    this.refresh();
  }

  /** Answer this message, or none. */
  answer(message) {
    if (this.editing) this.stopEditing();
    const { sender } = message;
    this.quote({ id: message.id, name: sender.name, me: sender.me, text: gist(message) });
    this.keepDraft();
    field.focus();
  }

  quote(quoted) {
    this.quoted = quoted;
    this.above(quoted && (quoted.me ? words("you") : quoted.name), quoted?.text, words("reply_not"), () => this.unquote());
  }

  /** Change the words of this message; the draft comes back afterwards. */
  edit(message) {
    this.keepDraft();
    this.editing = message;
    field.value = message.text;
    this.above(words("editing"), gist(message), words("edit_not"), () => this.stopEditing());
    this.refresh();
    field.focus();
  }

  stopEditing() {
    this.editing = null;
    this.restore();
    field.focus();
  }

  // What stands above the field: a heading, a line of words, and a cross.
  above(heading, text, spoken, undo) {
    answering.hidden = heading === null;
    answering.replaceChildren(
      ...(heading === null
        ? []
        : [
            element(
              "div",
              { class: "quote" },
              element("span", { class: "quote-name" }, heading),
              element("span", { class: "quote-text" }, text),
            ),
            element("button", { type: "button", class: "round", "aria-label": spoken, onclick: undo }, icon("cross")),
          ]),
    );
    form.classList.toggle("is-editing", this.editing !== null);
  }

  unquote() {
    this.quote(null);
    this.keepDraft();
    field.focus();
  }

  /** Put the words, files and quote of a message back that did not go. */
  putBack({ text, quoted, files }) {
    if (this.editing) this.stopEditing();
    field.value = [text, field.value].filter(Boolean).join("\n");
    this.quote(quoted);
    this.files.put(files);
    this.typed();
    field.focus();
  }

  key(event) {
    // While a Hindi keyboard is still composing a word, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    if (event.key !== "Escape") return;
    if (this.editing) this.stopEditing();
    else if (this.quoted) this.unquote();
  }

  pasted(event) {
    if (event.clipboardData.files.length === 0 || this.editing) return;
    event.preventDefault();
    this.files.add(event.clipboardData.files);
  }

  voice(file) {
    this.files.add([file], { document: false });
    this.awaited = this.files.count;
    this.filesChanged();
  }

  submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    const length = [...text].length;
    if (length > page.limits.text) {
      return toast(words("too_long", { n: number(length), m: number(page.limits.text) }));
    }
    if (this.editing) return this.change(text);
    if (this.files.busy) {
      this.awaited = this.files.count;
      return toast(words("files_on_their_way"));
    }
    if (!text && this.files.count === 0) return;
    const { chat, quoted } = this;
    const files = this.files.take();
    field.value = "";
    this.quote(null);
    this.typed();
    this.onSend({ chat, text, quoted, files });
    field.focus();
  }

  async change(text) {
    const { editing } = this;
    if (text === editing.text) return this.stopEditing();
    send.disabled = true;
    const done = await this.onEdit(editing, text);
    if (this.editing !== editing) return;
    if (done) this.stopEditing();
    else this.refresh();
  }

  filesChanged() {
    this.refresh();
    if (this.awaited === 0 || this.files.busy) return;
    // A file that failed or was removed is somebody's to decide about: then nothing goes by itself.
    const all = this.files.count === this.awaited;
    this.awaited = 0;
    if (all) form.requestSubmit();
  }

  typed() {
    this.keepDraft();
    this.refresh();
  }

  keepDraft() {
    if (this.editing || !this.chat) return;
    keepDraft(this.chat, { text: field.value, quoted: this.quoted });
    this.onDraft();
  }

  // A Hindi word of 70,000 letters takes a browser ten seconds to break into lines; what is too long is not broken.
  unwrap(more = 0) {
    field.classList.toggle("unwrapped", field.value.length + more > page.limits.text);
  }

  refresh() {
    this.unwrap();
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    const empty = !field.value.trim() && this.files.count === 0 && !(this.editing?.files.length > 0);
    send.disabled = empty;
    // The microphone stands where "send" stands, as long as there is nothing to send.
    record.hidden = !canRecord || !empty || this.editing !== null;
    send.hidden = !record.hidden;
  }
}

function incoming(event) {
  return (event.data ?? event.dataTransfer?.getData("text/plain") ?? "").length;
}

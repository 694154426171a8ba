// Where a message is written: words kept as a draft for each chat, what it answers, its files.

import { element, icon } from "./element.js";
import { number, page, words } from "./page.js";
import { PickedFiles } from "./picked-files.js";
import { toast } from "./toast.js";

const form = document.getElementById("composer");
const field = document.getElementById("words");
const send = document.getElementById("send");
const answering = document.getElementById("answering");
const picker = document.getElementById("picker");
const KEPT = `webchat-drafts-${page.me.id}`;

/** onSend({chat, text, quoted, files}) when somebody sends. */
export class Composer {
  constructor(onSend) {
    this.onSend = onSend;
    this.chat = null;
    this.quoted = null;
    this.drafts = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    // How many files must be up before the message goes by itself; 0: nobody has pressed "send" yet.
    this.awaited = 0;
    this.files = new PickedFiles(() => this.filesChanged());
    form.addEventListener("submit", (event) => this.submit(event));
    field.addEventListener("beforeinput", (event) => this.unwrap(incoming(event)));
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("paste", (event) => this.pasted(event));
    document.getElementById("attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => {
      this.files.add(picker.files);
      picker.value = "";
    });
  }

  /** Write in this chat now, from where its draft was left. */
  open(chat) {
    if (chat === this.chat) return;
    this.chat = chat;
    // Words typed before there is a chat for them would be lost.
    field.disabled = false;
    this.awaited = 0;
    this.files.clear();
    const draft = this.drafts[chat];
    field.value = draft?.text ?? "";
    this.quote(draft?.quoted ?? null);
    this.refresh();
  }

  /** Answer this message, or none. */
  answer(message) {
    const { sender } = message;
    this.quote({ id: message.id, name: sender.name, me: sender.me, text: message.text });
    this.keepDraft();
    field.focus();
  }

  quote(quoted) {
    this.quoted = quoted;
    answering.hidden = quoted === null;
    answering.replaceChildren(
      ...(quoted === null
        ? []
        : [
            element(
              "div",
              { class: "quote" },
              element("span", { class: "quote-name" }, quoted.me ? words("you") : quoted.name),
              element("span", { class: "quote-text" }, quoted.text || words("photo")),
            ),
            element(
              "button",
              { type: "button", class: "round", "aria-label": words("reply_not"), onclick: () => this.unquote() },
              icon("cross"),
            ),
          ]),
    );
  }

  unquote() {
    this.quote(null);
    this.keepDraft();
    field.focus();
  }

  /** Put the words, files and quote of a message back that did not go. */
  putBack({ text, quoted, files }) {
    field.value = [text, field.value].filter(Boolean).join("\n");
    this.quote(quoted);
    this.files.put(files);
    this.typed();
    field.focus();
  }

  key(event) {
    // While a Hindi keyboard is still composing a word, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    if (event.key === "Escape" && this.quoted) this.unquote();
  }

  pasted(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.files.add(event.clipboardData.files);
  }

  submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (this.files.busy) {
      this.awaited = this.files.count;
      return toast(words("files_on_their_way"));
    }
    if (!text && this.files.count === 0) return;
    const length = [...text].length;
    if (length > page.limits.text) {
      return toast(words("too_long", { n: number(length), m: number(page.limits.text) }));
    }
    const { chat, quoted } = this;
    const files = this.files.take();
    field.value = "";
    this.quote(null);
    this.typed();
    this.onSend({ chat, text, quoted, files });
    field.focus();
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
    if (field.value || this.quoted) this.drafts[this.chat] = { text: field.value, quoted: this.quoted };
    else delete this.drafts[this.chat];
    localStorage.setItem(KEPT, JSON.stringify(this.drafts));
  }

  // A Hindi word of 70,000 letters takes a browser ten seconds to break into lines; what is too long is not broken.
  unwrap(more = 0) {
    field.classList.toggle("unwrapped", field.value.length + more > page.limits.text);
  }

  refresh() {
    this.unwrap();
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    send.disabled = !field.value.trim() && this.files.count === 0;
  }
}

function incoming(event) {
  return (event.data ?? event.dataTransfer?.getData("text/plain") ?? "").length;
}

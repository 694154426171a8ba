// The files picked for the next message of each chat: each goes up at once and waits there for the words.

import { newId, SignedOut, Unreachable, upload } from "./api.js";
import { element, icon } from "./element.js";
import { dropFile, keepFile, keptFiles } from "./kept-files.js";
import { page, words } from "./page.js";
import { smaller } from "./shrink.js";
import { toast } from "./toast.js";

const place = document.getElementById("picked-files");
const BYTES_IN_MB = 1024 ** 2;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

/** onChange() when a file came, went up or was removed. */
export class PickedFiles {
  constructor(onChange) {
    this.onChange = onChange;
    this.chat = null;
    this.picked = [];
  }

  /** Show what waits in this chat, from where it was left; what is not up yet goes on. */
  async open(chat) {
    this.chat = chat;
    this.clear();
    const kept = await keptFiles(chat);
    if (this.chat !== chat || kept.length === 0) return;
    const waiting = kept.map((one) => ({ ...one, done: 0, waiting: false, url: shownOf(one) }));
    this.picked = [...waiting, ...this.picked];
    this.draw();
    waiting.forEach((one) => this.up(one));
  }

  /** Take files from the picker, the clipboard or a drop. document: as they are, and shown as papers. */
  add(files, { document = false } = {}) {
    for (const file of files) {
      if (this.picked.length >= page.limits.files) return toast(words("too_many_files", { m: page.limits.files }));
      this.start({ ...this.fresh(file.name, document), file, url: previewOf(file, document) });
    }
  }

  fresh(name, document) {
    return { id: newId(), chat: this.chat, at: Date.now(), name, document, file: null, stored: null, done: 0, waiting: false };
  }

  async start(one) {
    this.picked.push(one);
    this.draw();
    if (!one.document) one.file = await smaller(one.file);
    if (one.file.size > page.limits.file_bytes) {
      toast(tooLarge(one.file.size));
      return this.remove(one);
    }
    if (!this.picked.includes(one)) return;
    await keep(one);
    await this.up(one);
  }

  // Without a connection it is tried until it is up or removed: a recording cannot be chosen again.
  async up(one) {
    for (let wait = FIRST_WAIT; this.picked.includes(one) && !one.stored; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        one.stored = await upload(one.file, (done) => this.progress(one, done));
        one.waiting = false;
      } catch (error) {
        if (!(error instanceof Unreachable || error instanceof SignedOut)) {
          toast(error.message);
          return this.remove(one);
        }
        one.waiting = true;
        this.draw();
        if (error instanceof SignedOut) return; // it waits for whoever signs in again
        await connected(wait);
        continue;
      }
      if (!this.picked.includes(one)) return;
      await keep(one);
      this.draw();
    }
  }

  progress(one, done) {
    one.done = done;
    if (one.bar) one.bar.value = done;
  }

  get busy() {
    return this.picked.some((one) => !one.stored);
  }

  get count() {
    return this.picked.length;
  }

  /** Hand over what is on the server and start anew. */
  take() {
    const stored = this.picked.map((one) => ({ ...one.stored, name: one.name, ...(one.document ? AS_PAPER : {}) }));
    this.picked.forEach((one) => dropFile(one.id));
    this.clear();
    return stored;
  }

  /** Put back the files of a message that was taken back. */
  put(stored) {
    const back = stored.map((file) => ({ ...this.fresh(file.name, file.document ?? false), stored: file, url: thumbnail(file) }));
    back.forEach(keep);
    this.picked = [...back, ...this.picked];
    this.draw();
  }

  clear() {
    for (const one of this.picked) if (one.url?.startsWith("blob:")) URL.revokeObjectURL(one.url);
    this.picked = [];
    this.draw();
  }

  remove(one) {
    this.picked = this.picked.filter((each) => each !== one);
    dropFile(one.id);
    this.draw();
  }

  draw() {
    place.replaceChildren(...this.picked.map((one) => this.chip(one)));
    place.hidden = this.picked.length === 0;
    this.onChange();
  }

  chip(one) {
    one.bar = one.stored ? null : element("progress", { max: 1, value: one.done, "aria-label": one.name });
    return element(
      "li",
      { class: "picked" },
      one.url ? element("img", { src: one.url, alt: "" }) : icon("paper"),
      element("span", { class: "picked-name" }, one.name),
      one.bar,
      one.waiting && element("span", { class: "picked-waiting" }, words("file_waits")),
      element(
        "button",
        { type: "button", class: "round", "aria-label": words("remove", { name: one.name }), onclick: () => this.remove(one) },
        icon("cross"),
      ),
    );
  }
}

// A picture that was chosen as a document stands in the chat like any other paper.
const AS_PAPER = { document: true, kind: "paper", image: false, thumbnail: null };

const keep = ({ id, chat, at, name, document, file, stored }) => keepFile({ id, chat, at, name, document, file, stored });

const thumbnail = (file) => (file.image ? file.thumbnail : null);

const shownOf = ({ file, stored, document }) => (file ? previewOf(file, document) : thumbnail(stored));

function connected(wait) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function previewOf(file, document) {
  return !document && file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
}

function tooLarge(size) {
  const tenths = (bytes) => Math.round((bytes * 10) / BYTES_IN_MB);
  const most = tenths(page.limits.file_bytes);
  // A file over the limit must not read as if it were as large as the limit.
  return words("file_too_large", { n: Math.max(tenths(size), most + 1) / 10, m: most / 10 });
}

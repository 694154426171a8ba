// The files picked for the next message: each goes up at once and waits there for the words.

import { SignedOut, Unreachable, upload } from "./api.js";
import { element, icon } from "./element.js";
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
    this.picked = [];
  }

  /** Take files from the picker, the clipboard or a drop. document: as they are, and shown as papers. */
  add(files, { document = false } = {}) {
    for (const file of files) {
      if (this.picked.length >= page.limits.files) return toast(words("too_many_files", { m: page.limits.files }));
      this.start({ file, name: file.name, document, done: 0, stored: null, waiting: false, url: previewOf(file, document) });
    }
  }

  async start(one) {
    this.picked.push(one);
    this.draw();
    if (!one.document) one.file = await smaller(one.file);
    if (one.file.size > page.limits.file_bytes) {
      toast(tooLarge(one.file.size));
      return this.remove(one);
    }
    await this.up(one);
  }

  // Without a connection it is tried until it is up or removed: a recording cannot be chosen again.
  async up(one) {
    for (let wait = FIRST_WAIT; this.picked.includes(one) && !one.stored; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        one.stored = await upload(one.file, (done) => this.progress(one, done));
        one.waiting = false;
      } catch (error) {
        if (!(error instanceof Unreachable)) {
          if (!(error instanceof SignedOut)) toast(error.message);
          return this.remove(one);
        }
        one.waiting = true;
        this.draw();
        await connected(wait);
        continue;
      }
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
    this.clear();
    return stored;
  }

  /** Put back the files of a message that was taken back. */
  put(stored) {
    this.clear();
    this.picked = stored.map((file) => ({
      name: file.name,
      document: file.document ?? false,
      stored: file,
      url: file.image ? file.thumbnail : null,
    }));
    this.draw();
  }

  clear() {
    for (const one of this.picked) if (one.url?.startsWith("blob:")) URL.revokeObjectURL(one.url);
    this.picked = [];
    this.draw();
  }

  remove(one) {
    this.picked = this.picked.filter((each) => each !== one);
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

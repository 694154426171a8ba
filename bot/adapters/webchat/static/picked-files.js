// The files picked for the next message: each goes up at once and waits there for the words.

import { Refused, upload } from "./api.js";
import { element, icon } from "./element.js";
import { page, words } from "./page.js";
import { toast } from "./toast.js";

const place = document.getElementById("picked-files");
const BYTES_IN_MB = 1024 ** 2;

/** onChange() when a file came, went up or was removed. */
export class PickedFiles {
  constructor(onChange) {
    this.onChange = onChange;
    this.picked = [];
  }

  /** Take files from the picker, the clipboard or a drop. */
  add(files) {
    for (const file of files) {
      if (this.picked.length >= page.limits.files) return toast(words("too_many_files", { m: page.limits.files }));
      if (file.size > page.limits.file_bytes) toast(tooLarge(file.size));
      else this.start({ file, name: file.name, done: 0, stored: null, url: previewOf(file) });
    }
  }

  async start(one) {
    this.picked.push(one);
    this.draw();
    try {
      one.stored = await upload(one.file, (done) => this.progress(one, done));
    } catch (error) {
      this.picked = this.picked.filter((each) => each !== one);
      toast(error instanceof Refused ? error.message : words("upload_failed", { name: one.name }));
    }
    this.draw();
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
    const stored = this.picked.map((one) => ({ ...one.stored, name: one.name }));
    this.clear();
    return stored;
  }

  /** Put back the files of a message that was taken back. */
  put(stored) {
    this.clear();
    this.picked = stored.map((file) => ({ name: file.name, done: 1, stored: file, url: file.image ? file.thumbnail : null }));
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
      element(
        "button",
        { type: "button", class: "round", "aria-label": words("remove", { name: one.name }), onclick: () => this.remove(one) },
        icon("cross"),
      ),
    );
  }
}

function previewOf(file) {
  return file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
}

function tooLarge(size) {
  const tenths = (bytes) => Math.round((bytes * 10) / BYTES_IN_MB);
  const most = tenths(page.limits.file_bytes);
  // A file over the limit must not read as if it were as large as the limit.
  return words("file_too_large", { n: Math.max(tenths(size), most + 1) / 10, m: most / 10 });
}

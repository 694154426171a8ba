// The files of a message as they stand in it: pictures as an album, voice messages and films to be played, papers to be saved.

import { audioPlayer } from "./audio.js";
import { element, icon } from "./element.js";
import { words } from "./page.js";
import { openPhoto, photoButton } from "./photo.js";

const BYTES_IN_MB = 1024 ** 2;
const DRAWN = ".png"; // charts and pictures of a screen; what a camera takes is a JPEG
const MOST_SHOWN = 4; // pictures of an album; of more the last says how many there are

/** All files of a message, those that are looked at first. */
export function messageFiles(given) {
  const photos = given.filter((file) => file.kind === "picture");
  const others = given.filter((file) => file.kind !== "picture");
  return element("div", { class: "files" }, photos.length > 0 && album(photos), ...others.map(other));
}

function album(photos) {
  const columns = Math.min(photos.length, 2);
  const shown = photos.length > MOST_SHOWN ? MOST_SHOWN : photos.length;
  return element(
    "div",
    { class: `photos photos-${columns}${photos.length === 3 ? " photos-three" : ""}` },
    ...photos.map((file, at) => photo(file, at, photos.length - shown, at >= shown)),
  );
}

function photo(file, at, more, hidden) {
  const covered = more > 0 && at === MOST_SHOWN - 1;
  const name = covered ? words("photos_more", { n: more }) : words("open_photo", { name: file.name });
  const picture = element("img", { src: file.thumbnail, alt: "", loading: "lazy" });
  const drawn = file.name.endsWith(DRAWN);
  if (drawn) picture.addEventListener("load", () => picture.classList.toggle("tall", picture.naturalHeight > picture.naturalWidth));
  const button = element(
    "button",
    { class: drawn ? "photo drawn" : "photo", type: "button", hidden, "aria-label": name, onclick: () => openPhoto(button) },
    picture,
    covered && element("span", { class: "photos-more", "aria-hidden": "true" }, `+${more}`),
  );
  return photoButton(button, file);
}

function other(file) {
  if (file.kind === "audio") return audioPlayer(file);
  if (file.kind === "film") {
    return element("video", { class: "film", src: file.url, controls: true, preload: "metadata", "aria-label": file.name });
  }
  return paper(file);
}

function paper(file) {
  return element(
    "a",
    { class: "paper", href: file.url, download: file.name },
    icon("paper"),
    element("span", { class: "paper-name" }, file.name),
    element("span", { class: "paper-size" }, `${(file.size / BYTES_IN_MB).toFixed(1)} MB`),
  );
}

/** What a message without words is called, where only a line of it is shown. */
export function gist(message) {
  if (message.deleted) return words("deleted");
  return message.text.trim().replace(/\s+/g, " ") || words(message.files[0]?.kind ?? "file");
}

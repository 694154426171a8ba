// Who has seen a message and when, and who has not yet.

import * as api from "./api.js";
import { element } from "./element.js";
import { number, words } from "./page.js";
import { shortTime } from "./times.js";

const sheet = document.getElementById("seen-sheet");
const place = sheet.querySelector(".seen-lists");

sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

/** Open it for a message. Throws what the request throws; then it stays closed. */
export async function openSeenSheet(message) {
  const answer = await api.seenBy(message.chat, message.id);
  place.replaceChildren(
    ...part(words("seen"), answer.seen, answer.seen.length),
    ...part(words("not_seen"), answer.not_seen, answer.not_seen.length + answer.more),
    ...(answer.more > 0 ? [element("p", { class: "hint" }, words("and_more", { n: number(answer.more) }))] : []),
  );
  sheet.showModal();
}

function part(title, people, count) {
  const heading = element("h3", {}, `${title} · ${number(count)}`);
  return [heading, element("ul", { class: "seen-list" }, ...people.map(person))];
}

function person({ name, about, at }) {
  return element(
    "li",
    {},
    element("span", { class: "seen-name" }, name),
    at && element("time", { datetime: at }, shortTime(at)),
    element("small", {}, about),
  );
}

// Reactions under a message: who set which, and setting one's own.

import { element } from "./element.js";
import { words } from "./page.js";

/** What is offered. A tick is not among them: it would read as if the complaint were closed (docs/voice.md 1.2). */
export const OFFERED = ["👍", "🙏", "👀", "👏", "😊", "❓"];

/** The reactions that a message has; a press sets or takes back one's own. act: {react(message, emoji)}. */
export function reactions(message, act) {
  return element(
    "div",
    { class: "reactions", "aria-live": "off" },
    ...message.reactions.map((each) => chip(message, each, act)),
  );
}

function chip(message, { emoji, count, mine, names }, act) {
  return element(
    "button",
    {
      type: "button",
      class: `reaction${mine ? " reaction-mine" : ""}`,
      "aria-pressed": String(mine),
      "aria-label": words("reaction_of", { emoji, names: names.join(", ") }),
      title: names.join(", "),
      "data-emoji": emoji,
      onclick: () => act.react(message, mine ? "" : emoji),
    },
    element("span", {}, emoji),
    count > 1 && element("span", { class: "reaction-count" }, String(count)),
  );
}

/** The row in which one is chosen. choose(emoji): "" when the one that is set is pressed again. */
export function reactionChoice(message, choose) {
  const own = message.reactions.find((each) => each.mine)?.emoji;
  return OFFERED.map((emoji) =>
    element(
      "button",
      {
        type: "button",
        class: "offered",
        "aria-pressed": String(emoji === own),
        "aria-label": words("react_with", { emoji }),
        onclick: () => choose(emoji === own ? "" : emoji),
      },
      emoji,
    ),
  );
}

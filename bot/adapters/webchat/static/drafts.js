// What was typed in each chat and not sent; kept on this device alone.

import { page } from "./page.js";

const KEPT = `webchat-drafts-${page.me.id}`;
const drafts = JSON.parse(localStorage.getItem(KEPT) ?? "{}");

/** The draft of a chat: {text, quoted}, or undefined. */
export const draftOf = (chat) => drafts[chat];

/** Keep the draft of a chat; one without words and quote is forgotten. */
export function keepDraft(chat, { text, quoted }) {
  if (text || quoted) drafts[chat] = { text, quoted };
  else delete drafts[chat];
  localStorage.setItem(KEPT, JSON.stringify(drafts));
}

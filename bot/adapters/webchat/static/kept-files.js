// Files that were picked for a message and have not been sent, kept in the browser for each chat: a recording made
// without a connection outlives a reload. Where a browser keeps nothing, everything else works all the same.

import { page } from "./page.js";

const NAME = `webchat-files-${page.me.id}`;
const STORE = "picked";
let database = null;

function opened() {
  database ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("chat", "chat");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return database;
}

async function within(mode, run) {
  const store = (await opened()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((resolve, reject) => {
    const asked = run(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Keep {id, chat, at, name, document, file, stored}; the same id again takes its place. */
export const keepFile = (one) => within("readwrite", (store) => store.put(one)).catch(() => {});

/** It was sent or removed. */
export const dropFile = (id) => within("readwrite", (store) => store.delete(id)).catch(() => {});

/** What waits in a chat, in the order in which it was picked. */
export async function keptFiles(chat) {
  const found = await within("readonly", (store) => store.index("chat").getAll(chat)).catch(() => []);
  return found.sort((one, other) => one.at - other.at);
}

// The requests of this page, one function each. What can go wrong is one of three errors.

import { page } from "./page.js";

/** The server said no; `message` is its sentence for people, `field` what it is about. */
export class Refused extends Error {
  constructor(sentence, field) {
    super(sentence);
    this.field = field;
  }
}

/** Nobody knows whether it arrived: ask again with the same client id. */
export class Unreachable extends Error {}

/** The session is over. */
export class SignedOut extends Error {}

const BASE = "/chat/api";

async function ask(method, path, body) {
  const headers = { Accept: "application/json", "Accept-Language": page.language };
  if (method !== "GET") headers["X-CSRF"] = page.csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(BASE + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Unreachable();
  }
  return outcome(answer.status, await answer.json().catch(() => null));
}

function outcome(status, answer) {
  if (status === 401) throw new SignedOut();
  if (status >= 500 || answer === null) throw new Unreachable(answer?.error);
  if (status >= 400) throw new Refused(answer.error, answer.field);
  return answer;
}

const chatPath = (chat) => `/chats/${encodeURIComponent(chat)}`;

export const me = () => ask("GET", "/me");
export const menu = () => ask("GET", "/menu");
export const chats = () => ask("GET", "/chats");
export const people = (search) => ask("GET", `/people?search=${encodeURIComponent(search)}`);
export const makeGroup = (group) => ask("POST", "/chats", group);
export const post = (chat, message) => ask("POST", `${chatPath(chat)}/messages`, message);
export const press = (chat, pressed) => ask("POST", `${chatPath(chat)}/presses`, pressed);
export const read = (chat, message) => ask("POST", `${chatPath(chat)}/read`, { message });

const messagePath = (chat, id) => `${chatPath(chat)}/messages/${id}`;

export const edit = (chat, id, words) => ask("PATCH", messagePath(chat, id), words);
export const remove = (chat, id) => ask("DELETE", messagePath(chat, id));
export const react = (chat, id, reaction) => ask("PUT", `${messagePath(chat, id)}/reaction`, reaction);
export const seenBy = (chat, id) => ask("GET", `${messagePath(chat, id)}/seen`);

export const addDevice = (endpoint) => ask("POST", "/devices", { endpoint });
export const forgetDevice = (endpoint) => ask("DELETE", "/devices", { endpoint });

/** Messages of a chat with these words, newest first; `before` an id or undefined. */
export const search = (chat, words, before) =>
  ask("GET", `${chatPath(chat)}/search?${new URLSearchParams(before ? { words, before } : { words })}`);

/** A page of messages, oldest first; `{before: id}` or `{after: id}` or the newest. */
export const messages = (chat, where = {}) => ask("GET", `${chatPath(chat)}/messages?${new URLSearchParams(where)}`);

/** Puts a file on the server and tells how far it is, from 0 to 1; resolves to {sha256, name, …}. */
export function upload(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${BASE}/files`);
    request.setRequestHeader("X-CSRF", page.csrf);
    request.setRequestHeader("Accept-Language", page.language);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Unreachable()));
    request.addEventListener("load", () => {
      try {
        resolve(outcome(request.status, request.response));
      } catch (error) {
        reject(error);
      }
    });
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

/** An id for something this page asks for: the same id again is the same thing, not a second one. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

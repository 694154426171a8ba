// Notices of new messages: by the browser's push service where there is one, else as long as the page is open.
// A notice names the chat alone, never what was written or by whom.

import * as api from "./api.js";
import { page, words } from "./page.js";

const ICON = "/chat/icons/icon-192.png";
const worker = "serviceWorker" in navigator ? navigator.serviceWorker : null;

/** Let the service worker do its work from now on: it keeps the page's files and wakes for new messages. */
export async function startWorker() {
  if (!worker) return;
  await worker.register("/chat/worker.js", { scope: "/chat" }).catch(() => {});
}

/** "none" (this browser cannot), "refused", "page" (while the page is open), or "push" (also when it is closed). */
export async function noticeState() {
  if (!("Notification" in window)) return "none";
  if (Notification.permission === "denied") return "refused";
  return (await subscription()) ? "push" : "page";
}

/** Ask for leave, and for push where the office and the browser have it. True if notices are allowed. */
export async function askForNotices() {
  if ((await Notification.requestPermission()) !== "granted") return false;
  await subscribe().catch(() => {}); // without a push service there are notices while the page is open
  return true;
}

/** No notices any more on this device. */
export async function stopNotices() {
  const known = await subscription();
  if (!known) return;
  await api.forgetDevice(known.endpoint).catch(() => {});
  await known.unsubscribe().catch(() => {});
}

/** Show that there is something new in a chat; several of one chat are one notice. */
export async function notice(chat) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const told = { body: words("new_in", { title: chat.title }), tag: chat.id, icon: ICON, data: { chat: chat.id } };
  const registration = await worker?.getRegistration("/chat");
  if (registration?.active) await registration.showNotification(page.title, told);
  else new Notification(page.title, told);
}

async function subscribe() {
  if (!page.push_key || !worker) return;
  const registration = await worker.ready;
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: page.push_key });
  await api.addDevice(made.endpoint);
}

async function subscription() {
  const registration = await worker?.getRegistration("/chat");
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

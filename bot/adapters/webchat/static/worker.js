// The service worker: keeps the page's own files, says honestly that there is no connection, and wakes for new messages.
// TOLD stands before this text: {version, shell, wanted, offline, name, new} (bot/adapters/webchat/assets.py).

const CACHE = `webchat-${TOLD.version}`;
const HOME = "/chat";
const ICON = "/chat/icons/icon-192.png";

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll([TOLD.offline, ...TOLD.shell]);
  await Promise.all(TOLD.wanted.map((url) => cache.add(url).catch(() => {})));
  await self.skipWaiting();
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("webchat-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === HOME) event.respondWith(page(event.request));
  // Their address changes with their content: what is kept is right.
  else if (TOLD.shell.includes(url.pathname)) event.respondWith(kept(event.request));
  else if (TOLD.wanted.includes(url.pathname)) event.respondWith(fetch(event.request).catch(() => kept(event.request)));
});

// Who is signed in and what is new, only the server knows: the page is never taken from the cache.
async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(TOLD.offline)) ?? Response.error();
  }
}

async function kept(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

// A push carries nothing: what is new is asked of the office itself, and only the chat's name is shown.
self.addEventListener("push", (event) => event.waitUntil(tell()));

async function tell() {
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.some((each) => each.visibilityState === "visible")) return;
  const notice = await ask();
  await self.registration.showNotification(notice.title, {
    body: notice.body,
    tag: notice.chat,
    renotify: true,
    icon: ICON,
    data: { chat: notice.chat },
  });
}

async function ask() {
  try {
    const answer = await fetch("/chat/api/notice", { credentials: "same-origin" });
    if (answer.ok) return await answer.json();
  } catch {
    // No connection now: it is new all the same.
  }
  return { title: TOLD.name, body: TOLD.new, chat: "" };
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.chat ?? ""));
});

async function open(chat) {
  const address = `${HOME}#${encodeURIComponent(chat)}`;
  const [there] = await self.clients.matchAll({ type: "window" });
  if (!there) return self.clients.openWindow(address);
  await there.focus();
  return there.navigate(address);
}

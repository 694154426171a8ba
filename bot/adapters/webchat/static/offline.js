// The page without a connection: as soon as there is one again, the chat comes back by itself.

const AGAIN = 10_000; // milliseconds

const back = () => location.replace("/chat" + location.hash);

window.addEventListener("online", back);
setInterval(() => fetch("/chat/worker.js", { cache: "no-store" }).then(back, () => {}), AGAIN);

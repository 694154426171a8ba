// The live board: says when it is not live, and keeps the reader's place when a complaint leaves the list.
// htmx and its SSE extension do the rest; everything here is for what they leave open.
const live = document.getElementById("live");
const expired = document.getElementById("expired");
const broken = document.getElementById("broken");
let waited = 1000;

const signedOut = () => { expired.hidden = false; broken.hidden = true; };
const down = () => { live.dataset.connected = "no"; if (expired.hidden) broken.hidden = false; };

live.addEventListener("htmx:after:sse:connection", () => { broken.hidden = true; waited = 1000; live.dataset.connected = "yes"; });
live.addEventListener("htmx:sse:error", (event) => (event.detail.status === 401 ? signedOut() : down()));
live.addEventListener("expired", signedOut);

// A first connection that fails is not tried again by the extension.
const again = (event) => {
  if (event.detail?.ctx?.response?.status === 401) { signedOut(); return; }
  down();
  setTimeout(() => htmx.trigger(live, "again"), waited);
  waited = Math.min(waited * 2, 60000);
};
live.addEventListener("htmx:response:error", again);
live.addEventListener("htmx:error", again);

// Morphing keeps the focused element as long as it is in the list; when its complaint has left, the list's heading gets it.
let focused = null;
document.addEventListener("focusin", (event) => { focused = event.target.closest?.("[data-live]") ? event.target : null; });
document.addEventListener("htmx:after:swap", () => {
  if (focused && !focused.isConnected) document.getElementById("list-title").focus({ preventScroll: true });
});

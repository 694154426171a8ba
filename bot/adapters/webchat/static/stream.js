// The live connection: one EventSource, opened again with a growing wait whenever it breaks.

import { me, SignedOut } from "./api.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const KINDS = ["message", "changed", "seen", "toast", "reset"];

/**
 * Follows everything after change number `after` until `close()`.
 * onEvent(kind, data, number): message, changed, seen, toast, or reset (too much was missed: read everything anew).
 * onState(state): "live", "waiting" (broken, will be tried again) or "over" (the session is over).
 */
export function openStream({ after, onEvent, onState }) {
  let source = null;
  let timer = null;
  let wait = FIRST_WAIT;
  let last = after;
  let closed = false;

  function connect() {
    source = new EventSource(`/chat/api/stream?after=${last}`);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      onState("live");
    });
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (event.lastEventId) last = Number(event.lastEventId);
        onEvent(kind, JSON.parse(event.data), last);
      });
    }
    source.addEventListener("over", () => end());
    source.addEventListener("error", () => again());
  }

  // The browser itself gives up after an answer such as 503, so it is never left to the browser.
  function again() {
    source?.close();
    if (closed) return;
    onState("waiting");
    clearTimeout(timer);
    timer = setTimeout(knock, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function knock() {
    try {
      await me();
    } catch (error) {
      return error instanceof SignedOut ? end() : again();
    }
    if (!closed) connect();
  }

  function end() {
    close();
    onState("over");
  }

  function close() {
    closed = true;
    clearTimeout(timer);
    source?.close();
  }

  connect();
  return {
    close,
    /** Do not wait any longer: the network is back. */
    hurry() {
      if (closed || source?.readyState === EventSource.OPEN) return;
      wait = FIRST_WAIT;
      clearTimeout(timer);
      source?.close();
      knock();
    },
  };
}

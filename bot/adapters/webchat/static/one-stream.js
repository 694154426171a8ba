// One live connection for all tabs of a browser, since it allows six in all to one server.
//
// The tab that holds the lock has the connection and passes on what comes; whichever tab comes to the front takes the
// lock. A browser without locks (plain http on a network) opens one in each tab and closes it while the tab is hidden.

import { openStream } from "./stream.js";

const NAME = "webchat-stream";

/** Like openStream; `after()` gives the number of the last change that this tab has seen. */
export function followTogether({ after, onEvent, onState }) {
  if (!navigator.locks || !window.BroadcastChannel) return followAlone({ after, onEvent, onState });
  const channel = new BroadcastChannel(NAME);
  let stream = null;

  channel.addEventListener("message", ({ data }) => {
    if (data.state) onState(data.state);
    else onEvent(data.kind, data.data, data.number);
  });

  function lead() {
    stream = openStream({
      after: after(),
      onEvent(kind, data, number) {
        onEvent(kind, data, number);
        channel.postMessage({ kind, data, number });
      },
      onState(state) {
        onState(state);
        channel.postMessage({ state });
      },
    });
    return new Promise(() => {}); // until another tab takes the lock or this one is closed
  }

  function stand(options) {
    navigator.locks.request(NAME, options, lead).catch(() => {
      stream.close(); // taken by the tab that came to the front; wait in line again
      stream = null;
      stand({});
    });
  }

  stand(document.hidden ? {} : { steal: true });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (stream) stream.hurry();
    else stand({ steal: true });
  });
  window.addEventListener("online", () => stream?.hurry());
}

function followAlone({ after, onEvent, onState }) {
  let stream = openStream({ after: after(), onEvent, onState });
  document.addEventListener("visibilitychange", () => {
    stream.close();
    if (!document.hidden) stream = openStream({ after: after(), onEvent, onState });
  });
  window.addEventListener("online", () => stream.hurry());
}

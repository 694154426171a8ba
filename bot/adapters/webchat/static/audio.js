// A voice message: play and pause, where it is, and how fast. One plays at a time.

import { element, icon } from "./element.js";
import { words } from "./page.js";

const SPEEDS = [1, 1.5, 2];
const FAR = 1e7; // seconds, more than any recording: where a browser finds out how long it is
let playing = null;

/** The player of an audio file of a message. */
export function audioPlayer(file) {
  const sound = element("audio", { src: file.url, preload: "metadata" });
  const where = element("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": words("voice_where") });
  const time = element("span", { class: "voice-time" });
  const play = element("button", { type: "button", class: "round voice-play", onclick: () => toggle(sound) });
  const faster = element("button", { type: "button", class: "voice-speed", onclick: () => nextSpeed() });
  let speed = 0;

  function show() {
    const name = sound.paused ? "play" : "pause";
    play.replaceChildren(icon(name));
    play.setAttribute("aria-label", words(name));
    const length = Number.isFinite(sound.duration) ? sound.duration : 0;
    where.value = length ? Math.round((sound.currentTime / length) * 1000) : 0;
    time.textContent = clock(sound.paused && sound.currentTime === 0 ? length : sound.currentTime);
    where.setAttribute("aria-valuetext", time.textContent);
  }

  function nextSpeed(step = 1) {
    speed = (speed + step) % SPEEDS.length;
    sound.playbackRate = SPEEDS[speed];
    faster.textContent = `${SPEEDS[speed]}×`;
    faster.setAttribute("aria-label", words("voice_speed", { n: SPEEDS[speed] }));
  }

  // What a browser has recorded does not say how long it is; the browser finds out by going to its end.
  sound.addEventListener("loadedmetadata", () => {
    if (!Number.isFinite(sound.duration)) {
      sound.addEventListener("durationchange", () => (sound.currentTime = 0), { once: true });
      sound.currentTime = FAR;
    }
  });
  for (const kind of ["play", "pause", "timeupdate", "durationchange", "seeked", "loadedmetadata"]) {
    sound.addEventListener(kind, show);
  }
  sound.addEventListener("ended", () => {
    sound.currentTime = 0;
  });
  where.addEventListener("input", () => {
    if (Number.isFinite(sound.duration)) sound.currentTime = (where.value / 1000) * sound.duration;
  });
  nextSpeed(0);
  show();
  return element("div", { class: "voice", role: "group", "aria-label": words("audio") }, play, where, time, faster, sound);
}

function toggle(sound) {
  if (!sound.paused) return sound.pause();
  if (playing && playing !== sound) playing.pause();
  playing = sound;
  return sound.play().catch(() => {});
}

/** Minutes and seconds, "0:07". */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

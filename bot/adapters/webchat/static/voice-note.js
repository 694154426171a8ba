// A voice message is recorded: a bar with the time, to discard or to send. What is recorded goes the way of every file.

import { clock } from "./audio.js";
import { words } from "./page.js";
import { toast } from "./toast.js";

const bar = document.getElementById("recording");
const time = bar.querySelector(".recording-time");
const start = document.getElementById("record");
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const LONGEST = 5 * 60 * 1000; // milliseconds

/** Whether this browser can record at all; a page that came without https cannot. */
export const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

/** The microphone works from now on; recorded(file) when somebody sends what was recorded; ended() whenever it is over. */
export function offerRecording({ begun, recorded, ended }) {
  let recorder = null;
  let kept = [];
  let wanted = false;
  let ticking = null;

  start.addEventListener("click", begin);
  bar.querySelector("[name=discard]").addEventListener("click", () => stop(false));
  bar.querySelector("[name=finish]").addEventListener("click", () => stop(true));
  bar.addEventListener("keydown", (event) => event.key === "Escape" && stop(false));

  async function begin() {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return toast(words("no_microphone"));
    }
    kept = [];
    wanted = false;
    recorder = new MediaRecorder(sound, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) });
    recorder.addEventListener("dataavailable", (event) => kept.push(event.data));
    recorder.addEventListener("stop", () => finish(sound));
    recorder.start(1000);
    bar.hidden = false;
    const since = performance.now();
    tick(since);
    ticking = setInterval(() => tick(since), 250);
    begun();
    bar.querySelector("[name=finish]").focus();
  }

  function tick(since) {
    const gone = performance.now() - since;
    time.textContent = clock(gone / 1000);
    if (gone > LONGEST) stop(true);
  }

  function stop(send) {
    if (recorder?.state !== "recording") return;
    wanted = send;
    recorder.stop();
  }

  function finish(sound) {
    clearInterval(ticking);
    sound.getTracks().forEach((track) => track.stop());
    bar.hidden = true;
    time.textContent = "";
    const type = recorder.mimeType.split(";")[0];
    const heard = kept.some((part) => part.size > 0);
    if (wanted && !heard) toast(words("nothing_recorded"));
    if (wanted && heard) recorded(new File(kept, `${words("audio")}.${type.split("/")[1]}`, { type }));
    ended();
  }
}

// A short sound for a new message, made here: two soft notes.

const NOTES = [660, 880]; // hertz
const EACH = 0.09; // seconds
const LOUD = 0.12;
let context = null;

/** Make it heard; a browser that has not been touched yet stays silent. */
export function beep() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
  NOTES.forEach((pitch, at) => note(pitch, context.currentTime + at * EACH));
}

function note(pitch, at) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + EACH * 1.8);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + EACH * 2);
}

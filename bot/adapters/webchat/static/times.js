// Times as the office writes them (docs/voice.md 1.1), in the office's time zone and with Latin digits.

import { page, words } from "./page.js";

const LOCALE = page.language === "hi" ? "hi-IN-u-nu-latn" : "en-IN-u-nu-latn";
const timeZone = page.zone;

const CLOCK =
  page.language === "hi"
    ? new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit", hour12: true, dayPeriod: "short", timeZone })
    : new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit", hour12: true, timeZone });
const DAY = new Intl.DateTimeFormat(LOCALE, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone });
const KEY = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });

// A phone's clock may be wrong; the office's is the one by which a message is old.
let ahead = Date.parse(page.now) - Date.now();

/** The present instant by the office's clock. */
export const now = () => new Date(Date.now() + ahead);

/** The office has said something at `at`, so it is at least so late there: a phone may have slept, a demo's clock runs fast. */
export function heard(at) {
  ahead = Math.max(ahead, Date.parse(at) - Date.now());
}

/** The time alone: "शाम 6:05", "6:05 pm". */
export function clock(at) {
  return CLOCK.format(new Date(at));
}

/** The office's day of an instant, as "2026-11-25": equal for two instants of one day. */
export function dayOf(at) {
  return KEY.format(new Date(at));
}

/** The day in words: "आज", "शुक्र 27 नव॰"; the year only when it is another one. */
export function dayWords(at) {
  if (dayOf(at) === dayOf(now())) return words("today");
  const part = Object.fromEntries(DAY.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const year = dayOf(at).slice(0, 4) === dayOf(now()).slice(0, 4) ? "" : ` ${part.year}`;
  return `${part.weekday} ${part.day} ${part.month}${year}`;
}

/** Short, for the list of chats: the time if it was today, else the day. */
export function shortTime(at) {
  return dayOf(at) === dayOf(now()) ? clock(at) : dayWords(at);
}

/** Times as people read them: in London, as the pages of a bundle say them. */

import { say, spoken } from "./texts.ts";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const LOCALES = { en: "en-GB", cy: "cy-GB" } as const;

/** Whether a text is a time as records hold it. */
export function isMoment(text: string): boolean {
  return MOMENT.test(text);
}

/** Return a time of a record in London's time, with its day. */
export function inWords(moment: string): string {
  const format = new Intl.DateTimeFormat(LOCALES[spoken()], {
    timeZone: "Europe/London",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return say("london", { time: format.format(new Date(moment)) });
}

/** Return a moment of this computer's clock, with its time zone. */
export function here(moment: Date): string {
  return moment.toLocaleString(LOCALES[spoken()], { dateStyle: "long", timeStyle: "long" });
}

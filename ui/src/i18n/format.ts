// Numbers, times and durations as people read them. What is dialled, stored and compared stays ASCII.
import type { Digits, Language } from "../backend/generated";
import { localeTag } from "./catalogue";

const ARABIC_INDIC_ZERO = 0x0660;
const MINUTE_S = 60;
const HOUR_S = 3600;
const HUNDRED = 100;

export interface Format {
  /** `7:05`, `1:02:09`. Reads the same in both directions; show it in `<Figures>`. */
  duration(seconds: number): string;
  /** Hour and minute of a moment, 24 hours. */
  time(unixMs: number): string;
  /** A day: “Today” and “Yesterday” are the caller's words. */
  day(unixMs: number): string;
  /** A day of some year. */
  date(unixMs: number): string;
  /** A whole number. */
  count(value: number): string;
  /** A share of a hundred: `84%`, `6.1%`. */
  percent(value: number): string;
  /** Digits of a phone number or code in the chosen script; everything else stays. */
  digits(text: string): string;
}

export function formatter(language: Language, digits: Digits): Format {
  const tag = localeTag(language, digits);
  const time = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long" });
  const date = new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: "numeric" });
  const percent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(tag);
  const inScript = (text: string) =>
    digits === "latn" ? text : text.replace(/\d/g, (digit) => String.fromCodePoint(ARABIC_INDIC_ZERO + Number(digit)));
  return {
    duration: (seconds) => inScript(clock(seconds)),
    time: (unixMs) => time.format(unixMs),
    day: (unixMs) => day.format(unixMs),
    date: (unixMs) => date.format(unixMs),
    count: (value) => number.format(value),
    percent: (value) => percent.format(value / HUNDRED),
    digits: inScript,
  };
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / HOUR_S), Math.floor((whole % HOUR_S) / MINUTE_S), whole % MINUTE_S];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** ASCII digits for Arabic-Indic and Persian ones, as typed or pasted. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

// Photographs, faces and passwords of the scripted engine.
import type { PasswordRules, PhotoOpened } from "./generated";

const svg = (width: number, height: number, inside: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`)}`;

const bust = (hue: number): string => `<circle cx="100" cy="80" r="42" fill="hsl(${hue} 45% 65%)"/><path d="M20 200c4-56 36-72 80-72s76 16 80 72z" fill="hsl(${hue} 50% 40%)"/>`;

/** A drawing that stands in for somebody's picture; another revision has another colour. */
export function drawnFace(revision: string): string {
  const hue = [...revision].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  return svg(200, 200, `<rect width="200" height="200" fill="hsl(${hue} 40% 88%)"/>${bust(hue)}`);
}

/** A landscape photograph of 1200 × 900 pixels. */
export function drawnPhoto(): string {
  return svg(1200, 900, `<rect width="1200" height="900" fill="#dce3f4"/><rect x="90" y="60" width="300" height="420" fill="#c9d8f0"/><g transform="translate(300 60) scale(4)">${bust(220)}</g>`);
}

/** Judged by the first bytes, as the engine does: PNG, JPEG and GIF are known here. */
export function openedAs(bytes: Uint8Array): PhotoOpened {
  const begins = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
  if (bytes.length === 0) return { kind: "refused", why: "empty", format: null };
  if (begins(0x47, 0x49, 0x46)) return { kind: "refused", why: "foreign", format: "GIF" };
  if (bytes.length > 5 * 1024 * 1024) return { kind: "refused", why: "tooManyBytes", format: null };
  if (begins(0xff, 0xd8, 0xff) || begins(0x89, 0x50, 0x4e, 0x47)) return { kind: "open", photo: 1, width: 1200, height: 900, smallerThan: null };
  return { kind: "refused", why: "unknown", format: null };
}

export function judged(password: string): PasswordRules {
  return {
    length: [...password].length >= 8, upper: /\p{Lu}/u.test(password), lower: /\p{Ll}/u.test(password), number: /\p{N}/u.test(password),
    special: /[^\p{L}\p{N}\s]/u.test(password),
  };
}

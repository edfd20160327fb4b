// The catalogues: complete in both languages, plural forms of CLDR, isolated placeables. `npm run check` looks at their form; here they speak.
import { parse } from "@fluent/syntax";
import { describe, expect, it } from "vitest";
import { translator } from "../src/i18n/catalogue";
import type { Messages } from "../src/i18n/messages";
import { plain } from "./support";

const files = import.meta.glob<string>("../src/i18n/locales/*/*.ftl", { query: "?raw", import: "default", eager: true });
const COUNTS = [0, 1, 2, 3, 10, 11, 99, 100, 103, 111];

function messages(language: "en" | "ar"): string[] {
  return Object.entries(files).filter(([path]) => path.includes(`/${language}/`)).flatMap(([, text]) => parse(text, {}).body).flatMap((entry) => (entry.type === "Message" ? [entry.id.name] : []));
}

/** Any value for any placeable: a number is a string where a string is wanted. */
const anything = new Proxy({}, { get: () => 3, has: () => true, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 3 }) });

describe("catalogues", () => {
  it("have the same messages", () => {
    expect(messages("ar").sort()).toEqual(messages("en").sort());
  });

  for (const language of ["en", "ar"] as const) {
    it(`speak without a gap, ${language}`, () => {
      const t = translator(language, "latn") as (id: string, values: unknown) => string;
      for (const id of messages(language)) expect(t(id, anything), id).not.toMatch(/[{}]|\?\?\?/);
    });
  }

  it("are Arabic in Arabic: no message is only Latin letters", () => {
    const t = translator("ar", "latn") as (id: string, values: unknown) => string;
    const latin = messages("ar").filter((id) => /[A-Za-z]/.test(t(id, anything)) && !/[\u0600-\u06ff]/.test(t(id, anything)));
    expect(latin).toEqual([]);
  });
});

describe("plural forms", () => {
  const forms = (id: keyof Messages, language: "en" | "ar") => {
    const t = translator(language, "latn") as (id: string, values: unknown) => string;
    return COUNTS.map((count) => plain(t(id, { count })));
  };

  it("of calls in Arabic are all six", () => {
    expect(forms("history-calls", "ar")).toEqual([
      "لا مكالمات", "مكالمة واحدة", "مكالمتان", "3 مكالمات", "10 مكالمات", "11 مكالمة", "99 مكالمة", "100 مكالمة", "103 مكالمات", "111 مكالمة",
    ]);
  });

  it("of calls in English are two", () => {
    expect(forms("history-calls", "en").slice(0, 4)).toEqual(["0 calls", "1 call", "2 calls", "3 calls"]);
  });

  it("write the number in the chosen digits", () => {
    expect(plain(translator("ar", "arab")("history-calls", { count: 103 }))).toBe("١٠٣ مكالمات");
    expect(plain(translator("en", "arab")("history-calls", { count: 12 }))).toBe("١٢ calls");
  });
});

describe("isolation", () => {
  it("stands around every placeable, so that a name never moves its sentence", () => {
    expect(translator("ar", "latn")("incoming-announce", { person: "Noor نور (VIP)" })).toContain("\u2068Noor نور (VIP)\u2069");
  });
});

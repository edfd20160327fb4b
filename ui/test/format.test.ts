import { describe, expect, it } from "vitest";
import { asciiDigits, formatter } from "../src/i18n/format";

describe("digits (SPEC 4.3)", () => {
  it("are a choice apart from the language", () => {
    expect(formatter("ar", "latn").duration(267)).toBe("4:27");
    expect(formatter("ar", "arab").duration(267)).toBe("٤:٢٧");
    expect(formatter("en", "arab").count(2026)).toBe("٢٬٠٢٦");
    expect(formatter("ar", "latn").count(2026)).toBe("2,026");
  });

  it("change the digits of a number that people read, nothing else", () => {
    expect(formatter("ar", "arab").digits("+966 11 000 0142")).toBe("+٩٦٦ ١١ ٠٠٠ ٠١٤٢");
    expect(formatter("ar", "latn").digits("*43#")).toBe("*43#");
  });

  it("may be typed and pasted in any script; what is dialled is ASCII", () => {
    expect(asciiDigits("٠١٢٣٤٥٦٧٨٩")).toBe("0123456789");
    expect(asciiDigits("۰۱۲۳۴۵۶۷۸۹")).toBe("0123456789");
    expect(asciiDigits("+٩٦٦ ٥٠ abc")).toBe("+966 50 abc");
  });
});

describe("clocks", () => {
  it("show hours only when there are any", () => {
    const { duration } = formatter("en", "latn");
    expect([0, 7, 59, 60, 3599, 3600, 3725].map(duration)).toEqual(["0:00", "0:07", "0:59", "1:00", "59:59", "1:00:00", "1:02:05"]);
    expect(duration(-3)).toBe("0:00");
  });

  it("tell the time in 24 hours, in both languages alike", () => {
    const moment = new Date(2026, 10, 21, 9, 5).getTime();
    expect(formatter("en", "latn").time(moment)).toBe("09:05");
    expect(formatter("ar", "latn").time(moment).replace(/[\u200e\u200f]/g, "")).toBe("09:05");
  });
});

// Bidi: names and numbers from outside never move their neighbours (SPEC 4.3). Positions are measured, as the browser lays them out.
import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { Figures, Name, PhoneNumber } from "../src/kit/Text";
import { initials, tint } from "../src/kit/Avatar";

const NUMBERS = ["+966 50 123 4567", "00966501234567", "*97#", "(050) 123-4567", "sip:100@pbx.example"];
const NAMES = ["محمد Smith", "Noor نور (VIP)", "١٢٣ شركة", "أ.د. إبراهيم-Ali"];

afterEach(() => cleanup());

/** Characters in the order in which they stand on the line, from the left. */
function asSeen(node: Text): string {
  const range = document.createRange();
  const places = [...node.data].map((character, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return { character, left: range.getBoundingClientRect().left };
  });
  return places.filter(({ character }) => character !== " ").sort((a, b) => a.left - b.left).map(({ character }) => character).join("");
}

describe("numbers", () => {
  for (const direction of ["ltr", "rtl"] as const) {
    for (const number of NUMBERS) {
      it(`${number} reads from the left in a ${direction} line`, async () => {
        const { container } = await render(<p dir={direction} style={{ whiteSpace: "nowrap" }}>مكالمة من <PhoneNumber>{number}</PhoneNumber>.</p>);
        const text = container.querySelector("bdi")?.firstChild as Text;
        expect(asSeen(text)).toBe(number.replaceAll(" ", ""));
      });
    }
  }
});

describe("names", () => {
  for (const direction of ["ltr", "rtl"] as const) {
    for (const name of NAMES) {
      it(`${name} leaves the number after it in place in a ${direction} line`, async () => {
        const { container } = await render(
          <p dir={direction} style={{ whiteSpace: "nowrap" }}><span id="a">{direction === "ltr" ? "from" : "من"}</span> <Name>{name}</Name> <span id="b">123</span></p>,
        );
        const left = (selector: string) => container.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
        const inOrder = direction === "ltr" ? [left("#a"), left("bdi"), left("#b")] : [left("#b"), left("bdi"), left("#a")];
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
      });
    }
  }
});

describe("a clock", () => {
  it("keeps its width while it ticks, in Arabic-Indic figures too", async () => {
    const { container } = await render(<div><p><Figures>٤:١١</Figures></p><p><Figures>٤:٥٨</Figures></p></div>);
    const [first, second] = [...container.querySelectorAll("bdi")].map((element) => element.getBoundingClientRect().width);
    expect(first).toBe(second);
  });
});

describe("avatars (PR-05)", () => {
  it("show two letters in Latin, one in Arabic, none for a number", () => {
    expect(["Khaled Al-Amin", "noor", "ليان الشمري", "أ.د. إبراهيم-Ali", "+966 50", ""].map(initials)).toEqual(["KA", "N", "ل", "أ", null, null]);
  });

  it("take one of seven tints by the id", () => {
    const tints = new Set(Array.from({ length: 200 }, (_, at) => tint(`user-${at}`)));
    expect([...tints].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

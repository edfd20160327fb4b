import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { KHALED, LINA, RANA } from "../src/backend/fakeData";
import { noticeOf } from "./scenes";
import { askedFor, mount, NOTICE, plain, visibleText } from "./support";

const small = (language: "en" | "ar") => mount({ language, view: "notice", size: NOTICE });

for (const language of ["en", "ar"] as const) {
  describe(`the small window, ${language} (SPEC 2 items 9 and 21)`, () => {
    it("says who calls and for how long, and goes when Rust says so", async () => {
      const { fake, t } = await small(language);
      fake.setNotice(noticeOf([KHALED]));
      const card = page.getByRole("alertdialog");
      await expect.element(card).toBeVisible();
      expect(plain(card.element().getAttribute("aria-label") ?? "")).toBe(t("incoming-announce", { person: KHALED.name }));
      expect(visibleText()).toContain("+966110000142");
      expect(visibleText()).toMatch(/0:4[2-9]/);
      fake.setNotice(null);
      await expect.poll(() => document.querySelector("[role='alertdialog']")).toBeNull();
    });

    it("leaves out the end of a long name, never its beginning", async () => {
      const { fake } = await small(language);
      for (const name of ["Anna-Maria Magdalena van der Hoogenbosch-Vandenberghe عبد الرحمن", "عبد الرحمن بن عبد العزيز بن محمد بن إبراهيم القحطاني van der Hoogenbosch"]) {
        fake.setNotice(noticeOf([{ number: "+971500000000", name }]));
        await expect.element(page.getByText(name, { exact: true })).toBeVisible();
        const shown = page.getByText(name, { exact: true }).element() as HTMLElement;
        await expect.poll(() => shown.scrollWidth > shown.clientWidth).toBe(true);
        const [own, line] = [shown.getBoundingClientRect(), (shown.parentElement ?? shown).getBoundingClientRect()];
        expect(own.left >= line.left - 1 && own.right <= line.right + 1).toBe(true);
        const first = document.createRange();
        first.setStart(shown.firstChild ?? shown, 0);
        first.setEnd(shown.firstChild ?? shown, 1);
        const letter = first.getBoundingClientRect();
        expect(letter.left >= own.left - 1 && letter.right <= own.right + 1, name).toBe(true);
      }
    });

    it("answers and declines by button", async () => {
      const { fake, t } = await small(language);
      fake.hang("answer");
      fake.hang("decline");
      fake.setNotice(noticeOf([KHALED]));
      await page.getByRole("button", { name: t("answer"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "answer")).toEqual([{ call: "1" }]);
      await page.getByRole("button", { name: t("decline"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "decline")).toEqual([{ call: "1" }]);
    });

    it("Enter answers and Esc declines once the agent gives it the focus", async () => {
      const { fake } = await small(language);
      fake.hang("answer");
      fake.hang("decline");
      fake.setNotice(noticeOf([KHALED]));
      await expect.poll(() => document.querySelector("[role='alertdialog']")).not.toBeNull();
      dispatchEvent(new Event("focus"));
      await expect.poll(() => document.activeElement?.getAttribute("role")).toBe("alertdialog");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "answer")).toEqual([{ call: "1" }]);
      await userEvent.keyboard("{Escape}");
      await expect.poll(() => askedFor(fake, "decline")).toEqual([{ call: "1" }]);
    });

    it("a command that is on its way cannot be given twice", async () => {
      const { fake, t } = await small(language);
      const notice = noticeOf([KHALED]);
      fake.setNotice({ ...notice, ringing: notice.ringing.map((call) => ({ ...call, pending: true })) });
      await expect.element(page.getByRole("button", { name: t("decline"), exact: true })).toBeDisabled();
    });

    it("offers to hold or to end the call that is talked on", async () => {
      const { fake, t } = await small(language);
      fake.hang("hangUp");
      fake.hang("answer");
      fake.setNotice({ ...noticeOf([LINA]), talking: "9" });
      await expect.poll(visibleText).toContain(t("notice-second-call"));
      await page.getByRole("button", { name: t("waiting-end-and-answer"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "hangUp")).toEqual([{ call: "9" }]);
      await expect.poll(() => askedFor(fake, "answer")).toEqual([{ call: "1" }]);
    });

    it("keeps the caller to itself where the agent wants it so", async () => {
      const { fake, t } = await small(language);
      fake.setNotice(noticeOf([null]));
      await expect.poll(visibleText).toContain(t("notice-someone"));
      expect(page.getByRole("alertdialog").element().getAttribute("aria-label")).toBe(t("notice-someone"));
    });

    it("a refused answer is said where it was asked", async () => {
      const { fake, t } = await small(language);
      fake.failNext("answer", ipcError("noSuchCall"));
      fake.setNotice(noticeOf([KHALED]));
      await page.getByRole("button", { name: t("answer"), exact: true }).click();
      await expect.element(page.getByRole("alert")).toHaveTextContent(t("error-noSuchCall"));
    });

    it("missed calls stay, can be called back and put away (SPEC 2 item 10)", async () => {
      const { fake, t } = await mount({ language, view: "notice", size: { width: 388, height: 164 } });
      const missed = noticeOf([RANA, null]).ringing;
      fake.hang("noticeCallBack");
      fake.setNotice({ ringing: [], talking: null, missed });
      await page.getByRole("button", { name: new RegExp(RANA.name) }).click();
      await expect.poll(() => askedFor(fake, "noticeCallBack")).toEqual([{ call: "1" }]);
      expect(visibleText()).toContain(t("notice-missed-someone"));
      await page.getByRole("button", { name: t("close"), exact: true }).click();
      await expect.poll(() => document.querySelector("main section")).toBeNull();
    });

    it("changes its language at once (LG-02)", async () => {
      const { fake } = await small(language);
      fake.setNotice(noticeOf([KHALED]));
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      const other = language === "en" ? "ar" : "en";
      await fake.setSettings({ ...(await fake.snapshot()).settings, language: other });
      await expect.poll(() => document.documentElement.dir).toBe(other === "ar" ? "rtl" : "ltr");
    });
  });
}

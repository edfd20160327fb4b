import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { askedFor, mountSignedOut, saying, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  describe(`sign-in, ${language}`, () => {
    it("signs in with the keyboard alone", async () => {
      const { fake, t } = await mountSignedOut({ language });
      await page.getByLabelText(t("password"), { exact: true }).fill("Correct-1");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "signIn")).toEqual([{ server: "care.maydan.example", email: "noor@maydan.example", password: "Correct-1", keep: true, shared: false }]);
      await expect.element(page.getByRole("heading", { name: t("section-phone"), exact: true }).first()).toBeVisible();
    });

    it("leaves nothing on a shared computer: keeping the session is off the table (LO-02)", async () => {
      const { fake, t } = await mountSignedOut({ language });
      const shared = page.getByRole("checkbox", { name: t("shared-computer") });
      await expect.element(shared).not.toBeChecked();
      shared.element().focus();
      await userEvent.keyboard(" ");
      await expect.element(page.getByText(t("shared-computer-note"))).toBeVisible();
      await expect.element(page.getByRole("checkbox", { name: t("keep-signed-in") })).toBeDisabled();
      await page.getByLabelText(t("password"), { exact: true }).fill("Correct-1");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "signIn")).toEqual([{ server: "care.maydan.example", email: "noor@maydan.example", password: "Correct-1", keep: false, shared: true }]);
    });

    it("counts the tries left and keeps the password selected", async () => {
      const { fake, t } = await mountSignedOut({ language });
      fake.failNext("signIn", ipcError("wrongPassword", { triesLeft: 4 }));
      const password = page.getByLabelText(t("password"), { exact: true });
      await password.fill("Wrong-1");
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByRole("alert")).toBeVisible();
      expect(visibleText()).toContain("4");
      const input = password.element() as HTMLInputElement;
      expect(input.value).toBe("Wrong-1");
      await expect.poll(() => [document.activeElement === input, input.selectionStart, input.selectionEnd]).toEqual([true, 0, "Wrong-1".length]);
    });

    for (const code of ["serverUnreachable", "badCertificate", "notAServer", "badServerAddress", "serverFailure", "tooManyTries"] as const) {
      it(`says ${code} in words, with the technical line below`, async () => {
        const { fake, t } = await mountSignedOut({ language });
        fake.failNext("signIn", ipcError(code, { detail: "technical line 42", retryAfterS: 30 }));
        await page.getByLabelText(t("password"), { exact: true }).fill("x");
        await userEvent.keyboard("{Enter}");
        const alert = page.getByRole("alert");
        await expect.element(alert).toBeVisible();
        expect(alert.element().textContent).not.toContain(code);
        await expect.element(page.getByText("technical line 42")).toBeVisible();
        await expect.element(page.getByRole("button", { name: t("sign-in"), exact: true })).toBeEnabled();
      });
    }

    it("fits the window as it opens for the first time", async () => {
      await mountSignedOut({ language }, (snapshot) => ({ ...snapshot, session: { phase: "signedOut", why: null, server: "", email: "" } }));
      const sheet = page.getByRole("main").element();
      await expect.poll(() => sheet.scrollHeight - sheet.clientHeight).toBe(0);
    });

    it("asks for a mail when the password is forgotten, and says the same of every address (PW-03)", async () => {
      const { fake, t } = await mountSignedOut({ language });
      await page.getByRole("button", { name: t("forgot-password"), exact: true }).click();
      await expect.element(page.getByRole("heading", { name: t("forgot-title"), exact: true })).toBeVisible();
      const email = page.getByLabelText(t("email"), { exact: true });
      expect((email.element() as HTMLInputElement).value).toBe("noor@maydan.example");
      await email.fill("lina@maydan.example");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "forgotPassword")).toEqual([{ server: "care.maydan.example", email: "lina@maydan.example", language }]);
      await expect.element(page.getByText(saying(t("forgot-sent", { email: "lina@maydan.example" })))).toBeVisible();
      await page.getByRole("button", { name: t("back"), exact: true }).click();
      await expect.poll(() => (page.getByLabelText(t("email"), { exact: true }).element() as HTMLInputElement).value).toBe("lina@maydan.example");
      await expect.element(page.getByLabelText(t("password"), { exact: true })).toBeVisible();
    });

    it("says whom to ask when the server sends no mail (PW-03)", async () => {
      const { fake, t } = await mountSignedOut({ language });
      fake.passwordMail = { mail: "notSent", ask: "Rana, 100" };
      await page.getByRole("button", { name: t("forgot-password"), exact: true }).click();
      await page.getByRole("button", { name: t("forgot-send"), exact: true }).click();
      await expect.element(page.getByText(saying(t("forgot-ask", { who: "Rana, 100" })))).toBeVisible();
    });

    it("keeps the form and says why when no mail could be asked for (PW-03)", async () => {
      const { fake, t } = await mountSignedOut({ language });
      fake.failNext("forgotPassword", ipcError("tooManyTries", { retryAfterS: 600 }));
      await page.getByRole("button", { name: t("forgot-password"), exact: true }).click();
      await page.getByRole("button", { name: t("forgot-send"), exact: true }).click();
      await expect.element(page.getByRole("alert")).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("forgot-send"), exact: true })).toBeEnabled();
    });

    it("shows that practice is starting, and goes in", async () => {
      const { fake, t } = await mountSignedOut({ language });
      fake.holdBack("tryHere");
      await page.getByText(t("practice"), { exact: true }).click();
      await expect.poll(() => askedFor(fake, "tryHere")).toHaveLength(1);
      fake.setSession({ phase: "signingIn" });
      expect(visibleText()).toContain(t("practice"));
    });

    it("connects a SIP account, and says what is wrong with its address", async () => {
      const { fake, t } = await mountSignedOut({ language });
      await page.getByText(t("sip-use"), { exact: true }).click();
      const url = page.getByLabelText(t("sip-url"), { exact: true });
      await url.fill("https://pbx.example");
      await expect.element(page.getByText(saying(t("sip-url-fault")))).toBeVisible();
      await url.fill("wss://pbx.example/ws");
      await page.getByLabelText(t("extension"), { exact: true }).fill("٢١٠٧");
      await page.getByLabelText(t("sip-domain"), { exact: true }).fill("pbx.example");
      await page.getByLabelText(t("password"), { exact: true }).fill("secret");
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "signInSip")).toEqual([
        { url: "wss://pbx.example/ws", user: "2107", domain: "pbx.example", authUser: "", password: "secret", displayName: "", keep: true, shared: false },
      ]);
    });

    it("shows the password only while asked to", async () => {
      const { t } = await mountSignedOut({ language });
      const password = page.getByLabelText(t("password"), { exact: true });
      await password.fill("secret");
      expect((password.element() as HTMLInputElement).type).toBe("password");
      await page.getByRole("button", { name: t("password-show") }).click();
      expect((password.element() as HTMLInputElement).type).toBe("text");
      await page.getByRole("button", { name: t("password-hide") }).click();
      expect((password.element() as HTMLInputElement).type).toBe("password");
    });

    it("asks for the server when none is known", async () => {
      const { t } = await mountSignedOut({ language }, (snapshot) => ({ ...snapshot, session: { phase: "signedOut", why: null, server: "", email: "" } }));
      await expect.element(page.getByLabelText(t("server"), { exact: true })).toBeVisible();
      await expect.element(page.getByRole("button", { name: t("sign-in"), exact: true })).toBeDisabled();
    });

    it("says whether the server answers", async () => {
      const { fake, t } = await mountSignedOut({ language });
      await expect.element(page.getByText(t("server-reached"))).toBeVisible();
      fake.failNext("checkServer", ipcError("serverUnreachable"));
      await page.getByRole("button", { name: t("server-change"), exact: true }).click();
      await page.getByLabelText(t("server"), { exact: true }).fill("nowhere.example");
      await expect.element(page.getByText(t("server-not-reached"))).toBeVisible();
    });
  });
}

describe("language on the sign-in page (LG-01, LG-02)", () => {
  it("switches everything at once", async () => {
    const { t } = await mountSignedOut({ language: "en" });
    await page.getByRole("button", { name: new RegExp(t("language-menu")) }).click();
    await page.getByText("العربية", { exact: true }).click();
    await expect.poll(() => [document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
    expect(visibleText()).not.toContain("Sign in");
  });
});

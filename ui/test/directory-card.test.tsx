// The card of a user: what it says, what it refuses, and what happens when two write at once.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { KHALED } from "../src/backend/fakeData";
import { CARE, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { EditUser, NewUser, PutRights } from "../src/backend/generated";
import { askedFor, mount, type Mounted, plain, saying, visibleText } from "./support";

const LAYLA = "Layla Mansour";
const rowOf = (name: string) => page.getByRole("row", { name: new RegExp(name) });
const box = (name: string) => page.getByRole("textbox", { name, exact: true });
const button = (name: string) => page.getByRole("button", { name: saying(name) });
const edits = (fake: Mounted["fake"]) => askedFor(fake, "userEdit") as EditUser[];

async function noFaults(): Promise<void> {
  await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().iterations !== Infinity)).toHaveLength(0);
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "label-content-name-mismatch": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

for (const language of ["en", "ar"] as const) {
  const open = async (): Promise<Mounted> => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, role: "systemAdministrator", livePanel: true, administers: "everybody" } }));
    await userEvent.keyboard("{Control>}6{/Control}");
    await expect.element(rowOf(LAYLA)).toBeVisible();
    return mounted;
  };
  const openCard = async (name = LAYLA): Promise<Mounted> => {
    const mounted = await open();
    await rowOf(name).dblClick();
    await expect.element(page.getByRole("dialog", { name }).getByText(mounted.t("directory-agent-note"))).toBeVisible();
    return mounted;
  };
  const save = (t: Mounted["t"]) => button(t("save")).click();

  describe(`the card, ${language}`, () => {
    it("stands at the end side, 652 pixels wide, with who somebody is before how they take calls (DR-12)", async () => {
      const { t } = await openCard();
      const drawer = page.getByRole("dialog", { name: LAYLA }).element().getBoundingClientRect();
      const sheet = document.querySelector("main")?.getBoundingClientRect();
      await expect.poll(() => page.getByRole("dialog", { name: LAYLA }).element().getBoundingClientRect().width).toBe(652);
      expect(Math.round(language === "ar" ? drawer.left : drawer.right)).toBe(Math.round((language === "ar" ? sheet?.left : sheet?.right) ?? -1));
      const [identity, agent] = [t("directory-identity"), t("directory-agent")].map((name) => page.getByRole("group", { name, exact: true }).element().getBoundingClientRect().left);
      expect((identity ?? 0) < (agent ?? 0)).toBe(language === "en");
      await noFaults();
    });

    it("leaves the extension as it is (EC-01, EC-04)", async () => {
      const { t } = await openCard();
      const id = box(t("directory-column-extension"));
      await expect.element(id).toHaveValue("2119");
      await expect.element(id).toHaveAttribute("readonly");
      await expect.element(id).toHaveAttribute("dir", "ltr");
    });

    it("saves only what was changed, on the version that was read (EC-02, EC-06, AO-01)", async () => {
      const { fake, t } = await openCard();
      await expect.element(button(t("save"))).toBeDisabled();
      await box(t("directory-column-name")).fill("Layla Al-Mansour ");
      await page.getByRole("button", { name: new RegExp(`${t("profile-role-user")}|${t("directory-column-role")}`) }).last().click();
      await page.getByRole("option", { name: t("profile-role-receptionist") }).click();
      await save(t);
      await expect.poll(() => edits(fake)).toEqual([{ id: "u-layla", version: 1, name: "Layla Al-Mansour" }]);
      await expect.poll(() => (askedFor(fake, "rightsPut") as PutRights[]).map(({ user, card }) => [user, card.role, card.version])).toEqual([["u-layla", "receptionist", 0]]);
      await expect.element(rowOf("Layla Al-Mansour")).toBeVisible();
      await expect.element(page.getByRole("grid")).toHaveFocus();
      await expect.poll(visibleText).toContain(t("directory-saved", { person: "Layla Al-Mansour" }));
    });

    it("gives no role above the own (EC-06)", async () => {
      const { t } = await openCard();
      await page.getByRole("button", { name: new RegExp(`${t("profile-role-user")}|${t("directory-column-role")}`) }).last().click();
      await expect.element(page.getByRole("option", { name: t("profile-role-departmentAdministrator") })).toBeVisible();
      expect(page.getByRole("option", { name: t("profile-role-systemOwner") }).elements()).toEqual([]);
    });

    it("makes a password in Rust, shows it and copies it; it is never read (EC-03, PW-02)", async () => {
      const { fake, t } = await openCard();
      const password = page.getByLabelText(t("password"), { exact: true });
      await expect.element(password).toHaveValue("");
      await expect.element(password).toHaveAttribute("placeholder", t("directory-password-same"));
      await button(t("directory-password-make")).click();
      await expect.element(password).toHaveValue("kV7-mPq2_xTr9+Za");
      await expect.element(password).toHaveAttribute("type", "text");
      await expect.element(page.getByText(t("directory-password-ends"))).toBeVisible();
      let copied = "";
      Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text: string) => { copied = text; } } });
      await button(t("directory-password-copy")).click();
      await expect.element(page.getByText(t("directory-password-copied"))).toBeVisible();
      expect(copied).toBe("kV7-mPq2_xTr9+Za");
      await button(t("password-hide")).click();
      await expect.element(password).toHaveAttribute("type", "password");
      await save(t);
      await expect.poll(() => edits(fake)).toEqual([{ id: "u-layla", version: 1, password: "kV7-mPq2_xTr9+Za" }]);
    });

    it("sets and removes a PIN and never shows one (EC-05)", async () => {
      const { fake, t } = await openCard();
      const pin = page.getByLabelText(t("directory-pin"), { exact: true });
      await expect.element(pin).toHaveValue("");
      await expect.element(pin).toHaveAttribute("placeholder", "••••");
      await button(t("directory-pin-remove")).click();
      await expect.element(page.getByText(t("directory-pin-removing"))).toBeVisible();
      await save(t);
      await expect.poll(() => edits(fake)).toEqual([{ id: "u-layla", version: 1, pin: "" }]);
      await rowOf(LAYLA).dblClick();
      await expect.element(pin).toHaveAttribute("placeholder", t("directory-pin-none"));
      await pin.fill("٤٧١١");
      await expect.element(pin).toHaveAttribute("type", "password");
      await save(t);
      await expect.poll(() => edits(fake).at(-1)).toEqual({ id: "u-layla", version: 2, pin: "4711" });
    });

    it("holds addresses as chips, by keys, and says at the field what is none (EC-09)", async () => {
      const { fake, t } = await openCard();
      const acl = box(t("directory-acl"));
      await acl.click();
      await userEvent.keyboard("2001:db8::/32{Enter}x.y,");
      await expect.element(button(t("directory-remove", { what: "2001:db8::/32" }))).toBeVisible();
      await save(t);
      await expect.element(page.getByText(saying(t("directory-fault-acl")))).toBeVisible();
      await expect.element(acl).toHaveFocus();
      await expect.element(acl).toHaveAttribute("aria-invalid", "true");
      await userEvent.keyboard("{Backspace}");
      await expect.element(button(t("directory-remove", { what: "x.y" }))).not.toBeInTheDocument();
      await button(t("directory-remove", { what: "192.0.2.14" })).click();
      await save(t);
      await expect.poll(() => edits(fake).at(-1)?.acl).toEqual(["10.20.0.0/16", "2001:db8::/32"]);
    });

    it("says each refusal at its field (EC-02, EC-03, EC-05, US-01)", async () => {
      const { fake, t } = await openCard();
      const refusals = [
        ["badUserName", t("directory-column-name"), "error-badUserName"], ["badEmail", t("email"), "error-badEmail"], ["emailTaken", t("email"), "error-emailTaken"],
        ["weakPassword", t("password"), "directory-fault-password"], ["badPin", t("directory-pin"), "error-badPin"],
      ] as const;
      for (const [code, label, words] of refusals) {
        await box(t("directory-column-name")).fill(`Layla ${code}`);
        fake.failNext("userEdit", ipcError(code));
        await save(t);
        await expect.element(page.getByText(saying(t(words)))).toBeVisible();
        await expect.element(page.getByLabelText(label, { exact: true })).toHaveFocus();
      }
      fake.failNext("userEdit", ipcError("serverUnreachable", { detail: "connection refused" }));
      await save(t);
      await expect.element(page.getByRole("alert").getByText(t("error-serverUnreachable"))).toBeVisible();
    });

    it("folds the options of an agent away, and keeps them (EC-07)", async () => {
      const { fake, t } = await openCard();
      await expect.element(box(t("directory-call-timeout"))).toHaveValue("25");
      page.getByRole("switch", { name: t("directory-agent"), exact: true }).element().focus();
      await userEvent.keyboard(" ");
      await expect.element(box(t("directory-call-timeout"))).not.toBeInTheDocument();
      await save(t);
      await expect.poll(() => edits(fake)[0]?.agent).toMatchObject({ isAgent: false, callTimeout: 25, wrapUp: 30 });
    });

    it("takes numbers within their range, in either digits (AO-01, AO-02, AO-03, AO-04, AO-05, AO-06)", async () => {
      const { fake, t } = await openCard();
      const words = [["call-timeout", "٤٠"], ["wrap-up", "5000"], ["max-no-answer", "0"], ["busy-delay", "1"], ["reject-delay", "2"], ["no-answer-delay", "7"]] as const;
      for (const [word, typed] of words) {
        await box(t(`directory-${word}`)).fill(typed);
        await userEvent.keyboard("{Tab}");
      }
      await expect.element(box(t("directory-wrap-up"))).toHaveValue("999");
      await save(t);
      await expect.poll(() => edits(fake)[0]?.agent).toMatchObject({ callTimeout: 40, wrapUp: 999, maxNoAnswer: 0, busyDelay: 1, rejectDelay: 2, noAnswerDelay: 7 });
    });

    it("holds skills with a level (AO-07)", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-skills")).click();
      await userEvent.keyboard("Français{Enter}");
      const named = page.getByLabelText(saying(t("directory-skill-level", { skill: "Français" })));
      await expect.element(named).toHaveValue("50");
      await named.fill("120");
      await userEvent.keyboard("{Enter}");
      await expect.element(named).toHaveValue("100");
      await button(t("directory-remove", { what: "Refunds" })).click();
      await save(t);
      await expect.poll(() => edits(fake)[0]?.agent?.skills).toEqual([{ skill: "العربية", level: 90 }, { skill: "Français", level: 100 }]);
    });

    it("asks before it forgets: by Escape, by its buttons and by leaving the section", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-column-name")).fill("Layla");
      const ask = page.getByRole("alertdialog", { name: t("directory-unsaved") });
      await userEvent.keyboard("{Escape}");
      await ask.getByRole("button", { name: t("directory-unsaved-stay") }).click();
      await expect.element(box(t("directory-column-name"))).toHaveValue("Layla");
      await page.getByRole("navigation").getByRole("button", { name: t("section-phone"), exact: true }).click();
      await ask.getByRole("button", { name: t("directory-unsaved-stay") }).click();
      await expect.element(box(t("directory-column-name"))).toHaveValue("Layla");
      await page.getByRole("dialog").getByRole("button", { name: t("close"), exact: true }).click();
      await ask.getByRole("button", { name: t("directory-unsaved-discard") }).click();
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
      expect(edits(fake)).toEqual([]);
      await rowOf(LAYLA).dblClick();
      await expect.element(box(t("directory-column-name"))).toHaveValue(LAYLA);
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    });

    it("is covered by a call that comes in, not the call by it", async () => {
      const { fake, t } = await openCard();
      fake.ring(KHALED);
      const answer = page.getByRole("button", { name: new RegExp(t("answer")) }).first();
      await expect.element(answer).toBeVisible();
      const spot = answer.element().getBoundingClientRect();
      expect(document.elementFromPoint(spot.left + spot.width / 2, spot.top + spot.height / 2)?.closest("button")).toBe(answer.element());
    });

    it("shows both when somebody else was faster, and each field is decided by itself", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-column-name")).fill("Layla Al-Mansour");
      await box(t("directory-call-timeout")).fill("40");
      fake.directory.change("u-layla", { name: "ليلى منصور", email: "lm@maydan.example" });
      await save(t);
      await expect.element(page.getByText(t("directory-conflict"))).toBeVisible();
      const name = page.getByRole("radiogroup", { name: t("directory-column-name"), exact: true });
      await expect.element(name.getByText("ليلى منصور")).toBeVisible();
      await expect.element(name.getByText("Layla Al-Mansour")).toBeVisible();
      await expect.element(name.getByRole("radio", { name: /Al-Mansour/ })).toBeChecked();
      // Only they have touched it, so theirs counts unless somebody says otherwise.
      await expect.element(page.getByRole("radiogroup", { name: t("email"), exact: true }).getByRole("radio", { name: /lm@/ })).toBeChecked();
      await noFaults();
      await name.getByText("ليلى منصور").click();
      await button(t("directory-conflict-save")).click();
      await expect.poll(() => edits(fake).at(-1)).toMatchObject({ id: "u-layla", version: 2, agent: { callTimeout: 40 } });
      expect(edits(fake).at(-1)).not.toHaveProperty("name");
      await expect.element(rowOf("ليلى منصور")).toBeVisible();
    });

    it("says at the role why it cannot be given, with everything else saved (EC-06)", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-column-name")).fill("Layla Al-Mansour");
      await page.getByRole("button", { name: new RegExp(`${t("profile-role-user")}|${t("directory-column-role")}`) }).last().click();
      await page.getByRole("option", { name: t("profile-role-receptionist") }).click();
      fake.failNext("rightsPut", ipcError("lastOwner"));
      await save(t);
      await expect.element(page.getByRole("alert").filter({ hasText: t("error-lastOwner") })).toBeVisible();
      await save(t);
      await expect.poll(() => askedFor(fake, "rightsPut")).toHaveLength(2);
      expect(edits(fake)).toHaveLength(1);
      await expect.element(rowOf("Layla Al-Mansour").getByText(t("profile-role-receptionist"))).toBeVisible();
    });

    it("can be read again instead, which forgets what was typed", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-column-name")).fill("Layla");
      fake.directory.change("u-layla", { name: "ليلى منصور" });
      await save(t);
      await button(t("directory-conflict-reload")).click();
      await expect.element(box(t("directory-column-name"))).toHaveValue("ليلى منصور");
      await expect.element(button(t("save"))).toBeDisabled();
    });

    it("is saved over a change that touches nothing of it, without a question", async () => {
      const { fake, t } = await openCard();
      await box(t("directory-column-name")).fill("Layla");
      fake.directory.change("u-layla", { hasPin: false });
      await save(t);
      await expect.poll(() => edits(fake).map(({ version }) => version)).toEqual([1, 2]);
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    });

    it("is looked at only where it may not be changed (DR-12)", async () => {
      const { t } = await openCard("زياد عبّود");
      await expect.element(page.getByText(t("directory-read-only"))).toBeVisible();
      await expect.element(box(t("directory-column-name"))).toBeDisabled();
      for (const name of [t("save"), t("directory-delete")]) expect(button(name).elements()).toEqual([]);
      expect(page.getByLabelText(t("password"), { exact: true }).elements()).toEqual([]);
      await noFaults();
    });

    it("that could not be read says why, and is read again", async () => {
      const { fake, t } = await open();
      fake.failNext("userGet", ipcError("serverUnreachable"));
      await rowOf(LAYLA).dblClick();
      await expect.element(page.getByText(t("directory-card-failed"))).toBeVisible();
      await button(t("try-again")).click();
      await expect.element(box(t("directory-column-name"))).toHaveValue(LAYLA);
    });
  });

  describe(`a new user, ${language}`, () => {
    it("is made by keys alone, in the own department and with the usual options (US-01, EC-01, EC-02, EC-03, EC-04, EC-06, EC-07)", async () => {
      const { fake, t } = await open();
      button(t("directory-new")).element().focus();
      await userEvent.keyboard("{Enter}");
      await expect.element(box(t("directory-column-extension"))).toHaveFocus();
      await userEvent.keyboard("٢١٩٩{Tab}عمر Omar{Tab}omar.n@maydan.example");
      await button(t("directory-password-make")).click();
      await expect.element(page.getByLabelText(t("password"), { exact: true })).toHaveValue("kV7-mPq2_xTr9+Za");
      page.getByRole("switch", { name: t("directory-agent"), exact: true }).element().focus();
      await userEvent.keyboard(" ");
      await expect.element(box(t("directory-wrap-up"))).toHaveValue("10");
      await button(t("directory-make")).click();
      await expect.poll(() => askedFor(fake, "userAdd") as NewUser[]).toMatchObject([{ extension: "2199", name: "عمر Omar", email: "omar.n@maydan.example", password: "kV7-mPq2_xTr9+Za", role: "user", department: CARE.id, agent: { isAgent: true, callTimeout: 15, maxNoAnswer: 3 } }]);
      await expect.element(rowOf("عمر Omar")).toBeVisible();
      await expect.element(rowOf("عمر Omar")).toHaveAttribute("aria-selected", "true");
      await expect.poll(visibleText).toContain(plain(t("directory-made", { person: "عمر Omar" })));
    });

    it("says at each field what is missing, asks nobody then, and says what is taken (EC-01, EC-06)", async () => {
      const { fake, t } = await open();
      await button(t("directory-new")).click();
      await box(t("directory-column-extension")).fill("2104");
      await button(t("directory-make")).click();
      await expect.poll(() => page.getByText(t("directory-fault-missing")).elements()).toHaveLength(3);
      expect(askedFor(fake, "userAdd")).toEqual([]);
      await box(t("directory-column-name")).fill("Omar");
      await box(t("email")).fill("o@maydan.example");
      await button(t("directory-password-make")).click();
      await button(t("directory-make")).click();
      await expect.element(page.getByText(t("error-extensionTaken"))).toBeVisible();
      await expect.element(box(t("directory-column-extension"))).toHaveFocus();
      await noFaults();
    });
  });
}

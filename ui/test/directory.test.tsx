import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { LOST } from "../src/backend/fakeData";
import { crowd, PEOPLE } from "../src/backend/fakeDirectory";
import { ADMINISTRATOR, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { DirectoryUser, Snapshot } from "../src/backend/generated";
import { askedFor, COMPACT, mount, type Mounted, plain, saying } from "./support";

const rowOf = (name: string) => page.getByRole("row", { name: new RegExp(name) });
const grid = () => page.getByRole("grid");
/** As they stand, without the head. */
const rows = () => [...document.querySelectorAll<HTMLElement>("[role='row'][data-user]")].sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex));
const names = () => rows().map((row) => row.querySelector("b")?.textContent ?? "");
const active = () => document.getElementById(grid().element().getAttribute("aria-activedescendant") ?? "");
const activeName = () => active()?.querySelector("b")?.textContent ?? active()?.textContent ?? "";
const scroller = () => grid().element().parentElement as HTMLElement;

async function noFaults(): Promise<void> {
  await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().iterations !== Infinity)).toHaveLength(0);
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "label-content-name-mismatch": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

for (const language of ["en", "ar"] as const) {
  const mounted = (more: (snapshot: Snapshot) => Snapshot = (same) => same, size?: { width: number; height: number }) =>
    mount({ language, ...(size ? { size } : {}) }, (snapshot) => more({ ...snapshot, rights: ADMINISTRATOR }));
  const open = async (people: readonly DirectoryUser[] = PEOPLE, more?: (snapshot: Snapshot) => Snapshot): Promise<Mounted> => {
    const opened = await mounted(more);
    opened.fake.directory.people = [...people];
    await userEvent.keyboard("{Control>}6{/Control}");
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    return opened;
  };
  const head = (t: Mounted["t"], column: "name" | "status" | "online" | "extension") => page.getByRole("columnheader", { name: saying(t(`directory-column-${column}`)) });

  describe(`the directory, ${language}`, () => {
    it("is for those who administer somebody, and goes with the right (DR-00, US-01)", async () => {
      const { fake, t } = await mount({ language });
      const item = page.getByRole("navigation").getByRole("button", { name: t("section-directory"), exact: true });
      expect(item.elements()).toEqual([]);
      fake.setRights(ADMINISTRATOR);
      await item.click();
      await expect.element(rowOf("Rana Khoury")).toBeVisible();
      fake.setRights(OWN_RIGHTS);
      await expect.element(grid()).not.toBeInTheDocument();
      await expect.poll(() => askedFor(fake, "directoryLeave")).toHaveLength(1);
    });

    it("shows each column of each user (DR-01, DR-02, DR-03, DR-04, DR-05, DR-06, DR-07, DR-08, DR-09)", async () => {
      const { t } = await open();
      const cells = (name: string) => [...rowOf(name).element().querySelectorAll<HTMLElement>("[role='gridcell']")].map((cell) => plain(cell.innerText).replace(/\s+/g, " ").trim());
      await expect.poll(() => cells("Tariq Suleiman").slice(2)).toEqual([t("profile-role-user"), t("directory-yes"), t("directory-yes"), t("directory-cc-out"), t("directory-state-idle"), t("directory-status-other"), "في الطريق إلى الفرع", ""]);
      expect(cells("Tariq Suleiman")[0]).toBe("2130");
      expect(cells("Hana Saleh").slice(3, 8)).toEqual([`–${t("directory-no")}`, t("directory-yes"), "–", t("directory-state-idle"), t("presence-meeting")].map((text, at) => (at === 0 ? expect.stringContaining(t("directory-no")) : text)));
      expect(cells("Omar Nasser")[6]).toBe(t("directory-state-busy"));
      expect(cells("Marta Lindqvist").slice(4, 8)).toEqual([t("directory-no"), t("directory-cc-out"), t("directory-state-unregistered"), t("presence-offline")]);
      await expect.element(rowOf("Huda Rahman").getByRole("img", { name: t("directory-suspended") })).toBeVisible();
      await expect.element(page.getByText(saying(t("directory-count", { count: PEOPLE.length })))).toBeVisible();
      await noFaults();
    });

    it("keeps numbers from left to right and isolates names (DR-01, DR-02)", async () => {
      await open();
      const row = rowOf("يوسف قاسم").element();
      const [id] = row.querySelectorAll("bdi");
      expect(id?.dir).toBe("ltr");
      expect(row.querySelector("b > bdi")?.textContent).toBe("يوسف قاسم");
    });

    it("is sorted by a press on each head, one way and the other (DR-00)", async () => {
      const { t } = await open();
      await expect.element(head(t, "extension")).toHaveAttribute("aria-sort", "ascending");
      for (const column of ["name", "status", "online"] as const) {
        await head(t, column).getByRole("button").click();
        await expect.element(head(t, column)).toHaveAttribute("aria-sort", "ascending");
        await expect.element(head(t, "extension")).toHaveAttribute("aria-sort", "none");
      }
      await head(t, "name").getByRole("button").click();
      const collator = new Intl.Collator(language, { numeric: true });
      const byName = PEOPLE.map(({ name }) => name).sort(collator.compare);
      await expect.poll(names).toEqual(byName);
      await head(t, "name").getByRole("button").click();
      await expect.element(head(t, "name")).toHaveAttribute("aria-sort", "descending");
      await expect.poll(names).toEqual(byName.toReversed());
    });

    it("asks Rust whom a search finds and folds nothing itself (DR-00)", async () => {
      const { fake, t } = await open();
      fake.directory.search = (text) => (text === "أ" ? ["u-ziad", "u-hana"] : []);
      await page.getByRole("textbox", { name: t("directory-search") }).fill(" أ ");
      await expect.poll(names).toEqual(["Hana Saleh", "زياد عبّود"]);
      expect(askedFor(fake, "directorySearch")).toContainEqual({ text: "أ" });
      await expect.element(page.getByText(saying(t("directory-count-shown", { shown: 2, count: PEOPLE.length })))).toBeVisible();
      await page.getByRole("textbox", { name: t("directory-search") }).fill("zz");
      await expect.element(page.getByText(t("directory-none-found"))).toBeVisible();
      await page.getByRole("button", { name: t("directory-show-all") }).click();
      await expect.poll(() => rows().length).toBe(PEOPLE.length);
    });

    it("asks again when somebody is called otherwise, and not for each change of presence", async () => {
      const { fake, t } = await open();
      await page.getByRole("textbox", { name: t("directory-search") }).fill("layla");
      await expect.poll(names).toEqual(["Layla Mansour"]);
      const asked = askedFor(fake, "directorySearch").length;
      fake.setUser("u-omar", { online: false });
      fake.setUser("u-rana", { name: "Layla Khoury" });
      await expect.poll(names).toEqual(["Layla Khoury", "Layla Mansour"]);
      expect(askedFor(fake, "directorySearch")).toHaveLength(asked + 1);
    });

    it("is filtered by role and by status (DR-00)", async () => {
      const { t } = await open();
      await page.getByRole("button", { name: new RegExp(t("directory-any-role")) }).click();
      await page.getByRole("option", { name: t("profile-role-receptionist") }).click();
      await expect.poll(names).toEqual(["Reception desk"]);
      await page.getByRole("button", { name: new RegExp(t("directory-any-status")) }).click();
      await page.getByRole("option", { name: t("presence-break") }).click();
      await expect.element(page.getByText(t("directory-none-found"))).toBeVisible();
      await page.getByRole("button", { name: t("directory-show-all") }).click();
      await page.getByRole("button", { name: new RegExp(t("directory-any-status")) }).click();
      await page.getByRole("option", { name: t("presence-offline") }).click();
      await expect.poll(names).toEqual(["Marta Lindqvist", "Reception desk", "Huda Rahman"]);
    });

    it("changes as soon as Rust tells it, and takes who is gone away (DR-00, DR-05)", async () => {
      const { fake, t } = await open();
      fake.setUser("u-layla", { online: false, status: { id: "dnd", kind: "doNotDisturb", text: "" } });
      await expect.element(rowOf("Layla Mansour").getByText(t("presence-do-not-disturb"))).toBeVisible();
      await expect.element(rowOf("Layla Mansour").getByText(t("directory-state-idle"))).toBeVisible();
      fake.emit({ kind: "directoryChanged", changed: [], gone: ["u-layla"] });
      await expect.element(rowOf("Layla Mansour")).not.toBeInTheDocument();
    });

    it("loses nothing that is told while the list is still on its way", async () => {
      const { fake } = await mounted();
      let answer: () => void = () => undefined;
      const late = new Promise<void>((resolve) => { answer = resolve; });
      const before = [...PEOPLE];
      fake.directoryGet = async () => { await late; return { users: before, complete: true }; };
      await userEvent.keyboard("{Control>}6{/Control}");
      await expect.poll(() => document.querySelector("main [role='status']")).not.toBeNull();
      fake.emit({ kind: "directoryChanged", changed: [{ ...(PEOPLE[0] as DirectoryUser), name: "Rana Married" }], gone: ["u-omar"] });
      answer();
      await expect.element(rowOf("Rana Married")).toBeVisible();
      expect(names()).not.toContain("Omar Nasser");
    });

    it("draws of 10,000 only what is seen, and keeps scroll, choice and focus under changes (DR-00)", async () => {
      const { fake } = await open(crowd(10_000));
      await expect.element(grid()).toHaveAttribute("aria-rowcount", "10001");
      expect(rows().length).toBeLessThan(60);
      grid().element().focus();
      await userEvent.keyboard("{End}");
      await expect.poll(activeName).toContain("9999");
      expect(active()?.ariaRowIndex).toBe("10001");
      await userEvent.keyboard("{Home}{PageDown}{PageDown}{PageDown}{ArrowDown}");
      const chosen = activeName();
      const seenAt = active()?.getBoundingClientRect().top ?? 0;
      // Forty come in above what is seen, three of those above go, and the chosen one changes.
      const changed = crowd(40).map((user, at) => ({ ...user, id: `u-early-${at}`, extension: String(1000 + at) }));
      fake.emit({ kind: "directoryChanged", changed, gone: ["u-0", "u-1", "u-2"] });
      await expect.element(grid()).toHaveAttribute("aria-rowcount", "10038");
      fake.setUser(active()?.dataset["user"] ?? "", { status: { id: "other", kind: "other", text: "changed" } });
      await expect.poll(() => active()?.textContent ?? "").toContain("changed");
      expect(activeName()).toBe(chosen);
      expect(Math.abs((active()?.getBoundingClientRect().top ?? 0) - seenAt)).toBeLessThan(2);
      expect(document.activeElement).toBe(grid().element());
      scroller().scrollTop = 200_000;
      await expect.poll(() => rows().some((row) => Number(row.ariaRowIndex) > 4900)).toBe(true);
      expect(activeName()).toBe(chosen);
    });

    it("is one stop for the keyboard: arrows move among rows and into the head, where Enter sorts (DR-00)", async () => {
      const { t } = await open();
      page.getByRole("button", { name: t("directory-new") }).element().focus();
      await userEvent.keyboard("{Tab}");
      expect(document.activeElement).toBe(grid().element());
      await expect.poll(activeName).toBe("Rana Khoury");
      await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
      await expect.poll(activeName).toBe("Noor Haddad");
      await userEvent.keyboard("{End}");
      await expect.poll(activeName).toBe("Huda Rahman");
      await userEvent.keyboard("{Home}{ArrowUp}");
      await expect.poll(() => active()?.getAttribute("role")).toBe("columnheader");
      await userEvent.keyboard(language === "ar" ? "{ArrowLeft}" : "{ArrowRight}");
      await expect.poll(() => plain(active()?.textContent ?? "")).toBe(t("directory-column-name"));
      await userEvent.keyboard("{Enter}");
      await expect.element(head(t, "name")).toHaveAttribute("aria-sort", "ascending");
      await userEvent.keyboard(" ");
      await expect.element(head(t, "name")).toHaveAttribute("aria-sort", "descending");
      await userEvent.keyboard("{ArrowDown}");
      await expect.poll(() => active()?.getAttribute("role")).toBe("row");
    });

    it("finds, opens and comes back by keys alone (DR-12)", async () => {
      const { t } = await open();
      page.getByRole("textbox", { name: t("directory-search") }).element().focus();
      await userEvent.keyboard("layla");
      await expect.poll(names).toEqual(["Layla Mansour"]);
      await userEvent.keyboard("{ArrowDown}");
      expect(document.activeElement).toBe(grid().element());
      await expect.poll(activeName).toBe("Layla Mansour");
      await userEvent.keyboard("{Enter}");
      const name = page.getByRole("dialog", { name: "Layla Mansour" }).getByRole("textbox", { name: t("directory-column-name"), exact: true });
      await expect.element(name).toHaveFocus();
      await userEvent.keyboard("{Escape}");
      await expect.element(grid()).toHaveFocus();
      await expect.poll(activeName).toBe("Layla Mansour");
    });

    it("says why it could not be read, and tries again", async () => {
      const { fake, t } = await mounted();
      fake.failNext("directoryGet", ipcError("notYours", { detail: "403 GET /v1/users" }));
      await userEvent.keyboard("{Control>}6{/Control}");
      await expect.element(page.getByText(t("error-notYours"))).toBeVisible();
      await page.getByRole("button", { name: t("try-again") }).click();
      await expect.element(rowOf("Rana Khoury")).toBeVisible();
    });

    it("shows a skeleton while it loads, and says when there is nobody", async () => {
      const { fake, t } = await mounted();
      fake.directory.people = [];
      await userEvent.keyboard("{Control>}6{/Control}");
      await expect.element(page.getByText(t("directory-empty"))).toBeVisible();
      fake.hang("directoryGet");
      await userEvent.keyboard("{Control>}1{/Control}{Control>}6{/Control}");
      await expect.poll(() => document.querySelector(`main [aria-label="${t("loading")}"]`)?.childElementCount ?? 0).toBeGreaterThan(3);
    });

    it("shows nobody as there while the server is not heard (DR-05, DR-08)", async () => {
      const { fake, t } = await open();
      fake.setSystem(LOST);
      await expect.element(page.getByText(t("directory-offline"))).toBeVisible();
      await expect.element(rowOf("Layla Mansour").getByText(t("presence-unknown")).last()).toBeVisible();
      expect(grid().element().textContent).not.toContain(t("presence-do-not-disturb"));
      expect(document.querySelectorAll("[role='grid'] svg[class*='available']")).toHaveLength(0);
      await page.getByRole("button", { name: t("retry-now") }).click();
      await expect.element(rowOf("Layla Mansour").getByText(t("presence-break"))).toBeVisible();
    });

    it("keeps Id, Name, Status and the row menu in the narrow window, under More", async () => {
      const { t } = await mounted(undefined, COMPACT);
      await page.getByRole("button", { name: t("section-more") }).click();
      await page.getByRole("button", { name: t("section-directory") }).click();
      await expect.element(rowOf("Layla Mansour")).toBeVisible();
      const seen = [...document.querySelectorAll<HTMLElement>("[role='columnheader']")].filter((cell) => cell.offsetParent).map((cell) => plain(cell.textContent ?? ""));
      expect(seen).toEqual([t("directory-column-extension"), t("directory-column-name"), t("directory-column-status"), t("directory-column-actions")]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(COMPACT.width);
      await page.getByRole("button", { name: saying(t("directory-actions", { person: "Layla Mansour" })) }).click();
      await page.getByRole("menuitem", { name: t("directory-edit") }).click();
      await expect.element(page.getByRole("textbox", { name: t("email") })).toBeVisible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(COMPACT.width);
    });
  });
}

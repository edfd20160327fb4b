// Many users at once: what would happen is shown before it does, and what was made stays.
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ADMINISTRATOR } from "../src/backend/fakeRights";
import { ipcError } from "../src/backend/fake";
import { askedFor, mount, type Mounted, saying, visibleText } from "./support";

const box = (name: string) => page.getByRole("textbox", { name, exact: true });
const button = (name: string) => page.getByRole("button", { name: saying(name) });

async function noFaults(): Promise<void> {
  await expect.poll(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().iterations !== Infinity)).toHaveLength(0);
  const { violations } = await axe.run({ include: ["body"], exclude: ["[data-live-announcer]"] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "label-content-name-mismatch": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

async function pick(): Promise<void> {
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no field for a file");
  await userEvent.upload(input, new File(["Id;Name\n2301;Salma\n"], "agents-november.csv", { type: "text/csv" }));
}

for (const language of ["en", "ar"] as const) {
  const open = async (): Promise<Mounted> => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights: ADMINISTRATOR }));
    await userEvent.keyboard("{Control>}6{/Control}");
    await expect.poll(() => document.querySelectorAll("[role='row']").length).toBeGreaterThan(8);
    return mounted;
  };
  const range = async (first: string, last: string): Promise<Mounted> => {
    const mounted = await open();
    await button(mounted.t("bulk-range")).click();
    await box(mounted.t("bulk-first")).fill(first);
    await box(mounted.t("bulk-last")).fill(last);
    await button(mounted.t("bulk-check")).click();
    return mounted;
  };

  describe(`many users, ${language}`, () => {
    it("shows each Id of a range before it exists and strikes out those taken (BK-01)", async () => {
      const { fake, t } = await range("2101", "2110");
      await expect.element(page.getByRole("list", { name: t("bulk-ids") })).toBeVisible();
      expect([...document.querySelectorAll("s")].map((one) => one.textContent)).toEqual(["2104", "2107"]);
      await expect.element(page.getByText(t("bulk-why-exists")).first()).toBeVisible();
      await expect.element(button(t("bulk-start", { count: 8 }))).toBeEnabled();
      expect(askedFor(fake, "bulkStart")).toHaveLength(0);
      expect(askedFor(fake, "bulkRange")).toMatchObject([{ first: "2101", last: "2110", name: t("bulk-name-pattern-usual", { mark: "{id}" }), email: "{id}@maydan.example", role: "user" }]);
      await noFaults();
    });

    it("makes them, and hands the passwords over once (BK-01)", async () => {
      const { fake, t } = await range("2301", "2303");
      await button(t("bulk-start", { count: 3 })).click();
      await expect.element(page.getByText(saying(t("bulk-done", { count: 3 })))).toBeVisible();
      expect(fake.directory.people.filter(({ extension }) => /^230[123]$/.test(extension))).toHaveLength(3);
      expect(visibleText()).not.toContain("kV7-mPq2");
      await noFaults();
      await page.getByRole("dialog").getByRole("button", { name: saying(t("close")) }).first().click();
      await expect.element(page.getByRole("alertdialog")).toBeVisible();
      await page.getByRole("alertdialog").getByRole("button", { name: saying(t("bulk-leave-stay")) }).click();
      await button(t("bulk-passwords-save")).click();
      await expect.element(page.getByText("rannan-passwords-2026-11-21.csv")).toBeVisible();
      await page.getByRole("dialog").getByRole("button", { name: saying(t("close")) }).first().click();
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
      expect(askedFor(fake, "bulkLeave")).toHaveLength(1);
    });

    it("goes on after the server was lost, also when the dialog was closed (BK-01)", async () => {
      const mounted = await open();
      const { fake, t } = mounted;
      fake.bulk.waits = true;
      await button(t("bulk-range")).click();
      await box(t("bulk-first")).fill("2301");
      await box(t("bulk-last")).fill("2310");
      await button(t("bulk-check")).click();
      await button(t("bulk-start", { count: 10 })).click();
      fake.bulkGoesOn(4);
      await expect.element(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
      await noFaults();
      await page.getByRole("dialog").getByRole("button", { name: saying(t("close")) }).last().click();
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
      fake.bulkGoesOn(1, "interrupted");
      await button(t("bulk-range")).click();
      await expect.element(page.getByText(t("bulk-interrupted"))).toBeVisible();
      fake.bulk.waits = false;
      await button(t("bulk-go-on")).click();
      await expect.element(page.getByText(saying(t("bulk-done", { count: 10 })))).toBeVisible();
      expect(new Set(fake.directory.people.map(({ extension }) => extension)).size).toBe(fake.directory.people.length);
    });

    it("says at its field what is wrong with a range (BK-01)", async () => {
      const { t } = await range("2110", "2101");
      await expect.element(page.getByText(t("error-badRange"))).toBeVisible();
      // By key only: mended, planned, and left.
      await box(t("bulk-last")).fill("2112");
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByRole("list", { name: t("bulk-ids") })).toBeVisible();
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    });

    it("maps the columns of a table, shows faults below their rows, and imports the rest (BK-02)", async () => {
      const { fake, t } = await open();
      await button(t("bulk-import")).click();
      await pick();
      await expect.element(page.getByRole("columnheader", { name: /Colour/ })).toBeVisible();
      await noFaults();
      await page.getByRole("button", { name: new RegExp(t("bulk-field-ignore")) }).click();
      await page.getByRole("option", { name: t("bulk-field-role"), exact: true }).click();
      await button(t("bulk-check")).click();
      expect(askedFor(fake, "bulkPlan")).toMatchObject([{ mapping: ["id", "name", "email", "ignore", "role"] }]);
      await expect.element(page.getByText(t("bulk-why-noRole"))).toBeVisible();
      expect(document.querySelectorAll("td[data-fault]").length).toBe(2);
      await noFaults();
      await page.getByRole("radio", { name: saying(t("bulk-faults")) }).click();
      await expect.poll(() => document.querySelectorAll("tbody[data-state='new']").length).toBe(0);
      await button(t("bulk-start-import", { count: 2 })).click();
      await expect.element(page.getByText(saying(t("bulk-done", { count: 2 })))).toBeVisible();
      await button(t("bulk-faults-save")).click();
      expect(askedFor(fake, "bulkSaveFaults")).toMatchObject([{ heading: t("bulk-reason") }]);
    });

    it("cannot be planned without a column for the Id, and says what no table is (BK-02)", async () => {
      const { fake, t } = await open();
      fake.failNext("bulkOpenFile", ipcError("notATable"));
      await button(t("bulk-import")).click();
      await pick();
      await expect.element(page.getByText(t("error-notATable"))).toBeVisible();
      fake.bulk.file = { ...fake.bulk.file, mapping: ["ignore", "name", "email", "role", "ignore"] };
      await pick();
      await expect.element(page.getByText(t("bulk-need-id"))).toBeVisible();
      await expect.element(button(t("bulk-check"))).toBeDisabled();
    });

    it("writes those who are shown, in their order (BK-02)", async () => {
      const { fake, t } = await open();
      await page.getByRole("textbox", { name: t("directory-search") }).fill("Mansour");
      await expect.poll(() => document.querySelectorAll("[role='row']").length).toBe(2);
      await button(t("bulk-export")).click();
      await expect.poll(() => askedFor(fake, "directoryExport")).toEqual([{ ids: ["u-layla"], language }]);
      await expect.element(page.getByText(/rannan-users-2026-11-21\.csv/)).toBeVisible();
    });
  });
}

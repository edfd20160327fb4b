import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { ADMINISTRATOR, OWN_RIGHTS } from "../src/backend/fakeRights";
import type { OwnRights } from "../src/backend/generated";
import { askedFor, mount, plain, saying, visibleText } from "./support";

for (const language of ["en", "ar"] as const) {
  const open = async (rights: OwnRights = ADMINISTRATOR) => {
    const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights }));
    await userEvent.keyboard("{Control>},{/Control}");
    await expect.element(page.getByRole("heading", { name: mounted.t("devices-title") })).toBeVisible();
    return mounted;
  };
  const openPage = async () => {
    const mounted = await open();
    await page.getByRole("navigation").getByRole("button", { name: mounted.t("extensions-page"), exact: true }).click();
    await expect.element(page.getByRole("row", { name: /Rana Khoury/ })).toBeVisible();
    return mounted;
  };
  const cells = (name: RegExp) => [...page.getByRole("row", { name }).element().querySelectorAll("td")].map((cell) => plain(cell.innerText).trim());

  describe(`extensions, ${language}`, () => {
    it("are for those who administer somebody (EX-01)", async () => {
      const { fake, t } = await open(OWN_RIGHTS);
      const item = page.getByRole("navigation").getByRole("button", { name: t("extensions-page"), exact: true });
      expect(item.elements()).toEqual([]);
      fake.setRights(ADMINISTRATOR);
      await item.click();
      await expect.element(page.getByRole("row", { name: /Rana Khoury/ })).toBeVisible();
      fake.setRights(OWN_RIGHTS);
      await expect.element(page.getByRole("heading", { name: t("devices-title") })).toBeVisible();
    });

    it("say whose each is, with what it is registered, how, from where and since when (EX-01)", async () => {
      const { t } = await openPage();
      expect(cells(/يوسف قاسم/).slice(0, 5)).toEqual(["2121", "يوسف قاسم", "Yealink SIP-T46U 108.86.0.20", "TLS", "[2001:db8::21]:5061"]);
      expect(cells(/Rana Khoury/)[5]).toContain("08:02");
      expect(cells(/Reception desk/)[2]).toBe(t("extensions-no-device"));
      for (const column of [0, 2, 3, 4]) expect(page.getByRole("row", { name: /يوسف قاسم/ }).element().querySelectorAll("td")[column]?.querySelector("bdi")?.dir).toBe("ltr");
      await expect.element(page.getByText(saying(t("extensions-count", { count: 3 })))).toBeVisible();
    });

    it("are unregistered once that is confirmed, by keys (EX-01)", async () => {
      const { fake, t } = await openPage();
      const button = page.getByRole("button", { name: saying(t("extensions-unregister-of", { extension: "2104", person: "Rana Khoury" })) });
      button.element().focus();
      await userEvent.keyboard("{Enter}");
      const ask = page.getByRole("alertdialog", { name: saying(t("extensions-unregister-title", { extension: "2104" })) });
      await expect.element(ask).toBeVisible();
      await userEvent.keyboard("{Escape}");
      expect(askedFor(fake, "extensionUnregister")).toEqual([]);
      fake.failNext("extensionUnregister", ipcError("serverUnreachable"));
      await userEvent.keyboard("{Enter}");
      await ask.getByRole("button", { name: t("extensions-unregister") }).click();
      await expect.element(ask.getByText(t("error-serverUnreachable"))).toBeVisible();
      await ask.getByRole("button", { name: t("extensions-unregister") }).click();
      await expect.element(page.getByRole("row", { name: /Rana Khoury/ })).not.toBeInTheDocument();
      expect(askedFor(fake, "extensionUnregister")).toEqual([{ id: "d-1" }, { id: "d-1" }]);
    });

    it("say when there are none, or why they could not be read", async () => {
      const { fake, t } = await open();
      fake.directory.devices = [];
      fake.failNext("extensionsGet", ipcError("serverUnreachable"));
      await page.getByRole("navigation").getByRole("button", { name: t("extensions-page"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("extensions-failed"));
      await page.getByRole("button", { name: t("extensions-again") }).click();
      await expect.element(page.getByText(t("extensions-none"))).toBeVisible();
    });
  });
}

import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { OWN_RIGHTS } from "../src/backend/fakeRights";
import { askedFor, mount, plain, saying, visibleText } from "./support";

const GRACE = { number: "17778732492", name: "Grace Hopper" };

for (const language of ["en", "ar"] as const) {
  describe(`voicemail, ${language}`, () => {
    const box = { enabled: true, messages: 4, new: 2 };
    const list = async () => {
      const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, unseenMissed: 0, voicemail: box }));
      await userEvent.keyboard("{Control>}4{/Control}");
      await page.getByRole("radio", { name: new RegExp(mounted.t("filter-voicemail")) }).click();
      return mounted;
    };
    const rows = () => page.getByRole("main").getByRole("listitem").elements().length;
    const button = (name: string) => page.getByRole("button", { name: saying(name), exact: true });

    it("has no place for somebody without a box (EC-08)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, unseenMissed: 0 }));
      await userEvent.keyboard("{Control>}4{/Control}");
      await expect.element(page.getByRole("radio", { name: t("filter-outgoing"), exact: true })).toBeVisible();
      expect(page.getByRole("radio", { name: new RegExp(t("filter-voicemail")) }).elements()).toEqual([]);
      fake.emit({ kind: "voicemail", state: { enabled: true, messages: 0, new: 0 } });
      await expect.element(page.getByRole("radio", { name: t("filter-voicemail"), exact: true })).toBeVisible();
    });

    it("stands at the history as long as a message was not heard, with missed calls (EC-08)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, unseenMissed: 2, voicemail: { enabled: true, messages: 3, new: 3 } }));
      const sections = page.getByRole("navigation", { name: t("sections") });
      const item = (name: string) => sections.getByRole("button", { name: saying(name), exact: true });
      const both = item(t("section-history-messages", { history: t("section-history-missed", { count: 2 }), count: 3 }));
      await expect.element(both).toBeVisible();
      await expect.poll(() => both.element().textContent).toContain("5");
      fake.emit({ kind: "history", unseenMissed: 0 });
      await expect.element(item(t("section-history-messages", { history: t("section-history"), count: 3 }))).toBeVisible();
      fake.emit({ kind: "voicemail", state: { enabled: true, messages: 3, new: 0 } });
      await expect.element(sections.getByRole("button", { name: t("section-history"), exact: true })).toBeVisible();
    });

    it("lists who left what, is asked again on news, and says when it cannot be read (EC-08)", async () => {
      const { fake, t } = await list();
      await expect.poll(rows).toBe(4);
      expect(visibleText()).toContain(t("voicemail-nobody"));
      fake.setMessages(fake.messages.slice(1));
      await expect.poll(rows).toBe(3);
      fake.failNext("voicemail", ipcError("serverUnreachable"));
      fake.setMessages([]);
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      await button(t("try-again")).click();
      await expect.poll(visibleText).toContain(t("voicemail-none"));
    });

    it("is listened to, and is not new any more then; a call comes first (EC-08)", async () => {
      const { fake, t } = await list();
      const isNew = () => page.getByRole("main").getByText(t("voicemail-new")).elements().length;
      await expect.poll(isNew).toBe(2);
      await button(t("voicemail-listen", { person: GRACE.name })).click();
      expect(askedFor(fake, "player")).toEqual([{ wish: "playMessage", message: "message-1" }]);
      await expect.poll(isNew).toBe(1);
      const player = page.getByRole("group", { name: t("player"), exact: true });
      await expect.element(player.getByRole("slider", { name: t("player-position") })).toBeInTheDocument();
      fake.setPlayer({ recording: "message-1", state: "failed", positionMs: 0, durationMs: 0, speed: 1 });
      await button(t("try-again")).click();
      expect(askedFor(fake, "player").at(-1)).toEqual({ wish: "playMessage", message: "message-1" });
      await button(t("voicemail-close", { person: GRACE.name })).click();
      await expect.poll(() => player.elements().length).toBe(0);
      await button(t("voicemail-mark-new", { person: GRACE.name })).click();
      expect(askedFor(fake, "messageHeard")).toEqual([{ message: "message-1", heard: false }]);
      await expect.poll(isNew).toBe(2);
      fake.ring({ number: "2112", name: "Omar Nasser" });
      await expect.element(button(t("voicemail-listen", { person: GRACE.name }))).toBeDisabled();
    });

    it("is called back, unless no number was sent (EC-08)", async () => {
      const { fake, t } = await list();
      expect(button(t("call-back", { person: t("voicemail-nobody") })).elements()).toEqual([]);
      await button(t("call-back", { person: GRACE.name })).click();
      expect(askedFor(fake, "dial")).toEqual([{ target: GRACE.number }]);
    });

    it("is deleted after a question that names who left it (EC-08)", async () => {
      const { fake, t } = await list();
      const remove = button(t("voicemail-delete", { person: GRACE.name }));
      await remove.click();
      const ask = page.getByRole("alertdialog", { name: t("voicemail-delete-ask") });
      await expect.poll(() => plain(ask.element().textContent ?? "")).toContain(GRACE.name);
      await ask.getByRole("button", { name: t("cancel"), exact: true }).click();
      expect(askedFor(fake, "messageDelete")).toEqual([]);
      await remove.click();
      await ask.getByRole("button", { name: t("voicemail-delete-confirm"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "messageDelete")).toEqual([{ message: "message-1" }]);
      await expect.poll(rows).toBe(3);
      fake.failNext("messageDelete", ipcError("serverUnreachable"));
      await button(t("voicemail-delete", { person: "ليلى منصور" })).click();
      await ask.getByRole("button", { name: t("voicemail-delete-confirm"), exact: true }).click();
      await expect.poll(visibleText).toContain(t("error-serverUnreachable"));
      expect(rows()).toBe(3);
    });

    it("is given to somebody in their card (EC-08)", async () => {
      const { fake, t } = await mount({ language }, (snapshot) => ({ ...snapshot, rights: { ...OWN_RIGHTS, role: "systemAdministrator", livePanel: true, administers: "everybody" } }));
      await userEvent.keyboard("{Control>}6{/Control}");
      await page.getByRole("row", { name: /Rana Khoury/ }).dblClick();
      const use = page.getByRole("switch", { name: t("directory-voicemail"), exact: true });
      await expect.element(use).not.toBeChecked();
      (use.element() as HTMLInputElement).focus();
      await userEvent.keyboard(" ");
      await button(t("save")).click();
      await expect.poll(() => askedFor(fake, "userEdit")).toEqual([{ id: "u-rana", version: 1, useVoicemail: true }]);
    });
  });
}

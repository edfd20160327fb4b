// The profile in the window (PR-*, PS-*, PW-*). What a picture may be and what a password needs is judged in Rust and tested there.
import { beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { RANA } from "../src/backend/fakeData";
import { framed, moved, sideOf, squareOf, turned, zoomed } from "../src/features/profile/crop";
import { askedFor, COMPACT, type Look, mount, type Mounted, mountSignedOut, saying, visibleText } from "./support";

describe("the circle on the photograph (PR-07)", () => {
  const photo = framed(1200, 900);

  it("begins as the largest in the middle", () => {
    expect(squareOf(photo)).toEqual({ x: 150, y: 0, side: 900, quarters: 0 });
    expect(squareOf(framed(3, 1001))).toEqual({ x: 0, y: 499, side: 3, quarters: 0 });
  });

  it("never leaves the photograph, however it is moved and zoomed", () => {
    for (const zoom of [0.1, 1, 1.37, 4, 99]) {
      for (const [right, down] of [[1e6, 1e6], [-1e6, 1e6], [13.7, -1e6], [0.4, 0.3]] as const) {
        for (let quarters = 0; quarters < 4; quarters += 1) {
          const { x, y, side } = squareOf(moved(zoomed({ ...photo, quarters }, zoom), right, down, 264));
          expect([x >= 0, y >= 0, x + side <= 1200, y + side <= 900, side >= 225]).toEqual([true, true, true, true, true]);
        }
      }
    }
  });

  it("moves what is seen the way of the pointer, also when it was turned", () => {
    const close = zoomed(photo, 2);
    const scale = sideOf(close) / 100;
    const at = (quarters: number) => { const frame = moved({ ...close, quarters }, 10, 0, 100); return [frame.x - close.x, frame.y - close.y].map((by) => Math.round(by / scale)); };
    expect([at(0), at(1), at(2), at(3)]).toEqual([[-10, 0], [0, 10], [10, 0], [0, -10]].map(([x, y]) => [(x ?? 0) + 0, (y ?? 0) + 0]));
    expect(squareOf(turned(turned(turned(turned(close, true), true), true), true))).toEqual(squareOf(close));
    expect(turned(close, false).quarters).toBe(3);
  });
});

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
const file = (name: string, bytes: BlobPart = JPEG) => new File([bytes], name);

/** Chooses a file as the system's dialog does. */
function choose(chosen: File): void {
  const files = new DataTransfer();
  files.items.add(chosen);
  const input = document.querySelector<HTMLInputElement>("[data-pane='profile'] input[type='file']");
  if (!input) throw new Error("no way to choose a file");
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function drop(dropped: File): void {
  const files = new DataTransfer();
  files.items.add(dropped);
  document.querySelector("[data-pane='profile']")?.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const dialog = (name: string) => page.getByRole("dialog", { name });

beforeEach(() => { history.replaceState(null, "", location.pathname + location.search); });

for (const language of ["en", "ar"] as const) {
  describe(`profile, ${language}`, () => {
    const open = async (look: Look = {}, change?: Parameters<typeof mount>[1]): Promise<Mounted> => {
      const mounted = await mount({ language, ...look }, change);
      location.hash = "#profile";
      await expect.element(page.getByRole("region", { name: mounted.t("profile-page") })).toBeVisible();
      return mounted;
    };

    it("opens from the menu and by its address, and says what the server says (ST-09, PR-01, PS-01, PS-02, PS-03, PR-04)", async () => {
      const { t } = await mount({ language });
      await userEvent.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
      await page.getByRole("dialog", { name: t("profile-menu") }).getByRole("button", { name: t("profile-settings") }).click();
      await expect.element(page.getByRole("heading", { name: "Noor Haddad" })).toBeVisible();
      const text = visibleText();
      for (const words of ["noor@maydan.example", t("profile-active"), t("profile-service-contactCentre"), t("profile-role-user"), "2107"]) expect(text).toContain(words);
      const email = [...document.querySelectorAll("bdi")].find((element) => element.textContent === "noor@maydan.example");
      expect(email?.dir).toBe("ltr");
      expect(document.querySelectorAll("[data-pane='profile'] input:not([type='file'])")).toHaveLength(0);
    });

    it("changes the name; what is the same or empty cannot be saved (PR-03, PS-04)", async () => {
      const { fake, t } = await open();
      await button(t("profile-name-edit")).click();
      const form = page.getByRole("form", { name: t("profile-name-form") });
      const [first, last] = [form.getByRole("textbox", { name: t("profile-first-name") }), form.getByRole("textbox", { name: t("profile-last-name") })];
      const save = form.getByRole("button", { name: t("save") });
      await expect.element(first).toHaveFocus();
      await expect.element(save).toBeDisabled();
      await first.fill("");
      await last.fill("  ");
      await expect.element(save).toBeDisabled();
      await userEvent.keyboard("{Enter}{Escape}");
      await expect.element(page.getByRole("heading", { name: "Noor Haddad" })).toBeVisible();
      expect(askedFor(fake, "rename")).toEqual([]);

      await button(t("profile-name-edit")).click();
      await first.fill("نُور");
      fake.failNext("rename", ipcError("serverUnreachable"));
      await save.click();
      await expect.element(page.getByText(t("error-serverUnreachable"))).toBeVisible();
      await save.click();
      await expect.element(page.getByRole("heading", { name: "نُور Haddad" })).toBeVisible();
      expect(askedFor(fake, "rename").at(-1)).toEqual({ firstName: "نُور", lastName: "Haddad" });
    });

    it("crops with the keyboard alone and saves; the picture is everywhere at once (PR-06, PR-07, PR-12)", async () => {
      const { fake, t } = await open();
      choose(file("noor.jpg"));
      await expect.element(dialog(t("crop-title"))).toBeVisible();
      await expect.poll(() => document.activeElement?.hasAttribute("data-crop")).toBe(true);
      for (let at = 0; at < 10; at += 1) await userEvent.keyboard("+");
      await expect.poll(() => document.querySelector("[role='dialog'] input[type='range']")?.getAttribute("aria-valuetext") ?? (document.querySelector("[role='dialog'] input[type='range']") as HTMLInputElement).value).toMatch(/200|٢٠٠/);
      await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}{ArrowDown}r");
      await button(t("crop-save")).click();
      await expect.poll(() => askedFor(fake, "photoSave")).toHaveLength(1);
      const saved = askedFor(fake, "photoSave")[0] as { photo: number; x: number; y: number; side: number; quarters: number };
      expect([saved.photo, saved.side, saved.quarters]).toEqual([1, 450, 1]);
      expect(saved.x).toBeLessThan(375);
      expect(saved.y).toBeLessThan(225);
      await expect.element(dialog(t("crop-title"))).not.toBeInTheDocument();
      await expect.poll(() => document.querySelectorAll("[data-region='rail'] [data-picture]").length).toBe(1);
      await expect.poll(() => askedFor(fake, "photoClose")).toHaveLength(1);
      expect(document.querySelectorAll("[data-pane='profile'] [data-picture]")).toHaveLength(1);

      fake.setProfile({ avatar: null });
      await expect.poll(() => document.querySelectorAll("[data-picture]").length).toBe(0);
      expect(visibleText()).toContain("NH");
    });

    it("drags, zooms by wheel and turns by button; Cancel leaves everything as it was (PR-07)", async () => {
      const { fake, t } = await open();
      drop(file("noor.png"));
      await expect.element(dialog(t("crop-title"))).toBeVisible();
      const view = document.querySelector<HTMLElement>("[data-crop]");
      if (!view) throw new Error("no photograph");
      const transform = () => view.querySelector("img")?.style.transform ?? "";
      const before = transform();
      view.dispatchEvent(new WheelEvent("wheel", { deltaY: -300, bubbles: true, cancelable: true }));
      await expect.poll(transform).not.toBe(before);
      const zoomedIn = transform();
      const pointer = (kind: string, x: number, y: number, pointerId = 1) => view.dispatchEvent(new PointerEvent(kind, { pointerId, clientX: x, clientY: y, bubbles: true }));
      view.setPointerCapture = () => {};
      pointer("pointerdown", 200, 200);
      pointer("pointermove", 260, 230);
      pointer("pointerup", 260, 230);
      await expect.poll(transform).not.toBe(zoomedIn);
      // Two fingers that go twice as far apart.
      const width = () => Number.parseFloat(view.querySelector("img")?.style.inlineSize ?? "0");
      const wide = width();
      pointer("pointerdown", 200, 200);
      pointer("pointerdown", 230, 200, 2);
      pointer("pointermove", 245, 200, 2);
      await expect.poll(() => Math.round((100 * width()) / wide)).toBe(150);
      pointer("pointerup", 200, 200);
      pointer("pointerup", 245, 200, 2);
      await button(t("crop-rotate-left")).click();
      await expect.poll(transform).toContain("rotate(270deg)");
      await button(t("cancel")).click();
      await expect.element(dialog(t("crop-title"))).not.toBeInTheDocument();
      expect(askedFor(fake, "photoSave")).toEqual([]);
      await expect.poll(() => askedFor(fake, "photoClose")).toEqual([{ photo: 1 }]);
    });

    it("keeps the circle when saving fails, and says why", async () => {
      const { fake, t } = await open();
      choose(file("noor.jpg"));
      await expect.element(dialog(t("crop-title"))).toBeVisible();
      fake.failNext("photoSave", ipcError("serverUnreachable"));
      await button(t("crop-save")).click();
      await expect.element(dialog(t("crop-title")).getByText(t("error-serverUnreachable"))).toBeVisible();
      await button(t("crop-save")).click();
      await expect.element(dialog(t("crop-title"))).not.toBeInTheDocument();
      expect(askedFor(fake, "photoSave")).toHaveLength(2);
    });

    it("refuses a file by name, with its size and the reason, and reads no more than is needed (PR-08, PR-09)", async () => {
      const { fake, t } = await open();
      choose(file("kitten.jpg", new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39, 0x61])));
      await expect.element(page.getByText(/kitten\.jpg.*GIF/)).toBeVisible();
      choose(file("huge.jpg", new Blob([JPEG, new Uint8Array(9 * 1024 * 1024)])));
      await expect.poll(visibleText).toContain("9.1");
      expect(askedFor(fake, "photoOpen").at(-1)).toEqual({ size: 5 * 1024 * 1024 + 1 });
      for (const why of ["empty", "unknown", "tooManyPixels", "tooComplex", "unsupported", "truncated", "damaged"] as const) {
        fake.nextPhoto = { kind: "refused", why, format: null };
        drop(file("noor.jpg"));
        await expect.poll(visibleText).toContain(t(`photo-fault-${why}`, { name: "noor.jpg", size: `1 ${language === "ar" ? "ك.بايت" : "KB"}` }));
      }
      expect(document.querySelector("[data-crop]")).toBeNull();
    });

    it("warns of a small picture and takes it (PR-10)", async () => {
      const { fake, t } = await open();
      fake.nextPhoto = { kind: "open", photo: 7, width: 120, height: 150, smallerThan: 200 };
      choose(file("tiny.png"));
      await expect.element(page.getByText(saying(t("crop-small", { width: 120, height: 150, least: 200 })))).toBeVisible();
      await button(t("crop-save")).click();
      await expect.poll(() => askedFor(fake, "photoSave")).toEqual([{ photo: 7, x: 0, y: 15, side: 120, quarters: 0 }]);
    });

    it("removes the picture after a question only (PR-11)", async () => {
      const { fake, t } = await open({}, withPhoto);
      await button(t("photo-remove")).click();
      const question = page.getByRole("alertdialog", { name: t("photo-remove-title") });
      await question.getByRole("button", { name: t("cancel") }).click();
      await expect.element(question).not.toBeInTheDocument();
      expect(askedFor(fake, "photoRemove")).toEqual([]);
      await button(t("photo-remove")).click();
      await question.getByRole("button", { name: t("photo-remove-confirm") }).click();
      await expect.poll(() => askedFor(fake, "photoRemove")).toHaveLength(1);
      await expect.poll(() => document.querySelectorAll("[data-picture]").length).toBe(0);
    });

    it("ticks the five rules while one types, and both fields being the same (PW-02)", async () => {
      const { fake, t } = await open();
      await button(t("password-change-open")).click();
      const field = (name: string) => dialog(t("password-change")).getByLabelText(name, { exact: true });
      const kept = () => [...document.querySelectorAll("[data-kept]")].map((rule) => rule.getAttribute("data-kept") === "true");
      const save = dialog(t("password-change")).getByRole("button", { name: t("save") });
      await field(t("password-current")).fill("Old-One-1");
      for (const [typed, expected] of [["z", [0, 0, 1, 0, 0]], ["Zaytoun", [0, 1, 1, 0, 0]], ["Zaytoun7", [1, 1, 1, 1, 0]], ["زيتونٌطيب٧", [1, 0, 0, 1, 1]], ["Zaytoun-7", [1, 1, 1, 1, 1]]] as const) {
        await field(t("password-new")).fill(typed);
        await expect.poll(kept, { message: typed }).toEqual([...expected.map(Boolean), false]);
        await expect.element(save).toBeDisabled();
      }
      await field(t("password-confirm")).fill("Zaytoun-8");
      await expect.element(dialog(t("password-change")).getByText(t("password-mismatch"))).toBeVisible();
      await expect.element(save).toBeDisabled();
      await field(t("password-confirm")).fill("Zaytoun-7");
      await expect.element(save).toBeEnabled();
      expect(visibleText()).not.toContain(t("password-mismatch"));
      expect(askedFor(fake, "changePassword")).toEqual([]);
    });

    it("says at its field that the current password is wrong, with the tries left; Cancel asks nothing (PW-01, PW-04)", async () => {
      const { fake, t } = await open();
      await button(t("password-change-open")).click();
      const field = (name: string) => dialog(t("password-change")).getByLabelText(name, { exact: true });
      await field(t("password-current")).fill("guess");
      await field(t("password-new")).fill("Zaytoun-7");
      await field(t("password-confirm")).fill("Zaytoun-7");
      fake.failNext("changePassword", ipcError("wrongPassword", { triesLeft: 2 }));
      const save = dialog(t("password-change")).getByRole("button", { name: t("save") });
      await expect.element(save).toBeEnabled();
      await save.click();
      await expect.element(page.getByText(saying(t("password-wrong-tries", { count: 2 })))).toBeVisible();
      await expect.element(field(t("password-current"))).toHaveAttribute("aria-invalid", "true");
      fake.failNext("changePassword", ipcError("tooManyTries", { retryAfterS: 240 }));
      await save.click();
      await expect.element(page.getByText(saying(t("error-tooManyTries", { minutes: 4 })))).toBeVisible();
      await field(t("password-current")).fill("Old-One-1");
      await save.click();
      await expect.element(page.getByText(t("password-changed"))).toBeVisible();
      expect(askedFor(fake, "changePassword").at(-1)).toEqual({ current: "Old-One-1", new: "Zaytoun-7" });

      await button(t("password-change-open")).click();
      await field(t("password-new")).fill("Else-More-9");
      await dialog(t("password-change")).getByRole("button", { name: t("cancel") }).click();
      await expect.element(dialog(t("password-change"))).not.toBeInTheDocument();
      expect(askedFor(fake, "changePassword")).toHaveLength(3);
    });

    it("shows the picture of a colleague who calls, and another one when it changes (PR-02, PR-12)", async () => {
      const { fake } = await mount({ language });
      fake.ring(RANA);
      const picture = () => document.querySelector<HTMLElement>("[role='alertdialog'] [data-picture]")?.style.backgroundImage ?? "";
      await expect.poll(picture).toContain("data:image/svg+xml");
      const before = picture();
      fake.emit({ kind: "face", face: { id: "u-2104", extension: "2104", name: "Rana Khoury", avatar: "rana-2" } });
      await expect.poll(() => picture() !== before && picture() !== "").toBe(true);
      fake.emit({ kind: "face", face: { id: "u-2104", extension: "2104", name: "Rana Khoury", avatar: null } });
      await expect.poll(picture).toBe("");
      expect(askedFor(fake, "picture")).toContainEqual({ user: "u-2104", revision: "rana-1", large: true });
    });

    it("has no more than facts for a SIP account, and no password for practice", async () => {
      const { t } = await open({}, (snapshot) => withUser(snapshot, { profile: null, email: "", server: "pbx.example" }));
      expect(visibleText()).toContain(t("profile-sip-note"));
      await expect.element(button(t("photo-upload"))).not.toBeInTheDocument();
      const again = await open({}, (snapshot) => withUser(snapshot, { practice: true }));
      await expect.element(button(again.t("password-change-open"))).not.toBeInTheDocument();
    });

    it("tells somebody who was suspended why they are out (PS-02)", async () => {
      const { t } = await mountSignedOut({ language }, (snapshot) => (snapshot.session.phase === "signedOut" ? { ...snapshot, session: { ...snapshot.session, why: { why: "suspended" } } } : snapshot));
      await expect.element(page.getByText(t("session-suspended"))).toBeVisible();
    });

    it("is used in the narrow window too", async () => {
      const { fake, t } = await open({ size: COMPACT });
      choose(file("noor.jpg"));
      await button(t("crop-save")).click();
      await expect.poll(() => askedFor(fake, "photoSave")).toHaveLength(1);
    });
  });
}

type Shot = Parameters<NonNullable<Parameters<typeof mount>[1]>>[0];

function withUser(snapshot: Shot, more: object): Shot {
  return snapshot.session.phase === "signedIn" ? { ...snapshot, session: { ...snapshot.session, user: { ...snapshot.session.user, ...more } } } : snapshot;
}

function withPhoto(snapshot: Shot): Shot {
  return snapshot.session.phase === "signedIn" && snapshot.session.user.profile ? withUser(snapshot, { profile: { ...snapshot.session.user.profile, avatar: "noor-1" } }) : snapshot;
}

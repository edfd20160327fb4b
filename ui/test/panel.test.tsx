import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ipcError } from "../src/backend/fake";
import { LOST } from "../src/backend/fakeData";
import { AGENTS, PANEL, SUPERVISOR } from "../src/backend/fakePanel";
import { topOf } from "../src/features/panel/HalfHours";
import { inTurn, isBroken, isLate } from "../src/features/panel/words";
import { askedFor, COMPACT, mount, type Mounted, plain, saying, visibleText } from "./support";

const agentRow = (id: string) => document.querySelector<HTMLElement>(`[data-agent="${id}"]`);
const agentNames = () => [...document.querySelectorAll("[data-agent] b")].map((name) => name.textContent);
const button = (name: string) => page.getByRole("button", { name: saying(name) });
const item = (name: string) => page.getByRole("menuitem", { name: saying(name) });

for (const language of ["en", "ar"] as const) {
  describe(`live panel, ${language}`, () => {
    const open = async (before: (mounted: Mounted) => void = () => undefined): Promise<Mounted> => {
      const mounted = await mount({ language }, (snapshot) => ({ ...snapshot, rights: SUPERVISOR }));
      before(mounted);
      await userEvent.keyboard("{Control>}5{/Control}");
      return mounted;
    };
    const shown = async (): Promise<Mounted> => {
      const mounted = await open();
      await expect.poll(() => document.querySelectorAll("main figure").length).toBe(5);
      return mounted;
    };

    it("is absent without the right, and goes when the right goes (LP-01)", async () => {
      const { t } = await mount({ language });
      expect(document.querySelector("nav")?.textContent).not.toContain(t("section-panel"));
      const { fake } = await shown();
      fake.setRights({ ...SUPERVISOR, livePanel: false });
      await expect.poll(() => document.querySelectorAll("[data-agent]").length).toBe(0);
      expect(document.querySelector("nav")?.textContent).not.toContain(t("section-panel"));
    });

    it("begins the watch when it is opened and ends it when it is left (LP-01)", async () => {
      const { fake } = await shown();
      expect(askedFor(fake, "panelGet")).toHaveLength(1);
      expect(askedFor(fake, "panelLeave")).toHaveLength(0);
      await userEvent.keyboard("{Control>}1{/Control}");
      await expect.poll(() => askedFor(fake, "panelLeave").length).toBe(1);
    });

    it("shows what each agent does and for how long, those who talk first (LP-02)", async () => {
      const { fake, t } = await shown();
      expect(agentNames().slice(0, 3)).toEqual(["Omar Nasser", "Dina Farouk", "زياد عبّود"]);
      expect(agentNames()).toHaveLength(AGENTS.length);
      expect(plain(agentRow("u-omar")?.textContent ?? "")).toContain("Khaled Al-Amin");
      expect(plain(agentRow("u-tariq")?.textContent ?? "")).toMatch(new RegExp(t("panel-left", { time: "0:3\\d" })));
      fake.setPanel(fake.panel.withAgent("u-rana", { activity: "ringing", forMs: 0 }));
      await expect.poll(() => plain(agentRow("u-rana")?.textContent ?? "")).toContain(t("presence-ringing"));
    });

    it("counts on from what was told, and stands still while nothing is told (LP-02)", async () => {
      const { fake } = await shown();
      await expect.poll(() => agentRow("u-omar")?.textContent, { timeout: 4000 }).toContain("3:43");
      fake.setPanel({ complete: false, agents: PANEL.agents.map((one) => (one.id === "u-omar" ? { ...one, forMs: 230_000 } : one)) });
      await expect.poll(() => agentRow("u-omar")?.textContent).toContain("3:50");
    });

    it("marks a queue with a broken target, a long wait and a long talk (LP-03)", async () => {
      const { t } = await shown();
      const row = page.getByRole("row", { name: /التوصيل/ });
      await expect.element(row).toHaveTextContent(new RegExp(t("panel-broken")));
      await expect.element(page.getByRole("row", { name: /Sales/ })).not.toHaveTextContent(new RegExp(t("panel-broken")));
      expect(agentRow("u-dina")?.querySelector("[class*='late']")?.textContent).toContain("11:0");
      expect(agentRow("u-omar")?.querySelector("[class*='late']")).toBeNull();
    });

    it("sorts queues by what is pressed, by key too (LP-03)", async () => {
      const { t } = await shown();
      const first = () => document.querySelector("tbody tr th")?.textContent;
      expect(first()).toContain("Sales");
      button(t("panel-column-level")).element().focus();
      await userEvent.keyboard("{Enter}");
      await expect.element(page.getByRole("columnheader", { name: t("panel-column-level") }).first()).toHaveAttribute("aria-sort", "descending");
      expect(first()).toContain("Returns");
      await userEvent.keyboard("{Enter}");
      await expect.poll(first).toContain("التوصيل");
    });

    it("shows callers and agents of one queue, and of all again (LP-03)", async () => {
      const { t } = await shown();
      await button("Billing").click();
      await expect.poll(() => agentNames().length).toBe(4);
      expect(visibleText()).not.toContain("Daniel Okafor");
      expect(visibleText()).toContain("Grace Whitfield");
      await button(t("panel-all-queues")).click();
      await expect.poll(() => agentNames().length).toBe(AGENTS.length);
    });

    it("pulls a waiting caller to oneself (LP-04)", async () => {
      const { fake, t } = await shown();
      await button(t("panel-caller-actions", { person: "Daniel Okafor" })).click();
      await item(t("panel-pull")).click();
      await expect.poll(() => askedFor(fake, "panelAct")).toEqual([{ kind: "pull", caller: "w1" }]);
      await expect.poll(visibleText).not.toContain("Daniel Okafor");
    });

    it("says when the caller waits no more (LP-04)", async () => {
      const { fake, t } = await shown();
      fake.failNext("panelAct", ipcError("noSuchCall"));
      await button(t("panel-caller-actions", { person: "Daniel Okafor" })).click();
      await item(t("panel-pull")).click();
      await expect.poll(visibleText).toContain(plain(t("error-noSuchCall")));
    });

    it("sends a waiting caller to a queue or to a typed extension, after a second press (LP-04)", async () => {
      const { fake, t } = await shown();
      await button(t("panel-caller-actions", { person: "Daniel Okafor" })).click();
      await item(t("panel-send")).click();
      await page.getByRole("option", { name: /Billing/ }).click();
      expect(askedFor(fake, "panelAct")).toEqual([]);
      await page.getByRole("textbox", { name: t("panel-send-search") }).fill("4711");
      await page.getByRole("option", { name: /4711/ }).click();
      await page.getByRole("button", { name: /4711/ }).click();
      await expect.poll(() => askedFor(fake, "panelAct")).toEqual([{ kind: "sendCaller", caller: "w1", to: "4711" }]);
    });

    it("listens, whispers and barges in where it may, and only into a call (LP-04)", async () => {
      const { fake, t } = await shown();
      button(t("panel-whisper-to", { person: "Omar Nasser" })).element().focus();
      await userEvent.keyboard("{Enter}");
      await expect.poll(() => askedFor(fake, "supervise")).toEqual([{ user: "u-omar", mode: "whisper" }]);
      await expect.poll(() => plain(agentRow("u-omar")?.textContent ?? "")).toContain(t("panel-supervised-whisper"));
      expect(button(t("panel-listen-to", { person: "Rana Khoury" })).query()).toBeNull();
      fake.setPanel(fake.panel.withAgent("u-omar", { may: { force: true, endSessions: true, supervise: false, hear: false } }));
      await expect.poll(() => button(t("panel-listen-to", { person: "Omar Nasser" })).query()).toBeNull();
    });

    it("plays recordings of an agent whom one may hear (RG-12)", async () => {
      const { fake, t } = await shown();
      await button(t("panel-agent-actions", { person: "Omar Nasser" })).click();
      await item(t("panel-recordings")).click();
      const dialog = page.getByRole("dialog", { name: saying(t("recordings-of-title", { person: "Omar Nasser" })) });
      await expect.poll(() => dialog.getByRole("listitem").elements().length).toBe(6);
      expect(askedFor(fake, "recordings")).toEqual([{ user: "u-omar", before: null }]);
      await dialog.getByRole("button", { name: saying(t("recordings-listen", { person: "Grace Hopper" })) }).first().click();
      expect(askedFor(fake, "player")).toEqual([{ wish: "play", recording: "recording-0" }]);
      await expect.element(dialog.getByRole("slider", { name: t("player-position") })).toBeInTheDocument();
      // What nobody sees any more is not heard either.
      await dialog.getByRole("button", { name: t("close"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "player").at(-1)).toEqual({ wish: "close" });
      fake.setPanel(fake.panel.withAgent("u-omar", { may: { force: true, endSessions: true, supervise: false, hear: false } }));
      await button(t("panel-agent-actions", { person: "Omar Nasser" })).click();
      await expect.element(item(t("directory-end-sessions"))).toBeVisible();
      expect(item(t("panel-recordings")).elements()).toEqual([]);
    });

    it("forces a status (LP-04)", async () => {
      const { fake, t } = await shown();
      await button(t("panel-agent-actions", { person: "Rana Khoury" })).click();
      await item(t("directory-force")).click();
      await page.getByRole("menuitemradio", { name: t("presence-break") }).click();
      await expect.poll(() => askedFor(fake, "panelAct")).toEqual([{ kind: "force", user: "u-rana", status: "break", text: "" }]);
      await expect.poll(() => plain(agentRow("u-rana")?.textContent ?? "")).toContain(t("presence-break"));
    });

    it("signs an agent out after it was asked (LP-04)", async () => {
      const { fake, t } = await shown();
      await button(t("panel-agent-actions", { person: "Layla Mansour" })).click();
      await item(t("directory-end-sessions")).click();
      expect(askedFor(fake, "panelAct")).toEqual([]);
      await page.getByRole("alertdialog").getByRole("button", { name: t("directory-end-sessions"), exact: true }).click();
      await expect.poll(() => askedFor(fake, "panelAct")).toEqual([{ kind: "endSessions", user: "u-layla" }]);
    });

    it("offers nothing to do to oneself (LP-04)", async () => {
      const { t } = await shown();
      expect(button(t("panel-agent-actions", { person: "Noor Haddad" })).query()).toBeNull();
    });

    it("has each chart as a table, and reads it with the arrow keys (CH-01, CH-02, CH-03)", async () => {
      const { t } = await shown();
      for (const [title, rows] of [["panel-chart-calls", 12], ["panel-sum-level", 12], ["panel-chart-states", 3], ["panel-chart-directions", 5], ["panel-chart-breaks", 4]] as const) {
        const table = page.getByRole("figure", { name: t(title), exact: true }).element().querySelector("table");
        expect(table?.querySelectorAll("tbody tr"), title).toHaveLength(rows);
      }
      const states = page.getByRole("figure", { name: t("panel-chart-states"), exact: true });
      expect([...states.element().querySelectorAll("tbody td")].map((cell) => cell.textContent)).toEqual(["7", "3", "1"]);
      page.getByRole("group", { name: saying(t("panel-chart-read", { title: t("panel-chart-calls") })) }).element().focus();
      await userEvent.keyboard(language === "ar" ? "{ArrowLeft}{ArrowLeft}" : "{ArrowRight}{ArrowRight}");
      await expect.poll(() => plain(document.querySelector("figure [role='status']")?.textContent ?? "")).toBe(plain(t("panel-reading-calls", { time: "08:30", answered: 18, abandoned: 1 })));
    });

    it("says that it is not live, and tries again after a failure (LP-02)", async () => {
      const { fake, t } = await open(({ fake: engine }) => engine.failNext("panelGet", ipcError("serverUnreachable")));
      await expect.element(page.getByText(t("panel-failed"))).toBeVisible();
      await button(t("try-again")).click();
      await expect.poll(() => document.querySelectorAll("[data-agent]").length).toBe(AGENTS.length);
      expect(visibleText()).toContain(t("panel-live"));
      fake.setSystem(LOST);
      await expect.element(page.getByText(t("panel-stale"))).toBeVisible();
      expect(visibleText()).toContain(t("panel-not-live"));
    });

    it("says so when the server refuses it (LP-01)", async () => {
      const { t } = await open(({ fake }) => fake.failNext("panelGet", ipcError("notYours")));
      await expect.element(page.getByText(t("panel-forbidden"))).toBeVisible();
      expect(button(t("try-again")).query()).toBeNull();
    });

    it("fills the screen by key, and Esc leaves (LP-01)", async () => {
      const { t } = await shown();
      await userEvent.keyboard("{F11}");
      const wall = page.getByRole("dialog", { name: t("panel-wall"), exact: true });
      await expect.element(wall).toBeVisible();
      expect(Number.parseFloat(getComputedStyle(wall.element().querySelector("b") as HTMLElement).fontSize)).toBeGreaterThan(50);
      await userEvent.keyboard("{Escape}");
      await expect.poll(() => wall.query()).toBeNull();
    });

    it("is reached under More in the narrow window (LP-01)", async () => {
      const { t } = await mount({ language, size: COMPACT }, (snapshot) => ({ ...snapshot, rights: SUPERVISOR }));
      await button(t("section-more")).click();
      await button(t("section-panel")).click();
      await expect.poll(() => document.querySelectorAll("[data-agent]").length).toBe(AGENTS.length);
    });
  });
}

describe("what stands out", () => {
  it("is a share below the target, and a wait beyond the time (LP-03)", () => {
    expect(isBroken({ serviceLevel: 79.9, target: 80 })).toBe(true);
    expect(isBroken({ serviceLevel: 80, target: 80 })).toBe(false);
    expect(isBroken({ serviceLevel: null, target: 80 })).toBe(false);
    expect(isLate({ withinS: 20 }, 20_000)).toBe(false);
    expect(isLate({ withinS: 20 }, 20_001)).toBe(true);
    expect(isLate({ withinS: 20 }, null)).toBe(false);
  });

  it("keeps the order of extensions among those who do the same (LP-02)", () => {
    expect(inTurn(AGENTS).filter(({ activity }) => activity === "ready").map(({ id }) => id)).toEqual(["u-rana", "u-sami", "u-2107"]);
  });

  it("has a scale that holds every bar, in round numbers", () => {
    const of = (answered: number) => topOf([{ startsAt: 0, answered, abandoned: 0, serviceLevel: null }]);
    expect([0, 1, 3, 14, 16, 44, 45, 46, 151, 600].map(of)).toEqual([3, 3, 3, 15, 30, 45, 45, 60, 300, 600]);
  });
});

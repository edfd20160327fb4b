// The live panel as Rust tells it, from when it is opened until it is left.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError, Panel, PanelCharts } from "../../backend/generated";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";

export type Read<T> = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; at: At<T> };

/** So often the charts are asked for while they are shown: they are sums of the day, which nobody tells by themselves. */
const CHARTS_MS = 30_000;

/** Asks for all, then follows. */
export function usePanel(): { read: Read<Panel>; again(): void } {
  const { backend, panel } = useEngine();
  const [read, setRead] = useState<Read<Panel>>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const show = (value: Panel) => setRead({ kind: "there", at: { value, receivedAt: performance.now() } });
    // News may overtake the answer; they are newer than it.
    let told = false;
    const leave = panel.subscribe((news) => { told = true; show(news); });
    backend.panelGet().then(
      (first) => { if (current && !told) show(first); },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => {
      current = false;
      leave();
    };
  }, [backend, panel, attempt]);
  useEffect(() => () => { backend.panelLeave().catch(() => undefined); }, [backend]);
  const again = useCallback(() => { setRead({ kind: "loading" }); setAttempt((count) => count + 1); }, []);
  return { read, again };
}

/** Charts of today; asked again every half minute, and when the connection is back. What stands there stays until the newer answer comes. */
export function useCharts(live: boolean): { read: Read<PanelCharts>; again(): void } {
  const { backend } = useEngine();
  const [read, setRead] = useState<Read<PanelCharts>>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const ask = () => {
      backend.panelCharts().then(
        (value) => { if (current) setRead({ kind: "there", at: { value, receivedAt: performance.now() } }); },
        (thrown: unknown) => { if (current) setRead((now) => (now.kind === "there" ? now : { kind: "failed", error: asIpcError(thrown) })); },
      );
    };
    ask();
    const timer = setInterval(ask, CHARTS_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [backend, live, attempt]);
  const again = useCallback(() => { setRead({ kind: "loading" }); setAttempt((count) => count + 1); }, []);
  return { read, again };
}

// Connects the window to Rust: snapshot first, then events; every request that fails becomes a problem on screen.
import { createContext, type Dispatch, type ReactNode, useCallback, useContext, useEffect, useMemo, useReducer } from "react";
import { asIpcError, type Backend } from "../backend/backend";
import type { Snapshot, UiEvent } from "../backend/generated";
import { type BulkFeed, bulkFeed } from "./bulk";
import { type DirectoryFeed, directoryFeed } from "./directory";
import { type LevelFeed, levelFeed } from "./levels";
import { type PanelFeed, panelFeed } from "./panel";
import { type Action, initialState, reduce, type State } from "./state";

interface Engine {
  state: State;
  backend: Backend;
  levels: LevelFeed;
  directory: DirectoryFeed;
  panel: PanelFeed;
  bulk: BulkFeed;
  dispatch: Dispatch<Action>;
  /** Runs a request whose result comes as an event; tells the user when it fails. */
  run(request: Promise<unknown>): void;
  /** A tone into a call; it stays readable once the engine has taken it. */
  sendDigit(call: string, digit: string): void;
}

const Context = createContext<Engine | null>(null);

/** What was loaded before the first render; see `main.tsx`. */
export interface Start {
  backend: Backend;
  snapshot: Snapshot;
  /** Events that arrived since; the listener takes over. */
  follow(listener: (event: UiEvent) => void): () => void;
}

export function EngineProvider({ start, children }: { start: Start; children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, start.snapshot, (snapshot) => initialState(snapshot, performance.now()));
  const levels = useMemo(levelFeed, []);
  const directory = useMemo(directoryFeed, []);
  const panel = useMemo(panelFeed, []);
  const bulk = useMemo(bulkFeed, []);
  useEffect(
    () =>
      start.follow((event) => {
        if (event.kind === "levels") levels.push(event.levels);
        else if (event.kind === "directoryChanged") directory.push(event);
        else if (event.kind === "panel") panel.push(event.panel);
        else if (event.kind === "bulk") bulk.push(event);
        else dispatch({ kind: "rust", event, at: performance.now() });
      }),
    [start, levels, directory, panel, bulk],
  );
  // Stable: effects may name it without running again for each event.
  const run = useCallback((request: Promise<unknown>) => {
    request.catch((thrown: unknown) => dispatch({ kind: "failed", error: asIpcError(thrown) }));
  }, []);
  const sendDigit = useCallback(
    (call: string, digit: string) => run(start.backend.dtmf({ call, digits: digit }).then(() => dispatch({ kind: "digitSent", call, digit }))),
    [run, start],
  );
  const engine = useMemo<Engine>(() => ({ state, backend: start.backend, levels, directory, panel, bulk, dispatch, run, sendDigit }), [state, start, levels, directory, panel, bulk, run, sendDigit]);
  return <Context.Provider value={engine}>{children}</Context.Provider>;
}

export function useEngine(): Engine {
  const engine = useContext(Context);
  if (!engine) throw new Error("useEngine needs <EngineProvider> above it");
  return engine;
}

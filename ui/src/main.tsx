// Starts the window: loads what Rust knows, then renders once, in the right language and theme.
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import type { Backend } from "./backend/backend";
import { follow } from "./backend/follow";
import { tauriBackend } from "./backend/tauri";
import { NoticeWindow } from "./features/notice/NoticeWindow";
import { EngineProvider } from "./state/Engine";

/** In a browser without Rust, while developing: the scripted engine. It is no part of a build. */
const inBrowser = import.meta.env.DEV && !("__TAURI_INTERNALS__" in globalThis);
const backend: Backend = inBrowser ? (await import("./backend/demo")).demoBackend : tauriBackend;

/** The small window has the same page (src-tauri/src/notice). */
const isNotice = new URLSearchParams(location.search).get("view") === "notice";

const root = createRoot(document.getElementById("root") ?? document.body);
const start = await follow(backend);
root.render(
  <StrictMode>
    <EngineProvider start={start}>
      {isNotice ? <NoticeWindow /> : <App />}
    </EngineProvider>
  </StrictMode>,
);
if (!isNotice) requestAnimationFrame(() => requestAnimationFrame(() => void backend.painted()));

// Starts the window: loads what Rust knows, then renders once, in the right language and theme.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { follow } from "./backend/follow";
import { tauriBackend } from "./backend/tauri";
import { EngineProvider } from "./state/Engine";
import "./styles/tokens.css";
import "./styles/base.css";

const root = createRoot(document.getElementById("root") ?? document.body);
const start = await follow(tauriBackend);
root.render(
  <StrictMode>
    <EngineProvider start={start}>
      <App />
    </EngineProvider>
  </StrictMode>,
);
requestAnimationFrame(() => requestAnimationFrame(() => void tauriBackend.painted()));

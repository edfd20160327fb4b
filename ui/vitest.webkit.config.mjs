// The same scenes in WebKitGTK, which draws the window on Linux: npm run test:webkit --workspace ui.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { webkit } from "./test/webkit/provider.mjs";

export default defineConfig({
  plugins: [react()],
  // Beside that of the other configuration, which bundles for another provider.
  cacheDir: "node_modules/.vite-webkit",
  optimizeDeps: { exclude: ["@vitest/browser", "@vitest/browser/locators"], include: ["vitest-browser-react", "axe-core", "@fluent/bundle", "react", "react/jsx-dev-runtime", "react-dom/client", "react-aria-components"] },
  test: {
    include: ["test/webkit/*.test.ts"],
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    browser: { enabled: true, headless: false, ui: false, screenshotFailures: false, instances: [{ browser: "webkitgtk", viewport: { width: 1040, height: 720 } }], provider: webkit() },
  },
});

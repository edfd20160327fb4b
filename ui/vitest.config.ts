import { playwright } from "@vitest/browser-playwright";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const chromium = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";

export default defineConfig({
  plugins: [react()],
  // Found late, they would make the page reload in the middle of a test.
  optimizeDeps: { include: ["vitest-browser-react", "axe-core", "@fluent/bundle", "react", "react/jsx-dev-runtime", "react-dom/client", "react-aria-components"] },
  test: {
    include: ["test/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    // Vitest leaves one core for itself, which of two is half.
    maxWorkers: 2,
    // The one second that Vitest gives is little on a machine that does other things too.
    expect: { poll: { timeout: 10_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: "chromium", viewport: { width: 1040, height: 720 } }],
      provider: playwright({ launchOptions: { executablePath: chromium, args: ["--no-sandbox"] } }),
    },
  },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { host: "127.0.0.1" },
  // WebKitGTK 2.40, WebView2 and Safari 16.4 have what we use; nothing older is shipped by the systems we support.
  build: { target: "es2022", cssTarget: "safari16.4", assetsInlineLimit: 0 },
});

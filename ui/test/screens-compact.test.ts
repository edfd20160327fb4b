import { showAll } from "./screens";

showAll({ size: "compact", language: "en", theme: "light", examined: true });
showAll({ size: "compact", language: "ar", theme: "dark", examined: false });

import { showAll } from "./screens";

showAll({ size: "wide", language: "ar", theme: "dark", examined: true });
showAll({ size: "wide", language: "en", theme: "dark", examined: false });

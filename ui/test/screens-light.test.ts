import { showAll } from "./screens";

showAll({ size: "wide", language: "en", theme: "light", examined: true });
showAll({ size: "wide", language: "ar", theme: "light", examined: false });

import { showAll } from "./screens";

showAll({ size: "wide", language: "en", themes: ["light", "dark"], examined: "light" });

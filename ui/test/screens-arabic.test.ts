import { showAll } from "./screens";

showAll({ size: "wide", language: "ar", themes: ["light", "dark"], examined: "dark" });

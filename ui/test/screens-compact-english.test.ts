import { showAll } from "./screens";

showAll({ size: "compact", language: "en", themes: ["light"], examined: "light" });

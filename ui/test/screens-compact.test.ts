import { showAll } from "./screens";

showAll({ size: "compact", language: "en", themes: ["light"], examined: "light" });
showAll({ size: "compact", language: "ar", themes: ["dark"], examined: null });

import { showAll } from "./screens";

showAll({ size: "compact", language: "ar", themes: ["dark"], examined: null });

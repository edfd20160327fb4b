// Every screen in the engine that draws the window on Linux.
import { showAll } from "../screens";

const output = "../../../tests/output/webkit";
showAll({ size: "wide", language: "en", themes: ["light", "dark"], examined: null, output });
showAll({ size: "wide", language: "ar", themes: ["light", "dark"], examined: null, output });

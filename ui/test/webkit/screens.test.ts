// Every screen in the engine that draws the window on Linux. A theme is colours alone, which the other engine shows in both languages: here each
// language has one.
import { showAll } from "../screens";

const output = "../../../tests/output/webkit";
showAll({ size: "wide", language: "en", themes: ["light"], examined: null, output });
showAll({ size: "wide", language: "ar", themes: ["dark"], examined: null, output });

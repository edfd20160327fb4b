// Words of the window: finds what is missing, obsolete, unused or unlike between the catalogues, and writes the types of their keys.
//   node scripts/check-ftl.mjs          writes src/i18n/messages.ts
//   node scripts/check-ftl.mjs --check  fails when it is not current, or on any fault
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, Visitor } from "@fluent/syntax";

const BASE = "en";
const CATEGORIES = new Set(["zero", "one", "two", "few", "many", "other"]);
const src = fileURLToPath(new URL("../src/", import.meta.url));
const rust = fileURLToPath(new URL("../../src-tauri/src/", import.meta.url));
const locales = join(src, "i18n", "locales");
const target = join(src, "i18n", "messages.ts");
const faults = [];

/** What a catalogue says of each message: its variables with their types, its plural selects, its text. */
function load(locale) {
  const messages = new Map();
  for (const file of readdirSync(join(locales, locale)).filter((name) => name.endsWith(".ftl"))) {
    for (const entry of parse(readFileSync(join(locales, locale, file), "utf8"), {}).body) {
      if (entry.type === "Junk") faults.push(`${locale}/${file}: ${entry.annotations.map((a) => a.message)}: ${entry.content.split("\n")[0]}`);
      if (entry.type !== "Message") continue;
      if (messages.has(entry.id.name)) faults.push(`${locale}/${file}: duplicate ${entry.id.name}`);
      if (locale === BASE && !entry.comment) faults.push(`${locale}/${file}: ${entry.id.name} lacks a comment for the translator`);
      messages.set(entry.id.name, look(entry));
    }
  }
  return messages;
}

function look(message) {
  const variables = new Map();
  const plurals = [];
  const visitor = new (class extends Visitor {
    visitVariableReference(node) {
      if (!variables.has(node.id.name)) variables.set(node.id.name, "string");
    }
    visitFunctionReference(node) {
      const [argument] = node.arguments.positional;
      if (argument?.type === "VariableReference" && node.id.name === "NUMBER") variables.set(argument.id.name, "number");
      this.genericVisit(node);
    }
    visitSelectExpression(node) {
      const keys = node.variants.map((variant) => variant.key.name ?? variant.key.value);
      if (node.selector.type === "VariableReference" && keys.every((key) => CATEGORIES.has(key) || /^\d+$/.test(key))) {
        variables.set(node.selector.id.name, "number");
        plurals.push(keys);
      }
      this.genericVisit(node);
    }
  })();
  visitor.visit(message);
  return { variables, plurals };
}

function compare(locale, reference, translated) {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const [id, { variables }] of reference) {
    const other = translated.get(id);
    if (!other) {
      faults.push(`${locale}: missing ${id}`);
      continue;
    }
    for (const name of other.variables.keys()) if (!variables.has(name)) faults.push(`${locale}: ${id} has an unknown $${name}`);
    for (const name of variables.keys()) if (!other.variables.has(name)) faults.push(`${locale}: ${id} never uses $${name}`);
    for (const keys of other.plurals) {
      const missing = needed.filter((category) => !keys.includes(category));
      if (missing.length > 0) faults.push(`${locale}: ${id} lacks the plural forms ${missing}`);
    }
  }
  for (const id of translated.keys()) if (!reference.has(id)) faults.push(`${locale}: obsolete ${id}`);
}

function unused(reference) {
  const code = readdirSync(src, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith("messages.ts") && !name.endsWith("generated.ts"))
    .map((name) => readFileSync(join(src, name), "utf8")).concat(shell()).join("\n");
  // Families such as `error-${code}` are used through a template that begins with their common part.
  const families = [...code.matchAll(/`([a-z][a-z0-9-]*-)\$\{/g)].map((match) => match[1]);
  for (const id of reference.keys()) {
    if (!code.includes(`"${id}"`) && !families.some((family) => id.startsWith(family))) faults.push(`unused ${id}`);
  }
}

/** Tray and window titles take their words from the same catalogues. */
function shell() {
  return readdirSync(rust, { recursive: true }).filter((name) => name.endsWith(".rs")).map((name) => readFileSync(join(rust, name), "utf8"));
}

function types(reference) {
  const line = ([id, { variables }]) => {
    const fields = [...variables].map(([name, type]) => `${JSON.stringify(name)}: ${type}`).join("; ");
    return `  ${JSON.stringify(id)}: ${variables.size ? `{ ${fields} }` : "undefined"};`;
  };
  return `// Written by scripts/check-ftl.mjs from the English catalogue. Do not edit.\nexport interface Messages {\n${[...reference].sort(([a], [b]) => (a < b ? -1 : 1)).map(line).join("\n")}\n}\n`;
}

const reference = load(BASE);
for (const locale of readdirSync(locales).filter((name) => name !== BASE)) compare(locale, reference, load(locale));
unused(reference);
const text = types(reference);
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) faults.push("src/i18n/messages.ts is not current: npm run words --workspace ui");
for (const fault of faults) console.error(fault);
console.log(`${reference.size} messages, ${faults.length} fault(s)`);
process.exit(faults.length > 0 ? 1 : 0);

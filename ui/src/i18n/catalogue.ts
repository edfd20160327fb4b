// Catalogues: every word on screen. English and Arabic are both inside the program, so that a switch needs no loading.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Digits, Language } from "../backend/generated";
import type { Messages } from "./messages";

const files = import.meta.glob<string>("./locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

/** Text of a message. `t("calls-end")`, `t("history-missed", { count: 3 })`. */
export type Translate = <Id extends keyof Messages>(id: Id, ...args: Messages[Id] extends undefined ? [] : [Messages[Id]]) => string;

/** Language and digits as `Intl` wants them. Never rely on the locale's own digits: web views disagree (SPEC 4.3). */
export function localeTag(language: Language, digits: Digits): string {
  return `${language}-u-nu-${digits}`;
}

/** Builds the translator of one language. A fault in a catalogue throws: the check of the catalogues has let it pass. */
export function translator(language: Language, digits: Digits): Translate {
  const bundle = new FluentBundle(localeTag(language, digits));
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith(`./locales/${language}/`)) continue;
    const [fault] = bundle.addResource(new FluentResource(text));
    if (fault) throw fault;
  }
  return (id, ...args) => {
    const message = bundle.getMessage(id);
    if (!message?.value) throw new Error(`no message ${id} in ${language}`);
    const faults: Error[] = [];
    const text = bundle.formatPattern(message.value, args[0] ?? null, faults);
    if (faults[0]) throw faults[0];
    return text;
  };
}

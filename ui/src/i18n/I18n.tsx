// Language of the window: direction, words and numbers, switched at once.
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import type { Digits, Language } from "../backend/generated";
import { type Translate, translator } from "./catalogue";
import { type Format, formatter } from "./format";

export interface Words {
  language: Language;
  t: Translate;
  format: Format;
}

const Context = createContext<Words | null>(null);

/** Words, numbers and direction for everything below. Sets `lang` and `dir` of the document. */
export function I18n({ language, digits, children }: { language: Language; digits: Digits; children: ReactNode }) {
  const words = useMemo(() => ({ language, t: translator(language, digits), format: formatter(language, digits) }), [language, digits]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
    document.documentElement.dataset.digits = digits;
  }, [language, digits]);
  return (
    <I18nProvider locale={language === "ar" ? "ar-AE" : "en-US"}>
      <Context.Provider value={words}>{children}</Context.Provider>
    </I18nProvider>
  );
}

/** Words of the language in force. */
export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error("useWords needs <I18n> above it");
  return words;
}

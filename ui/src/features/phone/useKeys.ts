import { useMemo } from "react";
import { useWords } from "../../i18n/I18n";
import type { Key } from "../../kit/Keypad";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** No letters on 1, but its digit stands on the line of 2 and 3. */
const EMPTY_LINE = "\u00a0";

/** The twelve keys in the language in force: letters follow the language, digits the chosen script; what is sent stays ASCII. */
export function useKeys(): readonly Key[] {
  const { t, format } = useWords();
  return useMemo(
    () =>
      DIGITS.map((digit) => ({
        digit,
        shown: format.digits(digit),
        letters: /[2-9]/.test(digit) ? t(`keypad-letters-${digit}` as "keypad-letters-2") : digit === "0" ? "+" : digit === "1" ? EMPTY_LINE : "",
        label: digit === "*" ? t("keypad-star") : digit === "#" ? t("keypad-hash") : format.digits(digit),
      })),
    [t, format],
  );
}

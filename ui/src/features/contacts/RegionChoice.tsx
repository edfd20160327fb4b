import { useEffect, useMemo, useState } from "react";
import { useWords } from "../../i18n/I18n";
import { Select } from "../../kit/Select";
import { useEngine } from "../../state/Engine";
import styles from "./RegionChoice.module.css";

/** Where most of our users are; the book knows all countries. */
const REGIONS = [
  "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
  "AU", "BD", "CA", "CH", "DE", "ES", "FR", "GB", "ID", "IN", "IT", "MY", "NG", "NL", "PH", "PK", "PL", "SE", "TR", "US", "ZA",
] as const;
/** No country has an empty code. */
const NOWHERE = "";

/** In which country numbers without a country code are at home. */
export function RegionChoice() {
  const { backend, run } = useEngine();
  const { t, language } = useWords();
  const [code, setCode] = useState(NOWHERE);
  useEffect(() => {
    let current = true;
    run(backend.contactsRegion().then((region) => { if (current) setCode(region.code); }));
    return () => { current = false; };
  }, [backend, run]);
  const choices = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: "region" });
    const known = REGIONS.map((region) => ({ value: region as string, text: names.of(region) ?? region }));
    const other = code !== NOWHERE && !known.some(({ value }) => value === code) ? [{ value: code, text: names.of(code) ?? code }] : [];
    return [...known, ...other].sort((a, b) => a.text.localeCompare(b.text, language));
  }, [code, language]);
  const all = [{ value: NOWHERE, text: t("contacts-region-none") }, ...choices];
  return (
    <div className={styles.region}>
      <Select
        label={t("contacts-region")} value={code} choices={all.map(({ value, text }) => ({ value, text, label: text }))}
        onChange={(next) => run(backend.contactsSetRegion({ code: next }).then(() => setCode(next)))}
      />
      <small>{t("contacts-region-note")}</small>
    </div>
  );
}

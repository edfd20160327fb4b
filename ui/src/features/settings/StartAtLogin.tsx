import { useCallback, useEffect, useState } from "react";
import { useWords } from "../../i18n/I18n";
import { useEngine } from "../../state/Engine";
import { SwitchLine } from "./SwitchLine";

/** Kept by the system: the switch comes once the system has said how it stands, and moves once it says so. */
export function StartAtLogin() {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const [on, setOn] = useState<boolean | null>(null);
  const ask = useCallback(() => run(backend.startAtLogin().then((answer) => setOn(answer.on))), [backend, run]);
  useEffect(() => { ask(); }, [ask]);
  if (on === null) return null;
  return <SwitchLine title={t("start-at-login")} note={t("start-at-login-note")} on={on} onChange={(next) => run(backend.setStartAtLogin({ on: next }).then(ask))} />;
}

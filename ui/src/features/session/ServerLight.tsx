import { useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { IpcError } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Icon } from "../../kit/Icon";
import { useEngine } from "../../state/Engine";
import styles from "./ServerLight.module.css";

type Reach = { kind: "asking" } | { kind: "reached" } | { kind: "failed"; error: IpcError };

/** Typing pauses this long before the server is asked. */
const PAUSE_MS = 400;

/** Whether a Rannan server answers at the typed address. Asked by Rust, at the address that the user typed and no other. */
export function ServerLight({ server }: { server: string }) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [reach, setReach] = useState<Reach | null>(null);
  useEffect(() => {
    if (!server.trim()) {
      setReach(null);
      return undefined;
    }
    let stale = false;
    const tell = (next: Reach) => { if (!stale) setReach(next); };
    const timer = setTimeout(() => {
      tell({ kind: "asking" });
      backend.checkServer({ server }).then(() => tell({ kind: "reached" }), (thrown: unknown) => tell({ kind: "failed", error: asIpcError(thrown) }));
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [server, backend]);
  if (!reach) return null;
  const looks = { asking: ["circle", "server-asking"], reached: ["check-circle-fill", "server-reached"], failed: ["x-circle-fill", "server-not-reached"] } as const;
  const [icon, word] = looks[reach.kind];
  return (
    <span className={styles.light} data-reach={reach.kind} role="status" title={reach.kind === "failed" ? errorTitle(t, reach.error) : undefined}>
      <Icon name={icon} />
      <span>{t(word)}</span>
    </span>
  );
}

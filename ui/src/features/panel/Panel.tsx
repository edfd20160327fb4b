import { useCallback, useEffect, useState } from "react";
import { Button as Press } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { Panel as Told, PanelAgent, PanelCaller } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { Toasts } from "../../kit/Toasts";
import { useEngine } from "../../state/Engine";
import type { At } from "../../state/state";
import { EndSessions, OtherStatus } from "../status/Asks";
import { RecordingsDialog } from "../recordings/RecordingsDialog";
import { Agents } from "./Agents";
import { Charts } from "./Charts";
import styles from "./Panel.module.css";
import { Queues } from "./Queues";
import { SendDialog } from "./SendDialog";
import { Sums } from "./Sums";
import { usePanel } from "./usePanel";
import { Waiting } from "./Waiting";
import { Wallboard } from "./Wallboard";

/** Agents and queues as they are now, for those who watch over them (LP-01 to LP-04). */
export function Panel() {
  const { t } = useWords();
  const { read, again } = usePanel();
  if (read.kind === "loading") return <section className={styles.loading} aria-label={t("section-panel")}><SkeletonRows rows={10} label={t("loading")} /></section>;
  if (read.kind === "failed") {
    const refused = read.error.code === "notYours";
    return (
      <section className={styles.middle} aria-label={t("section-panel")}>
        {refused
          ? <Empty broken title={t("panel-forbidden")}>{t("panel-forbidden-note")}</Empty>
          : <Empty broken title={t("panel-failed")} detail={read.error.detail} action={<Button tone="primary" icon="arrow-clockwise" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Empty>}
      </section>
    );
  }
  if (read.at.value.queues.length === 0 && read.at.value.agents.length === 0) {
    return <section className={styles.middle} aria-label={t("section-panel")}><Empty title={t("panel-empty")}>{t("panel-empty-note")}</Empty></section>;
  }
  return <There at={read.at} />;
}

/** A question that is open, and of whom. */
type Asking = { what: "sessions" | "recordings"; agent: PanelAgent } | { what: "other"; agent: PanelAgent; status: string } | { what: "send"; caller: PanelCaller };

function There({ at }: { at: At<Told> }) {
  const { state, backend, run } = useEngine();
  const { t } = useWords();
  const [wanted, setQueue] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [wall, setWall] = useState(false);
  const [told, setTold] = useState<{ id: number; title: string } | null>(null);
  const { value } = at;
  // One may lose sight of a queue while it is chosen.
  const queue = value.queues.some(({ id }) => id === wanted) ? wanted : null;
  const live = value.complete && state.system.value.livePanel.level === "ok";
  const closeWall = useCallback(() => setWall(false), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== "F11" || event.repeat) return;
      event.preventDefault();
      setWall((on) => !on);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  const tell = (title: string) => setTold((before) => ({ id: (before?.id ?? 0) + 1, title }));
  const close = () => setAsking(null);
  const force = (agent: PanelAgent, status: string, text = "") => run(backend.panelAct({ kind: "force", user: agent.id, status, text }).then(() => tell(t("directory-forced", { person: agent.name }))));
  const pull = (caller: PanelCaller) => backend.panelAct({ kind: "pull", caller: caller.id }).then(() => tell(t("panel-pulled")), (thrown: unknown) => tell(errorTitle(t, asIpcError(thrown))));

  return (
    <section className={styles.panel} aria-label={t("section-panel")}>
      {!live && (
        <div className={styles.notice}>
          <Notice tone="warn" icon="cloud-slash" title={t("panel-stale")} action={<Button size="sm" onPress={() => run(backend.retryNow())}>{t("retry-now")}</Button>}>{t("panel-stale-note")}</Notice>
        </div>
      )}
      <Sums at={at} live={live} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by key */}
      <div className={styles.main} tabIndex={0} role="group" aria-label={t("panel-queues")}>
        <div className={styles.first}>
          <div className={styles.head}>
            <h2>{t("panel-queues")}</h2>
            <span className={styles.tools}>
              <Press className={styles.link ?? ""} isDisabled={queue === null} onPress={() => setQueue(null)}>{t("panel-all-queues")}</Press>
              <IconButton size="sm" icon="monitor" label={t("panel-wall-open")} onPress={() => setWall(true)} />
            </span>
          </div>
          {value.queues.length === 0 ? <p className={styles.none}>{t("panel-no-queues")}</p> : <Queues at={at} live={live} chosen={queue} onChoose={setQueue} />}
        </div>
        <Charts live={live} target={value.sums.target} />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by key */}
      <div className={styles.side} tabIndex={0} role="group" aria-label={t("panel-people")}>
        <Waiting at={at} live={live} queue={queue} onPull={(caller) => void pull(caller)} onSend={(caller) => setAsking({ what: "send", caller })} />
        <Agents
          at={at} live={live} queue={queue} onSupervise={(agent, mode) => run(backend.supervise({ user: agent.id, mode }))} onForce={(agent, status) => force(agent, status)}
          onForceOther={(agent, status) => setAsking({ what: "other", agent, status })} onEndSessions={(agent) => setAsking({ what: "sessions", agent })} onRecordings={(agent) => setAsking({ what: "recordings", agent })}
        />
      </div>
      {asking?.what === "send" && <SendDialog caller={asking.caller} panel={value} onClose={close} onSent={() => { close(); tell(t("panel-sent")); }} />}
      {asking?.what === "recordings" && <RecordingsDialog of={asking.agent} onClose={close} />}
      {asking?.what === "sessions" && <EndSessions user={asking.agent} end={() => backend.panelAct({ kind: "endSessions", user: asking.agent.id })} onClose={close} onDone={() => { close(); tell(t("directory-sessions-ended", { person: asking.agent.name })); }} />}
      {asking?.what === "other" && <OtherStatus user={asking.agent} onClose={close} onSet={(text) => { close(); force(asking.agent, asking.status, text); }} />}
      {wall && <Wallboard at={at} live={live} onClose={closeWall} />}
      <Toasts items={told ? [told] : []} closeLabel={t("close")} onClose={(id) => setTold((now) => (now?.id === id ? null : now))} />
    </section>
  );
}

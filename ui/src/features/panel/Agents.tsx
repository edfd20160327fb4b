import { useState } from "react";
import type { Panel, PanelAgent, SuperviseMode } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { ContextMenu, MenuAction, MenuMore, MenuRule, type Place } from "../../kit/Menu";
import { Dot, Name, PhoneNumber } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { PersonAvatar } from "../../state/faces";
import type { At } from "../../state/state";
import { useCountdown } from "../../state/useTick";
import { useStatusesToChoose } from "../status/choices";
import { MODES } from "../supervision/modes";
import { Clock } from "./Clock";
import { placeOf } from "./place";
import styles from "./Panel.module.css";
import { inTurn, isLong, isOnBreak, isTalking, LONG_S, shapeOf, useActivityWord } from "./words";

export interface AgentDoings {
  onSupervise(agent: PanelAgent, mode: SuperviseMode): void;
  onForce(agent: PanelAgent, status: string): void;
  /** To own words, which are asked for. */
  onForceOther(agent: PanelAgent, status: string): void;
  onEndSessions(agent: PanelAgent): void;
  onRecordings(agent: PanelAgent): void;
}

/** Agents, those who talk first: what they do and for how long, and what may be done to them (LP-02, LP-04). */
export function Agents({ at: { value, receivedAt }, live, queue, ...doings }: { at: At<Panel>; live: boolean; queue: string | null } & AgentDoings) {
  const { t, format } = useWords();
  const [menu, setMenu] = useState<{ agent: string; at: Place } | null>(null);
  const members = queue === null ? null : new Set(value.queues.find(({ id }) => id === queue)?.agents);
  const agents = inTurn(value.agents.filter(({ id }) => members?.has(id) ?? true));
  const opened = menu && agents.find(({ id }) => id === menu.agent);
  return (
    <section aria-labelledby="panel-agents">
      <div className={styles.sideHead}>
        <h2 id="panel-agents">{t("panel-agents")}</h2>
        <span className={cx(styles.count, styles.quiet)}>{format.count(agents.length)}</span>
      </div>
      {agents.length === 0 && <p className={styles.none}>{t("panel-no-agents")}</p>}
      <ul className={styles.rows}>
        {agents.map((agent) => (
          <AgentRow key={agent.id} agent={agent} at={receivedAt} live={live} onSupervise={(mode) => doings.onSupervise(agent, mode)} onMenu={(at) => setMenu({ agent: agent.id, at })} />
        ))}
      </ul>
      {menu && opened && <AgentMenu agent={opened} at={menu.at} onClose={() => setMenu(null)} {...doings} />}
    </section>
  );
}

function maySupervise(agent: PanelAgent): boolean {
  return agent.may.supervise && isTalking(agent);
}

/** One's own stand in the history. */
function mayHear(agent: PanelAgent): boolean {
  return agent.may.hear && !agent.mine;
}

function AgentRow({ agent, at, live, onSupervise, onMenu }: { agent: PanelAgent; at: number; live: boolean; onSupervise(mode: SuperviseMode): void; onMenu(at: Place): void }) {
  const { t } = useWords();
  const listens = maySupervise(agent);
  return (
    <li className={styles.row} data-agent={agent.id}>
      <PersonAvatar numbers={[agent.extension]} id={agent.id} name={agent.name} size={28} presence={live ? shapeOf(agent) : "unknown"} />
      <span className={styles.who}>
        <b><Name>{agent.name}</Name></b>
        <small><Doing agent={agent} at={at} /></small>
      </span>
      <span className={styles.time}><Clock ms={agent.forMs} at={at} live={live} isLate={(seconds) => isLong(agent, seconds)} lateClass={styles.late} /></span>
      {listens && (
        <span className={styles.acts}>
          {MODES.map(({ mode, icon, label }) => <IconButton key={mode} size="sm" icon={icon} label={t(label, { person: agent.name })} onPress={() => onSupervise(mode)} />)}
        </span>
      )}
      {(agent.may.force || agent.may.endSessions || mayHear(agent) || listens)
        ? <IconButton size="sm" icon="dots-three" label={t("panel-agent-actions", { person: agent.name })} onPress={(event) => onMenu(placeOf(event.target))} />
        : <span className={styles.noMore} />}
    </li>
  );
}

/** With whom, or what, and how much of it is left. */
function Doing({ agent, at }: { agent: PanelAgent; at: number }) {
  const { t, format } = useWords();
  const word = useActivityWord()(agent);
  const left = useCountdown(agent.leftMs, at);
  if (agent.supervised) return <>{t(`panel-supervised-${agent.supervised}`)}</>;
  if (isTalking(agent) && agent.party) return agent.party.name ? <Name>{agent.party.name}</Name> : <PhoneNumber>{format.digits(agent.party.number)}</PhoneNumber>;
  return (
    <>
      <Name>{word}</Name>
      {left > 0 && <><Dot /><span>{t("panel-left", { time: format.duration(left) })}</span></>}
      {isOnBreak(agent) && <><Dot /><span>{t("panel-limit", { time: format.duration(LONG_S) })}</span></>}
    </>
  );
}

function AgentMenu({ agent, at, onClose, onSupervise, onForce, onForceOther, onEndSessions, onRecordings }: { agent: PanelAgent; at: Place; onClose(): void } & AgentDoings) {
  const { state } = useEngine();
  const { t } = useWords();
  const statuses = useStatusesToChoose()(state.status?.value.choices ?? []);
  const choose = (id: string) => {
    if (statuses.some((status) => status.id === id && status.other)) onForceOther(agent, id);
    else onForce(agent, id);
  };
  const listens = maySupervise(agent);
  return (
    <ContextMenu at={at} label={t("panel-agent-actions", { person: agent.name })} onClose={onClose}>
      {listens && MODES.map(({ mode, icon, word }) => <MenuAction key={mode} icon={icon} onAction={() => onSupervise(agent, mode)}>{t(word)}</MenuAction>)}
      {mayHear(agent) && <MenuAction icon="waveform" onAction={() => onRecordings(agent)}>{t("panel-recordings")}</MenuAction>}
      {(listens || mayHear(agent)) && (agent.may.force || agent.may.endSessions) && <MenuRule />}
      {agent.may.force && <MenuMore icon="user-switch" flip title={t("directory-force")} chosen={agent.status.id} choices={statuses} note={t("directory-force-note", { person: agent.name })} onChoose={choose} />}
      {agent.may.endSessions && <MenuAction icon="sign-out" flip danger onAction={() => onEndSessions(agent)}>{t("directory-end-sessions")}</MenuAction>}
    </ContextMenu>
  );
}

import type { ManagedQueue, QueueOverflow, QueueSetup } from "../../backend/generated";
import { asciiDigits } from "../../i18n/format";
import { useWords } from "../../i18n/I18n";
import { Field } from "../../kit/Field";
import { NumberLine } from "../../kit/NumberLine";
import { Select } from "../../kit/Select";
import { Switch } from "../../kit/Switch";
import { TagField, TagNumber } from "../../kit/TagField";
import { Name } from "../../kit/Text";
import styles from "../directory/UserDrawer.module.css";
import { type Lack, LONGEST_S, MOST_CALLERS, OVERFLOWS, STRATEGIES } from "./setup";

/** Of a skill. */
const BEST = 100;
const MIDDLING = 50;
const TIERS = { waitS: 30, multiply: true, atOnceWithoutAgents: true };

interface QueueSettingsProps {
  setup: QueueSetup;
  /** The other queues. */
  others: readonly ManagedQueue[];
  fault(lack: Lack): string | null;
  onChange(more: Partial<QueueSetup>): void;
}

/** What an administrator says of a queue. */
export function QueueSettings({ setup, others, fault, onChange }: QueueSettingsProps) {
  const { t } = useWords();
  const { tiers } = setup;
  const time = (word: "max-wait" | "max-no-agent" | "service-level" | "discard", name: "maxWaitS" | "maxWaitNoAgentS" | "serviceLevelS" | "discardAbandonedAfterS") => (
    <NumberLine label={t(`queues-${word}`)} note={t(`queues-${word}-note`)} unit={t("directory-seconds")} value={setup[name]} least={0} most={LONGEST_S} onChange={(value) => onChange({ [name]: value })} />
  );
  return (
    <div role="group" className={styles.column} aria-label={t("queues-settings")}>
      <Field label={t("queues-name")} value={setup.name} maxLength={100} error={fault("name")} onChange={(name) => onChange({ name })} />
      <Field ltr label={t("queues-extension")} value={setup.extension} maxLength={32} error={fault("extension")} help={t("queues-extension-help")} onChange={(extension) => onChange({ extension: asciiDigits(extension) })} />
      <span className={styles.field}>
        <b>{t("queues-strategy")}</b>
        <Select label={t("queues-strategy")} value={setup.strategy} choices={STRATEGIES.map((value) => ({ value, text: t(`queues-strategy-${value}`), label: t(`queues-strategy-${value}`) }))} onChange={(next) => { const strategy = STRATEGIES.find((one) => one === next); if (strategy) onChange({ strategy }); }} />
        <small className={styles.hint}>{t(`queues-strategy-${setup.strategy}-note`)}</small>
      </span>
      <div className={styles.line}>
        <span className={styles.words}><b>{t("queues-tiers")}</b><small>{t("queues-tiers-note")}</small></span>
        <Switch label={t("queues-tiers")} on={tiers !== null} onChange={(on) => onChange({ tiers: on ? TIERS : null })} />
      </div>
      {tiers && (
        <div className={styles.numbers}>
          <NumberLine label={t("queues-tier-wait")} unit={t("directory-seconds")} value={tiers.waitS} least={0} most={LONGEST_S} onChange={(waitS) => onChange({ tiers: { ...tiers, waitS } })} />
          <Line label={t("queues-tier-multiply")} on={tiers.multiply} onChange={(multiply) => onChange({ tiers: { ...tiers, multiply } })} />
          <Line label={t("queues-tier-at-once")} on={tiers.atOnceWithoutAgents} onChange={(atOnceWithoutAgents) => onChange({ tiers: { ...tiers, atOnceWithoutAgents } })} />
        </div>
      )}
      {time("max-wait", "maxWaitS")}
      {time("max-no-agent", "maxWaitNoAgentS")}
      <NumberLine label={t("queues-max-callers")} note={t("queues-max-callers-note")} value={setup.maxCallers} least={1} most={MOST_CALLERS} onChange={(maxCallers) => onChange({ maxCallers })} />
      <Overflow overflow={setup.overflow} others={others} fault={fault("target") ?? fault("itself")} onChange={(overflow) => onChange({ overflow })} />
      {time("service-level", "serviceLevelS")}
      <Line label={t("queues-resume")} note={t("queues-resume-note")} on={setup.resume} onChange={(resume) => onChange({ resume })} />
      {setup.resume && time("discard", "discardAbandonedAfterS")}
      <Line label={t("queues-skip-other")} note={t("queues-skip-other-note")} on={setup.skipOtherCalls} onChange={(skipOtherCalls) => onChange({ skipOtherCalls })} />
      <TagField
        label={t("queues-skills")} help={t("queues-skills-help", { most: BEST })} removeLabel={(skill) => t("directory-remove", { what: skill })}
        tags={setup.skills.map(({ skill, level }) => ({
          id: skill, name: skill,
          content: (
            <>
              <Name>{skill}</Name>
              <TagNumber label={t("directory-skill-level", { skill })} value={level} least={1} most={BEST} onChange={(next) => onChange({ skills: setup.skills.map((other) => (other.skill === skill ? { skill, level: next } : other)) })} />
            </>
          ),
        }))}
        onAdd={(skill) => { if (!setup.skills.some((other) => other.skill === skill)) onChange({ skills: [...setup.skills, { skill, level: MIDDLING }] }); }}
        onRemove={(skill) => onChange({ skills: setup.skills.filter((other) => other.skill !== skill) })}
      />
    </div>
  );
}

function Line({ label, note, on, onChange }: { label: string; note?: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <div className={styles.line}>
      <span className={styles.words}><b>{label}</b>{note && <small>{note}</small>}</span>
      <Switch label={label} on={on} onChange={onChange} />
    </div>
  );
}

/** Where callers go whom nobody takes. */
function Overflow({ overflow, others, fault, onChange }: { overflow: QueueOverflow; others: readonly ManagedQueue[]; fault: string | null; onChange(overflow: QueueOverflow): void }) {
  const { t } = useWords();
  const to = (next: string) => {
    const extension = "extension" in overflow ? overflow.extension : "";
    switch (OVERFLOWS.find((one) => one === next)) {
      case "hangUp":
        return onChange({ to: "hangUp" });
      case "queue":
        return onChange({ to: "queue", id: others[0]?.id ?? "" });
      case "extension":
        return onChange({ to: "extension", extension });
      case "voicemail":
        return onChange({ to: "voicemail", extension });
      default:
        return undefined;
    }
  };
  // A queue alone has none to send callers to.
  const choices = OVERFLOWS.filter((one) => one !== "queue" || others.length > 0 || overflow.to === "queue");
  return (
    <>
      <span className={styles.field}>
        <b>{t("queues-overflow")}</b>
        <Select label={t("queues-overflow")} value={overflow.to} choices={choices.map((value) => ({ value, text: t(`queues-overflow-${value}`), label: t(`queues-overflow-${value}`) }))} onChange={to} />
      </span>
      {overflow.to === "queue" && (
        <span className={styles.field}>
          <b>{t("queues-overflow-which")}</b>
          <Select label={t("queues-overflow-which")} value={overflow.id} choices={others.map(({ id, setup: { name, extension } }) => ({ value: id, text: `${name} ${extension}`, label: <Name>{name}</Name> }))} onChange={(id) => onChange({ to: "queue", id })} />
          {fault && <small className={styles.fault}>{fault}</small>}
        </span>
      )}
      {"extension" in overflow && <Field ltr label={t(overflow.to === "voicemail" ? "queues-overflow-box" : "queues-overflow-phone")} value={overflow.extension} maxLength={32} error={fault} onChange={(extension) => onChange({ ...overflow, extension: asciiDigits(extension) })} />}
    </>
  );
}

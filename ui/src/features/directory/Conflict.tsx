import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { Department, SkillLevel, UserCard } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Name, PhoneNumber } from "../../kit/Text";
import versions from "../contacts/Versions.module.css";
import { useDepartmentName } from "../rights/words";
import { disputed, type Draft, mergedDraft, type Part, partOf, type Side, usualSide } from "./draft";
import styles from "./UserDrawer.module.css";
import { ROLES } from "./words";

const LABELS = {
  name: "directory-column-name", email: "email", role: "directory-column-role", department: "rights-department", active: "directory-active", acl: "directory-acl", useVoicemail: "directory-voicemail", isAgent: "directory-agent",
  callTimeout: "directory-call-timeout", wrapUp: "directory-wrap-up", maxNoAnswer: "directory-max-no-answer", busyDelay: "directory-busy-delay", rejectDelay: "directory-reject-delay", noAnswerDelay: "directory-no-answer-delay", skills: "directory-skills",
} as const satisfies Record<Part, string>;

interface ConflictProps {
  base: UserCard;
  draft: Draft;
  theirs: UserCard;
  departments: readonly Department[];
  busy: boolean;
  /** Mine on top of theirs. */
  onDecide(merged: Draft): void;
  /** Theirs, and nothing of mine. */
  onReload(): void;
}

/** Somebody else has changed the same card: both are shown, and each part is decided by itself. */
export function Conflict({ base, draft, theirs, departments, busy, onDecide, onReload }: ConflictProps) {
  const { t } = useWords();
  const parts = disputed(base, draft, theirs);
  const [sides, setSides] = useState<Partial<Record<Part, Side>>>({});
  const sideOf = (part: Part): Side => sides[part] ?? usualSide(base, draft, part);
  return (
    <div className={styles.conflict}>
      <Notice tone="warn" urgent icon="warning" title={t("directory-conflict")}>{t("directory-conflict-note")}</Notice>
      <div className={versions.parts}>
        {parts.map((part) => (
          <RadioGroup key={part} aria-label={t(LABELS[part])} value={sideOf(part)} onChange={(side) => setSides((before) => ({ ...before, [part]: side as Side }))} className={versions.part ?? ""}>
            <span className={versions.label}>{t(LABELS[part])}</span>
            {(["mine", "theirs"] as const).map((side) => (
              <Radio key={side} value={side} className={versions.side ?? ""}>
                <small>{t(`directory-conflict-${side}`)}</small>
                <Value part={part} value={partOf(side === "mine" ? draft : theirs, part)} departments={departments} />
              </Radio>
            ))}
          </RadioGroup>
        ))}
      </div>
      <div className={styles.decide}>
        <Button size="lg" isDisabled={busy} onPress={onReload}>{t("directory-conflict-reload")}</Button>
        <Button size="lg" tone="primary" busy={busy} onPress={() => onDecide(mergedDraft(base, draft, theirs, sideOf))}>{t("directory-conflict-save")}</Button>
      </div>
    </div>
  );
}

function Value({ part, value, departments }: { part: Part; value: unknown; departments: readonly Department[] }) {
  const { t, format } = useWords();
  const named = useDepartmentName();
  if (typeof value === "number") return <span>{format.count(value)}</span>;
  if (typeof value === "boolean") return <span>{t(value ? "directory-yes" : "directory-no")}</span>;
  if (Array.isArray(value) && value.length === 0) return <i>{t("versions-empty")}</i>;
  if (part === "skills") return (value as SkillLevel[]).map(({ skill, level }) => <span key={skill}><Name>{skill}</Name> {format.count(level)}</span>);
  if (part === "acl") return (value as string[]).map((address) => <PhoneNumber key={address}>{address}</PhoneNumber>);
  const text = String(value);
  const role = ROLES.find((one) => part === "role" && one === text);
  if (role) return <span>{t(`profile-role-${role}`)}</span>;
  if (part === "department") return <Name>{named(departments.find(({ id }) => id === text) ?? { id: text, name: "" })}</Name>;
  return part === "email" ? <PhoneNumber>{text}</PhoneNumber> : <Name>{text}</Name>;
}

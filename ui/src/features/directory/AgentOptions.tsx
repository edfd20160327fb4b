import type { AgentCard } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { NumberLine } from "../../kit/NumberLine";
import { Switch } from "../../kit/Switch";
import { TagField, TagNumber } from "../../kit/TagField";
import { Name } from "../../kit/Text";
import type { PartProps } from "./Identity";
import styles from "./UserDrawer.module.css";

const MOST = 999;
/** Of a skill. */
const BEST = 100;
const MIDDLING = 50;

/** With the least that is taken; the most is the same for all. */
const NUMBERS = [
  ["callTimeout", "call-timeout", 1, true], ["wrapUp", "wrap-up", 0, true], ["maxNoAnswer", "max-no-answer", 0, false],
  ["busyDelay", "busy-delay", 0, true], ["rejectDelay", "reject-delay", 0, true], ["noAnswerDelay", "no-answer-delay", 0, true],
] as const satisfies readonly (readonly [keyof AgentCard, string, number, boolean])[];

/** How somebody takes calls from queues (EC-07, AO-01 to AO-07). Folded away for those who take none. */
export function AgentOptions({ draft: { agent }, fixed, onChange }: PartProps) {
  const { t } = useWords();
  const set = (more: Partial<AgentCard>) => onChange({ agent: { ...agent, ...more } });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key, when nothing in it can be changed
    <div role="group" tabIndex={fixed ? 0 : undefined} className={styles.column} aria-label={t("directory-agent")}>
      <div className={styles.line}>
        <span className={styles.words}><b>{t("directory-agent")}</b><small>{t("directory-agent-note")}</small></span>
        <Switch label={t("directory-agent")} isDisabled={fixed} on={agent.isAgent} onChange={(isAgent) => set({ isAgent })} />
      </div>
      {agent.isAgent && (
        <>
          <div className={styles.numbers}>
            {NUMBERS.map(([name, word, least, inSeconds]) => (
              <NumberLine
                key={name} label={t(`directory-${word}`)} note={t(`directory-${word}-note`, { least, most: MOST })} value={agent[name]} least={least} most={MOST} isDisabled={fixed}
                {...(inSeconds ? { unit: t("directory-seconds") } : {})} onChange={(value) => set({ [name]: value })}
              />
            ))}
          </div>
          <TagField
            label={t("directory-skills")} isDisabled={fixed} help={t("directory-skills-help", { most: BEST })} removeLabel={(skill) => t("directory-remove", { what: skill })}
            tags={agent.skills.map(({ skill, level }) => ({
              id: skill, name: skill,
              content: (
                <>
                  <Name>{skill}</Name>
                  <TagNumber label={t("directory-skill-level", { skill })} isDisabled={fixed} value={level} least={1} most={BEST} onChange={(next) => set({ skills: agent.skills.map((other) => (other.skill === skill ? { skill, level: next } : other)) })} />
                </>
              ),
            }))}
            onAdd={(skill) => { if (!agent.skills.some((other) => other.skill === skill)) set({ skills: [...agent.skills, { skill, level: MIDDLING }] }); }}
            onRemove={(skill) => set({ skills: agent.skills.filter((other) => other.skill !== skill) })}
          />
        </>
      )}
    </div>
  );
}

import { useMemo, useState } from "react";
import type { Colleague } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { localeTag } from "../../i18n/catalogue";
import { Button } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { PresenceShape } from "../../kit/Presence";
import { Segments } from "../../kit/Segments";
import { useEngine } from "../../state/Engine";
import type { At, Team as TeamState } from "../../state/state";
import { ColleagueRow } from "./ColleagueRow";
import { type Group, groupOf } from "./presence";
import styles from "./Team.module.css";

type Filter = "everyone" | Group;
const GROUPS: readonly Group[] = ["onCall", "available", "away"];
const TITLES = { onCall: "presence-on-call", available: "presence-available", away: "team-away" } as const satisfies Record<Group, string>;

/** Who of the team is there, and what they are doing (ST-11, ST-13). */
export function Team({ team, onDialled }: { team: TeamState; onDialled(): void }) {
  const { state, backend, run } = useEngine();
  const { t, format, language } = useWords();
  const [filter, setFilter] = useState<Filter>("everyone");
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(localeTag(language, "latn"), { numeric: true });
    return team.colleagues.toSorted((a, b) => collator.compare(a.value.name, b.value.name) || collator.compare(a.value.extension, b.value.extension));
  }, [team.colleagues, language]);
  const of = (group: Group) => sorted.filter(({ value }) => groupOf(value) === group);
  const connected = state.system.value.webPhone.level === "ok";
  const call = ({ extension }: Colleague) => { run(backend.dial({ target: extension })); onDialled(); };
  const rows = (colleagues: readonly At<Colleague>[]) =>
    colleagues.map((colleague) => <ColleagueRow key={colleague.value.id} colleague={colleague} known={team.known} canCall={connected} onCall={() => call(colleague.value)} />);

  if (!team.known) {
    return (
      <section className={styles.team} aria-label={t("section-team")}>
        <div className={styles.notice}>
          <Notice tone="warn" icon="cloud-slash" title={t("team-unknown-title")} action={<Button size="sm" onPress={() => run(backend.retryNow())}>{t("retry-now")}</Button>}>{t("team-unknown-note")}</Notice>
        </div>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by key */}
        <div className={styles.rows} role="group" aria-label={t("team-everyone")} tabIndex={0}><ul>{rows(sorted)}</ul></div>
      </section>
    );
  }
  if (sorted.length === 0) return <Empty title={t("team-empty")}>{t("team-empty-note")}</Empty>;
  const shown = filter === "everyone" ? GROUPS : [filter];
  const filled = shown.filter((group) => of(group).length > 0);
  const name = (group: Filter) => (group === "everyone" ? t("team-everyone") : t(TITLES[group]));
  return (
    <section className={styles.team} aria-label={t("section-team")}>
      <div className={styles.tools}>
        <Segments
          large label={t("team-filter")} value={filter} onChange={setFilter}
          choices={(["everyone", "available", "onCall", "away"] as const).map((group) => ({
            value: group,
            label: (
              <>
                {(group === "available" || group === "onCall") && <PresenceShape state={group} className={styles.shape ?? ""} />}
                {name(group)} <span className={styles.count}>{format.count(group === "everyone" ? sorted.length : of(group).length)}</span>
              </>
            ),
          }))}
        />
      </div>
      {filled.length === 0 && <Empty title={t("team-none-here")} />}
      {filled.length > 0 && (
        <div className={styles.rows}>
          {filled.map((group) => (
            <section key={group} aria-label={name(group)}>
              <h2 className={styles.group}>{name(group)}</h2>
              <ul>{rows(of(group))}</ul>
            </section>
          ))}
        </div>
      )}
    </section>
  );
}

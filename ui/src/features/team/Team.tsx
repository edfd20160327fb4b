import { useMemo, useState } from "react";
import type { Colleague } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { localeTag } from "../../i18n/catalogue";
import { Button } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import { Notice } from "../../kit/Notice";
import { PresenceShape } from "../../kit/Presence";
import { Segments } from "../../kit/Segments";
import { Select } from "../../kit/Select";
import { Name } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import type { At, Team as TeamState } from "../../state/state";
import { RightsDialog } from "../rights/RightsDialog";
import { useDepartmentName } from "../rights/words";
import { ColleagueRow } from "./ColleagueRow";
import { RightsLine } from "./RightsLine";
import { SendCall } from "./SendCall";
import { type Group, groupOf, mayAdminister, mayOperate } from "./presence";
import styles from "./Team.module.css";

type Filter = "everyone" | "available" | "onCall" | "away";
const GROUPS: readonly Group[] = ["needsYou", "onCall", "available", "away", "others"];
const TITLES = {
  needsYou: "team-needs-you", onCall: "presence-on-call", available: "presence-available", away: "team-away", others: "team-others",
} as const satisfies Record<Group, string>;
/** What rings is on a call as well. */
const FILTERED = { available: ["available"], onCall: ["needsYou", "onCall"], away: ["away"] } as const satisfies Record<Exclude<Filter, "everyone">, readonly Group[]>;
/** No department has an empty id. */
const ALL = "";

/** Who of the team is there, and what they are doing, as far as this account may see it (ST-11, ST-13, RG-02…07). */
export function Team({ team, onDialled }: { team: TeamState; onDialled(): void }) {
  const { state, backend, run } = useEngine();
  const { rights } = state;
  const { t, format, language } = useWords();
  const named = useDepartmentName();
  const [filter, setFilter] = useState<Filter>("everyone");
  const [chosen, setChosen] = useState(ALL);
  const [dialog, setDialog] = useState<{ kind: "rights" | "send"; colleague: Colleague } | null>(null);
  const departments = rights ? [rights.department, ...rights.watches] : [];
  // One that is not theirs to see any more shows nothing by itself.
  const department = departments.some(({ id }) => id === chosen) ? chosen : ALL;
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(localeTag(language, "latn"), { numeric: true });
    const shown = team.colleagues.filter(({ value }) => department === ALL || value.department === department);
    return shown.toSorted((a, b) => collator.compare(a.value.name, b.value.name) || collator.compare(a.value.extension, b.value.extension));
  }, [team.colleagues, language, department]);
  const of = (group: Group) => sorted.filter(({ value }) => groupOf(value, rights) === group);
  const all = (groups: readonly Group[]) => groups.flatMap(of);
  const connected = state.system.value.webPhone.level === "ok";
  const call = ({ extension }: Colleague) => { run(backend.dial({ target: extension })); onDialled(); };
  const placeOf = (colleague: Colleague) => {
    const place = departments.length > 1 ? departments.find(({ id }) => id === colleague.department) : undefined;
    return place ? named(place) : null;
  };
  const rows = (colleagues: readonly At<Colleague>[]) =>
    colleagues.map((colleague) => (
      <ColleagueRow key={colleague.value.id} colleague={colleague} known={team.known} canCall={connected} department={placeOf(colleague.value)} administered={team.known && mayAdminister(rights, colleague.value)} operated={mayOperate(rights, colleague.value)} onCall={() => call(colleague.value)} onSend={() => setDialog({ kind: "send", colleague: colleague.value })} onRights={() => setDialog({ kind: "rights", colleague: colleague.value })} />
    ));

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
  if (rights && !rights.switches.presence) return <Empty title={t("team-presence-off")}>{t("team-presence-off-note")}</Empty>;
  if (team.colleagues.length === 0) return <Empty title={t("team-empty")}>{t("team-empty-note")}</Empty>;
  const shown = filter === "everyone" ? GROUPS : FILTERED[filter];
  const filled = shown.filter((group) => of(group).length > 0);
  const filterName = { everyone: t("team-everyone"), available: t("presence-available"), onCall: t("presence-on-call"), away: t("team-away") } as const;
  return (
    <section className={styles.team} aria-label={t("section-team")}>
      <div className={styles.tools}>
        <Segments
          large label={t("team-filter")} value={filter} onChange={setFilter}
          choices={(["everyone", "available", "onCall", "away"] as const).map((one) => ({
            value: one,
            label: (
              <>
                {(one === "available" || one === "onCall") && <PresenceShape state={one} className={styles.shape ?? ""} />}
                {filterName[one]} <span className={styles.count}>{format.count(one === "everyone" ? sorted.length : all(FILTERED[one]).length)}</span>
              </>
            ),
          }))}
        />
        {departments.length > 1 && (
          <span className={styles.departments}>
            <Select
              label={t("rights-department-choose")} value={department} onChange={setChosen}
              choices={[{ value: ALL, text: t("rights-department-all"), label: t("rights-department-all") }, ...departments.map((place) => ({ value: place.id, text: named(place), label: <Name>{named(place)}</Name> }))]}
            />
          </span>
        )}
      </div>
      {rights && <RightsLine rights={rights} />}
      {dialog?.kind === "rights" && <RightsDialog user={dialog.colleague.id} person={dialog.colleague.name} onClose={() => setDialog(null)} />}
      {dialog?.kind === "send" && <SendCall colleague={dialog.colleague} onClose={() => setDialog(null)} />}
      {filled.length === 0 && <Empty title={t("team-none-here")} />}
      {filled.length > 0 && (
        <div className={styles.rows}>
          {filled.map((group) => (
            <section key={group} aria-label={t(TITLES[group])}>
              <h2 className={styles.group}>{t(TITLES[group])}</h2>
              <ul>{rows(of(group))}</ul>
            </section>
          ))}
        </div>
      )}
    </section>
  );
}

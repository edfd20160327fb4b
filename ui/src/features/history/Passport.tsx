import { type ReactNode, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { CallPassport, HistoryRow, IpcError, WayPassport } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { CODECS, gradeWord, qualityFigures } from "../../i18n/quality";
import { Button, IconButton } from "../../kit/Button";
import { Findings } from "../../kit/Findings";
import { Notice } from "../../kit/Notice";
import { Pop } from "../../kit/Pop";
import { SkeletonRows } from "../../kit/Skeleton";
import { Figures } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { type Grade, gradeOf, worseOf } from "../../state/quality";
import styles from "./Passport.module.css";

/** On a row of the history: how the call sounded, in words and figures, and all of it as a file. */
export function PassportAction({ row, onSaved }: { row: HistoryRow; onSaved(path: string): void }) {
  const { backend, run } = useEngine();
  const { t } = useWords();
  const save = () => run(backend.exportPassport({ id: row.id }).then(onSaved));
  return (
    <Pop label={t("passport")} width="wide" trigger={<IconButton icon="waveform" label={t("passport")} />}>
      {/* Closed first: behind an open popover the news of the file would not be read out. */}
      {(close) => <Passport id={row.id} onSave={() => { close(); save(); }} />}
    </Pop>
  );
}

type Asked = { kind: "loading" } | { kind: "failed"; error: IpcError } | { kind: "there"; passport: CallPassport | null };

function Passport({ id, onSave }: { id: number; onSave(): void }) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [asked, setAsked] = useState<Asked>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const answer = (next: Asked) => { if (current) setAsked(next); };
    backend.historyQuality({ id }).then(
      (passport) => answer({ kind: "there", passport }),
      (thrown: unknown) => answer({ kind: "failed", error: asIpcError(thrown) }),
    );
    return () => { current = false; };
  }, [backend, id, attempt]);
  const again = () => { setAsked({ kind: "loading" }); setAttempt((count) => count + 1); };
  switch (asked.kind) {
    case "loading":
      return <SkeletonRows rows={4} label={t("loading")} />;
    case "failed":
      return <Notice tone="bad" title={errorTitle(t, asked.error)} detail={asked.error.detail} action={<Button size="sm" onPress={again}>{t("try-again")}</Button>} />;
    case "there":
      return asked.passport ? <Told passport={asked.passport} onSave={onSave} /> : <p className={styles.none}>{t("passport-none")}</p>;
  }
}

function Told({ passport, onSave }: { passport: CallPassport; onSave(): void }) {
  const { t } = useWords();
  const { heard, spoken, fault } = passport;
  const grade = worseOf(gradeOf(heard), gradeOf(spoken));
  const verdict = (name: string, look: Grade | null) => ({ name, look, word: gradeWord(t, look) });
  return (
    <>
      <Findings
        title={t(`passport-head-${grade ?? "unknown"}`)}
        says={fault ? t(`passport-cause-${fault.cause}`) : t(`passport-well-${grade ?? "unknown"}`)}
        verdicts={[
          verdict(t("passport-heard"), gradeOf(heard)),
          verdict(t("passport-spoken"), gradeOf(spoken)),
        ]}
        figures={useFigures(passport)}
      />
      <div className={styles.actions}><Button onPress={onSave}>{t("passport-save")}</Button></div>
    </>
  );
}

function useFigures(passport: CallPassport): (readonly [label: string, value: ReactNode])[] {
  const { t, format } = useWords();
  const { share, ms, score } = qualityFigures(t);
  const { heard, spoken } = passport;
  const duration = (seconds: number) => <Figures>{format.duration(seconds)}</Figures>;
  const codec = heard.codec ?? spoken.codec;
  const troubles = (["microphone", "computer", "ownNetwork", "farEnd"] as const).filter((side) => passport[`${side}S`] > 0);
  return [
    [t("passport-measured"), duration(passport.seconds)],
    ...(codec ? [[t("quality-codec"), <bdi key="codec" dir="ltr">{CODECS[codec]}</bdi>] as const] : []),
    [t("quality-lost-in"), share(lostOf(heard, heard.packets + heard.lost))],
    [t("quality-lost-out"), share(lostOf(spoken, spoken.packets))],
    [t("quality-jitter"), ms(heard.jitterMs)],
    [t("passport-jitter-most"), ms(heard.jitterMostMs)],
    [t("quality-rtt"), ms(passport.rttMs)],
    [t("passport-rtt-most"), ms(passport.rttMostMs)],
    [t("quality-concealed"), share(passport.concealed)],
    [t("quality-repaired"), share(passport.repaired)],
    [t("passport-late"), share(passport.late)],
    [t("quality-buffer"), ms(passport.bufferMs)],
    [t("quality-mos-in"), score(heard.mos)],
    [t("passport-mos-in-least"), score(heard.mosLeast)],
    [t("quality-mos-out"), score(spoken.mos)],
    [t("passport-mos-out-least"), score(spoken.mosLeast)],
    ...troubles.map((side) => [t(`passport-trouble-${side}`), duration(passport[`${side}S`])] as const),
  ];
}

/** Share of all packets; of a direction without any nothing is known. What we receive does not count what was lost, what we send does. */
function lostOf({ lost }: WayPassport, all: number): number | null {
  return all > 0 ? lost / all : null;
}

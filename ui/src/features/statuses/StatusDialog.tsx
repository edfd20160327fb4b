import { type FormEvent, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, ManagedStatus, StatusBlocks, StatusKind } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { Select } from "../../kit/Select";
import { Switch } from "../../kit/Switch";
import { useEngine } from "../../state/Engine";
import dialog from "../rights/RightsDialog.module.css";
import form from "../rights/RightsForm.module.css";
import { WORDS } from "../status/words";
import { CALLS } from "./words";

/** Kinds that a new status can have. */
const KINDS = ["break", "meeting", "available", "doNotDisturb", "other"] as const satisfies readonly StatusKind[];
const USUAL: StatusBlocks = { queue: true, internal: false, external: false };

interface StatusDialogProps {
  /** Null: a new one. */
  status: ManagedStatus | null;
  onSaved(): void;
  onClose(): void;
  /** Somebody was faster: they are read again. */
  onAgain(): void;
}

/** One status: what it is called in both languages, and which calls it keeps away (ST-05). The server judges every change. */
export function StatusDialog({ status, onSaved, onClose, onAgain }: StatusDialogProps) {
  const { backend } = useEngine();
  const { t } = useWords();
  const [kind, setKind] = useState<StatusKind>(status?.kind ?? "break");
  const [names, setNames] = useState(status?.names ?? { en: "", ar: "" });
  const [blocks, setBlocks] = useState(status?.blocks ?? USUAL);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [tried, setTried] = useState(false);
  const tidy = { en: names.en.trim(), ar: names.ar.trim() };
  // What is built in may go without: then it has the words of its kind.
  const nameless = status?.builtIn === true && !tidy.en && !tidy.ar;
  const missing = (name: string) => (tried && !nameless && !name ? t("statuses-name-missing") : null);
  const keep = (retired: boolean) => {
    setSaving(true);
    setFailed(null);
    const asked = status
      ? backend.statusEdit({ id: status.id, kind, ...(nameless ? {} : { names: tidy }), blocks, blocksFixed: status.blocksFixed, builtIn: status.builtIn, retired, people: status.people, version: status.version })
      : backend.statusAdd({ kind, names: tidy, blocks });
    asked.then(onSaved, (thrown: unknown) => {
      setSaving(false);
      setFailed(asIpcError(thrown));
    });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (saving || (!nameless && (!tidy.en || !tidy.ar))) return;
    keep(status?.retired ?? false);
  };
  return (
    <ModalOverlay isOpen isDismissable={false} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} className={dialog.scrim ?? ""}>
      <Modal className={dialog.modal ?? ""}>
        <Dialog className={dialog.dialog ?? ""}>
          <header className={dialog.head}>
            <Heading slot="title">{t(status ? "statuses-edit-title" : "statuses-new")}</Heading>
            <IconButton icon="x" label={t("close")} onPress={onClose} />
          </header>
          <form className={form.form} noValidate onSubmit={save}>
            {failed && <Notice tone="bad" urgent title={errorTitle(t, failed)} detail={failed.detail} action={failed.code === "statusChanged" ? <Button size="sm" onPress={onAgain}>{t("rights-again")}</Button> : undefined} />}
            {!status && (
              <span className={form.field}>
                <b>{t("statuses-kind")}</b>
                <Select label={t("statuses-kind")} value={kind} choices={KINDS.map((value) => ({ value, text: t(WORDS[value]), label: t(WORDS[value]) }))} onChange={(next) => { const chosen = KINDS.find((one) => one === next); if (chosen) setKind(chosen); }} />
              </span>
            )}
            <div className={form.pair}>
              <Field label={t("statuses-name-en")} value={names.en} maxLength={40} onChange={(en) => setNames({ ...names, en })} error={missing(tidy.en)} placeholder={status?.builtIn ? t("statuses-name-usual") : ""} />
              <Field label={t("statuses-name-ar")} value={names.ar} maxLength={40} onChange={(ar) => setNames({ ...names, ar })} error={missing(tidy.ar)} placeholder={status?.builtIn ? t("statuses-name-usual") : ""} />
            </div>
            <fieldset disabled={status?.blocksFixed ?? false} className={form.group}>
              <legend>{t("statuses-keeps-away")}</legend>
              {status?.blocksFixed && <p>{t("statuses-fixed")}</p>}
              <div className={form.list}>
                {CALLS.map(([which, word]) => (
                  <div key={which} className={form.line}>
                    <span className={form.words}><b>{t(word)}</b></span>
                    <Switch label={t(word)} on={blocks[which]} onChange={(on) => setBlocks({ ...blocks, [which]: on })} />
                  </div>
                ))}
              </div>
            </fieldset>
            {status && !status.builtIn && !status.retired && status.people > 0 && <Notice tone="warn" icon="info" title={t("statuses-people-keep", { count: status.people })} />}
            <div className={form.foot}>
              {status && !status.builtIn && <Button size="lg" tone="ghost" isDisabled={saving} onPress={() => keep(!status.retired)}>{t(status.retired ? "statuses-bring-back" : "statuses-retire")}</Button>}
              <Button size="lg" isDisabled={saving} onPress={onClose}>{t("cancel")}</Button>
              <Button size="lg" type="submit" tone="primary" busy={saving}>{t("save")}</Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

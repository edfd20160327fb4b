import { useEffect, useRef, useState } from "react";
import { Button as AriaButton, FileTrigger } from "react-aria-components";
import { asIpcError } from "../../backend/backend";
import type { IpcError, PhotoFault } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Notice } from "../../kit/Notice";
import { Ask } from "../../kit/Pop";
import { useEngine } from "../../state/Engine";
import { OwnAvatar } from "../../state/faces";
import { CropDialog, type OpenPhoto } from "./CropDialog";
import styles from "./Profile.module.css";
import { sizeText } from "./size";

/** No more than this is read of a file: one byte more than is taken. */
const READ_AT_MOST = 5 * 1024 * 1024 + 1;
/** What the file dialog offers. What a file is, its bytes say. */
const OFFERED = ["image/jpeg", "image/png"];

interface Refused {
  why: PhotoFault;
  format: string | null;
  name: string;
  bytes: number;
}

export interface PhotoDesk {
  opening: string | null;
  refused: Refused | null;
  failed: IpcError | null;
  open: OpenPhoto | null;
  pick(file: File): void;
  close(): void;
}

/** A file on its way to become one's picture: from the file dialog or dropped on the page. */
export function usePhotoDesk(): PhotoDesk {
  const { backend, run } = useEngine();
  const [opening, setOpening] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const [open, setOpen] = useState<OpenPhoto | null>(null);
  const latest = useRef(0);
  const shown = useRef<OpenPhoto | null>(null);
  shown.current = open;
  const put = (photo: OpenPhoto) => {
    URL.revokeObjectURL(photo.preview);
    run(backend.photoClose({ photo: photo.photo }));
  };
  // Whoever leaves the page has given up.
  useEffect(() => () => { latest.current += 1; if (shown.current) put(shown.current); }, []);

  const read = async (file: File, turn: number) => {
    const bytes = new Uint8Array(await file.slice(0, READ_AT_MOST).arrayBuffer());
    const answer = await backend.photoOpen({ bytes });
    if (turn !== latest.current) return;
    if (answer.kind === "refused") {
      setRefused({ why: answer.why, format: answer.format, name: file.name, bytes: file.size });
      return;
    }
    const preview = await backend.photoPreview({ photo: answer.photo });
    if (turn !== latest.current) return;
    setOpen({ photo: answer.photo, name: file.name, bytes: file.size, width: answer.width, height: answer.height, smallerThan: answer.smallerThan, preview });
  };
  return {
    opening, refused, failed, open,
    pick(file) {
      latest.current += 1;
      const turn = latest.current;
      setOpening(file.name);
      setRefused(null);
      setFailed(null);
      read(file, turn)
        .catch((thrown: unknown) => { if (turn === latest.current) setFailed(asIpcError(thrown)); })
        .finally(() => { if (turn === latest.current) setOpening(null); });
    },
    close() {
      if (open) put(open);
      setOpen(null);
    },
  };
}

/** The picture, and what can be done about it (PR-05, PR-06, PR-11). */
export function Photo({ desk }: { desk: PhotoDesk }) {
  const { state, backend } = useEngine();
  const { t, format } = useWords();
  const [asking, setAsking] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [failed, setFailed] = useState<IpcError | null>(null);
  const profile = state.session.phase === "signedIn" ? state.session.user.profile : null;
  const remove = () => {
    setAsking(false);
    setRemoving(true);
    setFailed(null);
    backend.photoRemove().catch((thrown: unknown) => setFailed(asIpcError(thrown))).finally(() => setRemoving(false));
  };
  const problem = failed ?? desk.failed;
  const onSelect = (files: FileList | null) => { const file = files?.[0]; if (file) { setFailed(null); desk.pick(file); } };
  return (
    <>
      <div className={styles.photoButtons}>
        <FileTrigger acceptedFileTypes={OFFERED} onSelect={onSelect}>
          <Button icon="upload-simple" busy={desk.opening !== null}>{t("photo-upload")}</Button>
        </FileTrigger>
        {profile?.avatar && <span className={styles.remove}><Button tone="ghost" busy={removing} onPress={() => setAsking(true)}>{t("photo-remove")}</Button></span>}
      </div>
      <small className={styles.note} role="status">{desk.opening === null ? t("photo-note") : t("photo-opening", { name: desk.opening })}</small>
      {desk.refused && (
        <Notice
          tone="bad" urgent
          title={t(`photo-fault-${desk.refused.why}`, { name: desk.refused.name, size: sizeText(t, format, desk.refused.bytes), format: desk.refused.format ?? "" })}
        />
      )}
      {problem && <Notice tone="bad" urgent title={errorTitle(t, problem)} detail={problem.detail} />}
      {desk.open && <CropDialog photo={desk.open} onSaved={desk.close} onCancel={desk.close} />}
      {asking && (
        <Ask title={t("photo-remove-title")} confirm={t("photo-remove-confirm")} cancel={t("cancel")} onCancel={() => setAsking(false)} onConfirm={remove}>
          {t("photo-remove-body")}
        </Ask>
      )}
    </>
  );
}

/** The circle itself: a press opens the file dialog. */
export function PhotoCircle({ desk }: { desk: PhotoDesk }) {
  const { t } = useWords();
  return (
    <FileTrigger acceptedFileTypes={OFFERED} onSelect={(files) => { const file = files?.[0]; if (file) desk.pick(file); }}>
      <AriaButton className={styles.circle ?? ""} aria-label={t("photo-upload")}><OwnAvatar size={88} /></AriaButton>
    </FileTrigger>
  );
}

import type { DirectoryUser } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Ask } from "../../kit/Pop";
import { useEngine } from "../../state/Engine";
import { useConfirmed } from "../status/Asks";

interface AskedProps {
  user: DirectoryUser;
  onClose(): void;
  onDone(): void;
}

/** Names whom, and what is lost by it (DR-10). */
export function DeleteUser({ user, onClose, onDone }: AskedProps) {
  const { backend } = useEngine();
  const { t, format } = useWords();
  const { busy, confirm, notice } = useConfirmed(() => backend.userGet({ id: user.id }).then(({ version }) => backend.userDelete({ id: user.id, version })), onDone);
  return (
    <Ask title={t("directory-delete-title", { person: user.name })} confirm={t("directory-delete-confirm")} cancel={t("cancel")} busy={busy} notice={notice} onCancel={onClose} onConfirm={confirm}>
      {t("directory-delete-body", { extension: format.digits(user.extension) })}
    </Ask>
  );
}

import type { DirectoryUser } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { ContextMenu, MenuAction, MenuMore, MenuRule, type Place } from "../../kit/Menu";
import { useEngine } from "../../state/Engine";
import { useStatusesToChoose } from "../status/choices";

/** What can be done with somebody. */
export interface Doings {
  onEdit(user: DirectoryUser): void;
  /** To a status of the team. */
  onForce(user: DirectoryUser, status: string): void;
  /** To own words, which are asked for. */
  onForceOther(user: DirectoryUser, status: string): void;
  onRights(user: DirectoryUser): void;
  onEndSessions(user: DirectoryUser): void;
  onDelete(user: DirectoryUser): void;
}

/** The menu of a row. Whom one may only look at has a short one. */
export function RowMenu({ user, at, onClose, ...doings }: Doings & { user: DirectoryUser; at: Place; onClose(): void }) {
  const { state } = useEngine();
  const { t } = useWords();
  const statuses = useStatusesToChoose()(state.status?.value.choices ?? []);
  const other = t("directory-status-other");
  const choose = (id: string) => {
    if (statuses.some((status) => status.id === id && status.other)) doings.onForceOther(user, id);
    else doings.onForce(user, id);
  };
  if (!user.mayEdit) {
    return (
      <ContextMenu at={at} label={t("directory-actions", { person: user.name })} onClose={onClose}>
        <MenuAction icon="eye" keyName="Enter" onAction={() => doings.onEdit(user)}>{t("directory-look")}</MenuAction>
      </ContextMenu>
    );
  }
  return (
    <ContextMenu at={at} label={t("directory-actions", { person: user.name })} onClose={onClose}>
      <MenuAction icon="pencil-simple" keyName="Enter" onAction={() => doings.onEdit(user)}>{t("directory-edit")}</MenuAction>
      <MenuMore icon="user-switch" flip title={t("directory-force")} chosen={user.status.id} choices={statuses.map((status) => (status.text === other ? { ...status, text: t("status-other") } : status))} note={t("directory-force-note", { person: user.name })} onChoose={choose} />
      <MenuAction icon="user-circle-gear" onAction={() => doings.onRights(user)}>{t("rights-open")}</MenuAction>
      <MenuAction icon="sign-out" flip onAction={() => doings.onEndSessions(user)}>{t("directory-end-sessions")}</MenuAction>
      <MenuRule />
      <MenuAction icon="trash" danger onAction={() => doings.onDelete(user)}>{t("directory-delete")}</MenuAction>
    </ContextMenu>
  );
}

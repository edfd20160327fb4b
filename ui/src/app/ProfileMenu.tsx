import type { ReactElement } from "react";
import { useWords } from "../i18n/I18n";
import { Avatar } from "../kit/Avatar";
import { MenuLine, MenuRow } from "../kit/MenuRow";
import { Pop } from "../kit/Pop";
import { Dot, Name, PhoneNumber } from "../kit/Text";
import { useEngine } from "../state/Engine";
import { usePresence } from "./presence";
import styles from "./ProfileMenu.module.css";

/** Who is signed in, and the way out. */
export function ProfileMenu({ trigger, onSignOut }: { trigger: ReactElement; onSignOut(): void }) {
  const { state } = useEngine();
  const { t, format } = useWords();
  const presence = usePresence();
  if (state.session.phase !== "signedIn") return trigger;
  const { user } = state.session;
  return (
    <Pop trigger={trigger} label={t("profile-menu")} placement="top start">
      {(close) => (
        <>
          <div className={styles.me}>
            <Avatar id={user.id} name={user.name} size={48} presence={presence.state} />
            <span className={styles.who}>
              <b><Name>{user.name}</Name></b>
              <small>{t("extension")} <PhoneNumber>{format.digits(user.extension)}</PhoneNumber><Dot />{t(presence.word)}</small>
              <small><PhoneNumber>{user.email || user.server}</PhoneNumber></small>
            </span>
          </div>
          {user.practice && <p className={styles.practice}>{t("profile-practice")}</p>}
          <MenuLine />
          <MenuRow icon="sign-out" flip danger onPress={() => { close(); onSignOut(); }}>{t("session-logout")}</MenuRow>
        </>
      )}
    </Pop>
  );
}

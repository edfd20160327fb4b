import { type DragEvent, useState } from "react";
import type { Profile as ProfileData, User } from "../../backend/generated";
import { useWords } from "../../i18n/I18n";
import { Button, IconButton } from "../../kit/Button";
import { cx } from "../../kit/cx";
import { Icon } from "../../kit/Icon";
import { Notice } from "../../kit/Notice";
import { Name, PhoneNumber, SaidOnly } from "../../kit/Text";
import { useEngine } from "../../state/Engine";
import { OwnAvatar } from "../../state/faces";
import { NameForm } from "./NameForm";
import { PasswordDialog } from "./PasswordDialog";
import { Photo, PhotoCircle, usePhotoDesk } from "./Photo";
import styles from "./Profile.module.css";

/** Personal settings (PS-01): picture, name, account, password. A file may be dropped anywhere on it. */
export function Profile() {
  const { state } = useEngine();
  if (state.session.phase !== "signedIn") return null;
  const { user } = state.session;
  return user.profile ? <TeamProfile user={user} profile={user.profile} /> : <SipProfile user={user} />;
}

function TeamProfile({ user, profile }: { user: User; profile: ProfileData }) {
  const { t } = useWords();
  const desk = usePhotoDesk();
  const [naming, setNaming] = useState(false);
  const [dropping, setDropping] = useState(false);
  const drag = (event: DragEvent) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    setDropping(event.type === "dragover");
    const file = event.type === "drop" ? event.dataTransfer.files[0] : undefined;
    if (file) desk.pick(file);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped here; the button does the same by key
    <section className={cx(styles.page, dropping && styles.dropping)} aria-label={t("profile-page")} data-pane="profile" onDragOver={drag} onDragLeave={drag} onDrop={drag}>
      <div className={styles.column}>
        <div className={styles.head}>
          <PhotoCircle desk={desk} />
          <div className={styles.who}>
            {naming ? (
              <>
                <h2><SaidOnly>{user.name}</SaidOnly></h2>
                <NameForm profile={profile} onClose={() => setNaming(false)} />
              </>
            ) : (
              <div className={styles.name}>
                <h2><Name>{user.name}</Name></h2>
                <IconButton size="sm" icon="pencil-simple" label={t("profile-name-edit")} onPress={() => setNaming(true)} />
              </div>
            )}
            <Photo desk={desk} />
          </div>
        </div>
        <Account user={user} profile={profile} />
        {!user.practice && <Password profile={profile} />}
      </div>
      {dropping && <div className={styles.drop} aria-hidden="true"><Icon name="upload-simple" />{t("photo-drop")}</div>}
    </section>
  );
}

function Account({ user, profile }: { user: User; profile: ProfileData }) {
  const { t, format } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(user.email).then(() => setCopied(true));
  return (
    <>
      <h3>{t("profile-account")}</h3>
      <dl className={styles.list}>
        <div>
          <dt>{t("email")}</dt>
          <dd>
            <bdi dir="ltr" className={styles.email}>{user.email}</bdi>
            <IconButton size="sm" icon="copy" label={t("profile-email-copy")} onPress={copy} />
            <span role="status" className={styles.copied}>{copied && t("profile-email-copied")}</span>
            <small className={styles.locked}><Icon name="lock-simple" />{t("profile-email-note")}</small>
          </dd>
        </div>
        <div>
          <dt>{t("profile-status")}</dt>
          <dd><span className={cx(styles.tag, profile.active ? styles.active : styles.suspended)}><Icon name={profile.active ? "check-circle-fill" : "prohibit"} />{t(profile.active ? "profile-active" : "profile-suspended")}</span></dd>
        </div>
        <div>
          <dt>{t("profile-service")}</dt>
          <dd>{t(`profile-service-${profile.service}`)}</dd>
        </div>
        <div>
          <dt>{t("profile-role")}</dt>
          <dd>{t(`profile-role-${profile.role}`)}</dd>
        </div>
        <div>
          <dt>{t("extension")}</dt>
          <dd><PhoneNumber>{format.digits(user.extension)}</PhoneNumber></dd>
        </div>
      </dl>
    </>
  );
}

function Password({ profile }: { profile: ProfileData }) {
  const { t, format } = useWords();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const at = profile.passwordChangedMs;
  return (
    <>
      <h3>{t("password")}</h3>
      {done && <Notice tone="good" icon="check-circle-fill" title={t("password-changed")} />}
      <div className={styles.list}>
        <div>
          <span className={styles.grow}>
            <b>{t("password-change")}</b>
            <small>{at === null ? t("password-never-changed") : t("password-changed-on", { day: format.day(at) })}</small>
          </span>
          <Button onPress={() => { setDone(false); setOpen(true); }}>{t("password-change-open")}</Button>
        </div>
      </div>
      {open && <PasswordDialog onCancel={() => setOpen(false)} onDone={() => { setOpen(false); setDone(true); }} />}
    </>
  );
}

/** An account at another exchange has no profile: what is known of it. */
function SipProfile({ user }: { user: User }) {
  const { t, format } = useWords();
  return (
    <section className={styles.page} aria-label={t("profile-page")}>
      <div className={styles.column}>
        <div className={styles.head}>
          <OwnAvatar size={88} />
          <div className={styles.who}><div className={styles.name}><h2><Name>{user.name}</Name></h2></div></div>
        </div>
        <h3>{t("profile-account")}</h3>
        <dl className={styles.list}>
          <div><dt>{t("extension")}</dt><dd><PhoneNumber>{format.digits(user.extension)}</PhoneNumber></dd></div>
          <div><dt>{t("profile-server")}</dt><dd><PhoneNumber>{user.server}</PhoneNumber></dd></div>
        </dl>
        <p className={styles.note}>{t("profile-sip-note")}</p>
      </div>
    </section>
  );
}

import { useCallback, useEffect, useRef, useState } from "react";
import type { DirectoryUser } from "../../backend/generated";
import { errorTitle } from "../../i18n/errors";
import { useWords } from "../../i18n/I18n";
import { Button } from "../../kit/Button";
import { Empty } from "../../kit/Empty";
import type { Place } from "../../kit/Menu";
import { Notice } from "../../kit/Notice";
import { SkeletonRows } from "../../kit/Skeleton";
import { Toasts } from "../../kit/Toasts";
import { useEngine } from "../../state/Engine";
import { BulkDialog } from "../bulk/BulkDialog";
import { RightsDialog } from "../rights/RightsDialog";
import { EndSessions, OtherStatus } from "../status/Asks";
import { OFFLINE, useStatusesToChoose } from "../status/choices";
import { DeleteUser } from "./Asks";
import styles from "./Directory.module.css";
import type { Order } from "./order";
import { RowMenu } from "./RowMenu";
import { Table } from "./Table";
import { ANY, type Filters, Tools } from "./Tools";
import { useDirectory } from "./useDirectory";
import { useFound } from "./useFound";
import { useOrdered, useShown } from "./useOrdered";
import { UserDrawer } from "./UserDrawer";

const EVERYBODY: Filters = { text: "", role: ANY, status: ANY };

/** A question that is open, and of whom. */
type Asking = { what: "delete" | "sessions" | "rights"; user: DirectoryUser } | { what: "other"; user: DirectoryUser; status: string };

/** The users whom this person administers: who they are and what they are doing, live (DR-00 to DR-12, US-01). */
export function Directory({ onUnsaved }: { onUnsaved(unsaved: boolean): void }) {
  const { state, backend, run } = useEngine();
  const { t, language } = useWords();
  const [bulk, setBulk] = useState<"range" | "import" | null>(null);
  const { read, again } = useDirectory();
  const [order, setOrder] = useState<Order>({ by: "extension", down: false });
  const [filters, setFilters] = useState(EVERYBODY);
  const [active, setActive] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ user: string; at: Place } | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  /** Whose card is open; null in it: somebody new. */
  const [card, setCard] = useState<{ user: DirectoryUser | null } | null>(null);
  const [told, setTold] = useState<{ id: number; title: string } | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const users = read.kind === "there" ? read.users : null;
  const statuses = [...useStatusesToChoose()(state.status?.value.choices ?? []), { id: OFFLINE, shape: "offline", text: t("presence-offline"), other: false } as const];
  const found = useFound(filters.text, read.kind === "there" ? read.said : 0);
  const shown = useShown(useOrdered(users, order), filters, found);
  const known = state.system.value.livePanel.level === "ok";
  const menuUser = menu && users?.get(menu.user);

  const tell = (title: string) => setTold((before) => ({ id: (before?.id ?? 0) + 1, title }));
  const back = useCallback(() => requestAnimationFrame(() => grid.current?.focus({ preventScroll: true })), []);
  const closeMenu = useCallback(() => setMenu(null), []);
  const closeCard = () => { setCard(null); onUnsaved(false); back(); };
  const closeAsk = () => { setAsking(null); back(); };
  const exportShown = () => run(backend.directoryExport({ ids: shown.map(({ id }) => id), language }).then((path) => tell(t("bulk-exported", { path }))));
  const force = (user: DirectoryUser, statusId: string, text = "") => run(backend.userForceStatus({ id: user.id, statusId, text }).then(() => tell(t("directory-forced", { person: user.name }))));
  useEffect(() => () => onUnsaved(false), [onUnsaved]);

  return (
    <section className={styles.directory} aria-label={t("section-directory")}>
      <div className={styles.list} inert={card !== null}>
        <Tools filters={filters} statuses={statuses} onFilters={setFilters} onDown={() => grid.current?.focus()} onNew={() => setCard({ user: null })} onBulk={setBulk} onExport={shown.length > 0 ? exportShown : null} />
        {!known && read.kind === "there" && (
          <div className={styles.notice}>
            <Notice tone="warn" icon="cloud-slash" title={t("directory-offline")} action={<Button size="sm" onPress={() => run(backend.retryNow())}>{t("retry-now")}</Button>}>{t("directory-offline-note")}</Notice>
          </div>
        )}
        {read.kind === "loading" && <div className={styles.loading}><SkeletonRows rows={11} label={t("loading")} /></div>}
        {read.kind === "failed" && <div className={styles.middle}><Empty broken title={t("directory-failed")} detail={read.error.detail} action={<Button tone="primary" icon="arrow-clockwise" onPress={again}>{t("try-again")}</Button>}>{errorTitle(t, read.error)}</Empty></div>}
        {users && users.size === 0 && <div className={styles.middle}><Empty title={t("directory-empty")} action={<Button tone="primary" icon="plus" onPress={() => setCard({ user: null })}>{t("directory-new")}</Button>}>{t("directory-empty-note")}</Empty></div>}
        {users && users.size > 0 && shown.length === 0 && <div className={styles.middle}><Empty title={t("directory-none-found")} action={<Button onPress={() => setFilters(EVERYBODY)}>{t("directory-show-all")}</Button>}>{t("directory-none-found-note")}</Empty></div>}
        {shown.length > 0 && (
          <Table
            users={shown} question={JSON.stringify([order, filters])} order={order} known={known} active={active} menu={menu?.user ?? null} gridRef={grid}
            onOrder={(by) => setOrder((before) => ({ by, down: before.by === by && !before.down }))} onActive={setActive}
            onOpen={(user) => setCard({ user })} onMenu={(user, at) => setMenu({ user: user.id, at })}
          />
        )}
        {users && users.size > 0 && <p className={styles.foot} role="status">{shown.length === users.size ? t("directory-count", { count: users.size }) : t("directory-count-shown", { shown: shown.length, count: users.size })}</p>}
      </div>
      {menu && menuUser && (
        <RowMenu
          key={menu.user} user={menuUser} at={menu.at} onClose={closeMenu} onEdit={(user) => setCard({ user })} onForce={(user, status) => force(user, status)} onForceOther={(user, status) => setAsking({ what: "other", user, status })}
          onRights={(user) => setAsking({ what: "rights", user })} onEndSessions={(user) => setAsking({ what: "sessions", user })} onDelete={(user) => setAsking({ what: "delete", user })}
        />
      )}
      {card && (
        <UserDrawer
          key={card.user?.id ?? ""} user={card.user} onUnsaved={onUnsaved} onClose={closeCard}
          onSaved={(saved, isNew) => { setActive(saved.id); closeCard(); tell(t(isNew ? "directory-made" : "directory-saved", { person: saved.name })); }}
          onDelete={(user) => setAsking({ what: "delete", user })}
        />
      )}
      {bulk && <BulkDialog what={bulk} onClose={() => { setBulk(null); back(); }} />}
      {asking?.what === "rights" && <RightsDialog user={asking.user.id} person={asking.user.name} onClose={closeAsk} />}
      {asking?.what === "sessions" && <EndSessions user={asking.user} end={() => backend.userEndSessions({ id: asking.user.id })} onClose={closeAsk} onDone={() => { closeAsk(); tell(t("directory-sessions-ended", { person: asking.user.name })); }} />}
      {asking?.what === "delete" && <DeleteUser user={asking.user} onClose={closeAsk} onDone={() => { setCard(null); onUnsaved(false); closeAsk(); tell(t("directory-deleted", { person: asking.user.name })); }} />}
      {asking?.what === "other" && <OtherStatus user={asking.user} onClose={closeAsk} onSet={(text) => { closeAsk(); force(asking.user, asking.status, text); }} />}
      <Toasts items={told ? [told] : []} closeLabel={t("close")} onClose={(id) => setTold((now) => (now?.id === id ? null : now))} />
    </section>
  );
}

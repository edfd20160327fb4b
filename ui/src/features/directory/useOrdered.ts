// Users in their order, and of them those who are asked for.
import { useMemo, useRef } from "react";
import type { DirectoryUser } from "../../backend/generated";
import { localeTag } from "../../i18n/catalogue";
import { useWords } from "../../i18n/I18n";
import { type Compare, comparing, type Order, reordered } from "./order";
import type { Filters } from "./Tools";
import type { Users } from "./useDirectory";
import { OFFLINE, useStatusName } from "../status/choices";
import { ROLES } from "./words";

/** A change of a few moves those few; another order sorts everybody. */
export function useOrdered(users: Users | null, order: Order): readonly DirectoryUser[] {
  const { language } = useWords();
  const nameOf = useStatusName();
  const latest = useRef(nameOf);
  latest.current = nameOf;
  const compare = useMemo(
    () => comparing(order, { collator: new Intl.Collator(localeTag(language, "latn"), { numeric: true }), roles: ROLES, status: (user) => latest.current(user.status) }),
    [order, language, latest],
  );
  const last = useRef<{ compare: Compare; sorted: readonly DirectoryUser[] }>({ compare, sorted: [] });
  return useMemo(() => {
    if (!users) return [];
    const before = last.current.compare === compare ? last.current.sorted : [];
    const sorted = before.length === 0 ? [...users.values()].sort(compare) : reordered(before, users, compare);
    last.current = { compare, sorted };
    return sorted;
  }, [users, compare, last]);
}

/** Who of them is asked for. */
export function useShown(sorted: readonly DirectoryUser[], { role, status }: Filters, found: ReadonlySet<string> | null): readonly DirectoryUser[] {
  return useMemo(() => {
    if (!found && !role && !status) return sorted;
    return sorted.filter((user) => (!found || found.has(user.id)) && (!role || user.role === role) && (!status || (status === OFFLINE ? user.status.kind === OFFLINE : user.status.id === status)));
  }, [sorted, role, status, found]);
}

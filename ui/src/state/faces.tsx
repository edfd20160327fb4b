// Pictures of people. Who has one was said by Rust; the bytes are asked for once for each revision and kept while there is room.
import { useEffect, useState } from "react";
import type { Backend } from "../backend/backend";
import type { Face } from "../backend/generated";
import { Avatar, type AvatarProps } from "../kit/Avatar";
import { useEngine } from "./Engine";

/** Pictures that are kept, as addresses for `<img>`. */
const MOST = 400;
/** Larger than this, a picture of 128 pixels looks coarse. */
const SMALL_UP_TO = 48;

type Shelf = Map<string, { url: string | null; loading: Promise<string | null> }>;
const shelves = new WeakMap<Backend, Shelf>();

function shelfOf(backend: Backend): Shelf {
  const shelf = shelves.get(backend) ?? new Map();
  shelves.set(backend, shelf);
  return shelf;
}

function load(backend: Backend, user: string, revision: string, large: boolean): Promise<string | null> {
  const shelf = shelfOf(backend);
  const key = `${user}/${revision}/${large}`;
  const known = shelf.get(key);
  if (known) return known.loading;
  const entry = { url: null as string | null, loading: Promise.resolve<string | null>(null) };
  entry.loading = backend.picture({ user, revision, large }).then(
    (url) => {
      entry.url = url;
      return url;
    },
    () => {
      // Not reached: the next look tries again.
      shelf.delete(key);
      return null;
    },
  );
  shelf.set(key, entry);
  for (const [oldest, { url }] of shelf) {
    if (shelf.size <= MOST) break;
    shelf.delete(oldest);
    if (url) URL.revokeObjectURL(url);
  }
  return entry.loading;
}

/** The picture of somebody, ready to be shown; null while it loads and when there is none. */
export function usePicture(user: string | undefined, revision: string | null | undefined, large: boolean): string | null {
  const { state, backend } = useEngine();
  const [shown, setShown] = useState<{ key: string; url: string | null } | null>(null);
  const key = user && revision ? `${user}/${revision}/${large}` : null;
  // What was not reached is asked for again when the server is back.
  const live = state.system.value.livePanel.level === "ok";
  useEffect(() => {
    if (!key || !user || !revision) return undefined;
    let wanted = true;
    void load(backend, user, revision, large).then((url) => { if (wanted) setShown({ key, url }); });
    return () => { wanted = false; };
  }, [key, live, backend]);
  if (key === null) return null;
  return shelfOf(backend).get(key)?.url ?? (shown?.key === key ? shown.url : null);
}

interface PersonAvatarProps extends Omit<AvatarProps, "picture"> {
  /** Numbers that this person has: one that is an extension of the team has a face. */
  numbers: readonly string[];
}

/** Somebody in a call, a row or a list: with the picture that a colleague has. */
export function PersonAvatar({ numbers, ...rest }: PersonAvatarProps) {
  const { state } = useEngine();
  const face: Face | undefined = numbers.map((number) => state.faces[number]).find(Boolean);
  const picture = usePicture(face?.id, face?.avatar, rest.size > SMALL_UP_TO);
  return <Avatar {...rest} id={face?.id ?? rest.id} picture={picture} />;
}

/** The person at this phone. */
export function OwnAvatar({ size, presence }: Pick<AvatarProps, "size" | "presence">) {
  const { state } = useEngine();
  const user = state.session.phase === "signedIn" ? state.session.user : null;
  const picture = usePicture(user?.id, user?.profile?.avatar, size > SMALL_UP_TO);
  if (!user) return null;
  return <Avatar id={user.id} name={user.name} size={size} picture={picture} {...(presence ? { presence } : {})} />;
}

// The users whom this person administers, live while they are shown.
import { useCallback, useEffect, useState } from "react";
import { asIpcError } from "../../backend/backend";
import type { DirectoryUser, IpcError } from "../../backend/generated";
import type { DirectoryNews } from "../../state/directory";
import { useEngine } from "../../state/Engine";

export type Users = ReadonlyMap<string, DirectoryUser>;
export type Read = { kind: "loading" } | { kind: "failed"; error: IpcError } | {
  kind: "there";
  users: Users;
  /** Another number whenever somebody came, went or is called otherwise. */
  said: number;
};

/** Asks for all, then follows. */
export function useDirectory(): { read: Read; again(): void } {
  const { backend, directory } = useEngine();
  const [read, setRead] = useState<Read>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    // News may overtake the answer; they are newer than it.
    let early: DirectoryNews[] | null = [];
    const leave = directory.subscribe((news) => {
      if (early) early.push(news);
      else setRead((now) => (now.kind === "there" ? { kind: "there", users: withNews(now.users, news), said: now.said + Number(saysMore(now.users, news)) } : now));
    });
    backend.directoryGet().then(
      ({ users }) => {
        if (!current) return;
        const all = (early ?? []).reduce(withNews, new Map(users.map((user) => [user.id, user])) as Users);
        early = null;
        setRead({ kind: "there", users: all, said: 0 });
      },
      (thrown: unknown) => { if (current) setRead({ kind: "failed", error: asIpcError(thrown) }); },
    );
    return () => {
      current = false;
      leave();
    };
  }, [backend, directory, attempt]);
  useEffect(() => () => { backend.directoryLeave().catch(() => undefined); }, [backend]);
  const again = useCallback(() => { setRead({ kind: "loading" }); setAttempt((count) => count + 1); }, []);
  return { read, again };
}

function withNews(users: Users, news: DirectoryNews): Users {
  const next = new Map(users);
  for (const id of news.gone) next.delete(id);
  for (const user of news.changed) next.set(user.id, user);
  return next;
}

/** Could a search find otherwise after it? */
function saysMore(users: Users, { changed, gone }: DirectoryNews): boolean {
  const words = ({ extension, name, email, status }: DirectoryUser) => [extension, name, email, status.text].join("\n");
  return gone.length > 0 || changed.some((user) => { const before = users.get(user.id); return !before || words(before) !== words(user); });
}

-- Times in milliseconds since 1970 UTC. Words, not numbers, for enumerations: a file must stay readable without the program.

CREATE TABLE calls (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,  -- never used twice, so that undo of a delete finds its place free
    account      INTEGER NOT NULL,
    direction    TEXT    NOT NULL,
    number       TEXT    NOT NULL,
    display_name TEXT    NOT NULL,
    started_ms   INTEGER NOT NULL,
    answered_ms  INTEGER,
    ended_ms     INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    sip_code     INTEGER,
    unseen       INTEGER NOT NULL
) STRICT;

CREATE INDEX calls_newest ON calls (started_ms DESC, id DESC);
CREATE INDEX calls_missed ON calls (started_ms DESC, id DESC) WHERE reason = 'missed';
CREATE INDEX calls_unseen ON calls (unseen) WHERE unseen = 1;

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Statuses that administrators make and change. Written for SQLite and PostgreSQL alike, as 0001.

ALTER TABLE statuses ADD COLUMN name_en TEXT NOT NULL DEFAULT '';      -- both empty: the words of its kind
ALTER TABLE statuses ADD COLUMN name_ar TEXT NOT NULL DEFAULT '';
ALTER TABLE statuses ADD COLUMN built_in BIGINT NOT NULL DEFAULT 0;    -- 1: is always there
ALTER TABLE statuses ADD COLUMN retired BIGINT NOT NULL DEFAULT 0;     -- 1: whoever has it keeps it, nobody chooses it
ALTER TABLE statuses ADD COLUMN version BIGINT NOT NULL DEFAULT 1;     -- rises with each change
UPDATE statuses SET built_in = 1;

-- What administrators have done. Outlives those who did it.
CREATE TABLE audit (
    id      TEXT   NOT NULL PRIMARY KEY,           -- UUIDv7
    at_ms   BIGINT NOT NULL,
    user_id TEXT   NOT NULL,                       -- who
    action  TEXT   NOT NULL,                       -- status.created, status.changed, status.ordered
    subject TEXT   NOT NULL,                       -- of what; empty: of all
    details TEXT   NOT NULL                        -- JSON: how it stood before, how it stands
);

-- Recordings of calls (SPEC RG-12, RG-13). Their sound is in files beside the database. Written for SQLite and PostgreSQL alike, as 0001.
CREATE TABLE recordings (
    id          TEXT   NOT NULL PRIMARY KEY,           -- a UUID that the phone chose
    user_id     TEXT   NOT NULL,                       -- outlives the user
    other       TEXT   NOT NULL,
    other_name  TEXT   NOT NULL,
    outgoing    BIGINT NOT NULL,
    external    BIGINT NOT NULL,
    queue       TEXT   NOT NULL,                       -- empty: none
    started_ms  BIGINT NOT NULL,
    by_button   BIGINT NOT NULL,
    opened_ms   BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    done        BIGINT NOT NULL                        -- 0: it is on its way
);
CREATE INDEX recordings_by_time ON recordings (done, started_ms, id);
CREATE INDEX recordings_by_user ON recordings (user_id, done);

-- What the live panel counts (SPEC LP-03, CH-02, CH-03). Written for SQLite and PostgreSQL alike, as 0001.

-- How everybody was seen, one row for each time: offline whenever nothing reached them.
CREATE TABLE status_log (
    id        TEXT   NOT NULL PRIMARY KEY,             -- UUIDv7
    user_id   TEXT   NOT NULL,                         -- outlives the user
    status_id TEXT   NOT NULL,
    since_ms  BIGINT NOT NULL,
    until_ms  BIGINT NOT NULL                          -- 0: still so
);
CREATE INDEX status_log_by_user ON status_log (user_id, until_ms);
CREATE INDEX status_log_by_time ON status_log (since_ms);

-- Calls that are over, one row for each user who was in it.
CREATE TABLE call_log (
    id          TEXT   NOT NULL PRIMARY KEY,           -- UUIDv7
    call        TEXT   NOT NULL,                       -- the same for both sides
    extension   TEXT   NOT NULL,
    direction   TEXT   NOT NULL,                       -- inbound, outbound, internal, conference, eavesdrop
    began_ms    BIGINT NOT NULL,
    answered_ms BIGINT NOT NULL,                       -- 0: nobody answered
    ended_ms    BIGINT NOT NULL
);
CREATE INDEX call_log_by_time ON call_log (began_ms);

CREATE INDEX queue_events_by_time ON queue_events (at_ms);

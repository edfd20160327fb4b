-- Voice boxes (SPEC EC-08). Written for SQLite and PostgreSQL alike, as 0001.
ALTER TABLE users ADD COLUMN use_voicemail BIGINT NOT NULL DEFAULT 0;

CREATE TABLE voicemail (
    id          TEXT   NOT NULL PRIMARY KEY,           -- a UUID of version 7
    user_id     TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    caller      TEXT   NOT NULL,
    caller_name TEXT   NOT NULL,
    left_ms     BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    heard       BIGINT NOT NULL,
    sound       TEXT   NOT NULL                        -- Ogg Opus in Base64: the two databases have no type for bytes in common
);
CREATE INDEX voicemail_by_user ON voicemail (user_id, left_ms);

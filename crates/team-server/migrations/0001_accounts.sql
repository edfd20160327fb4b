-- The same text runs on SQLite and PostgreSQL: TEXT and BIGINT only, times in milliseconds since 1970 UTC, ids as UUIDv7 text.

-- Facts about the installation: its instance id, its secrets.
CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id            TEXT   NOT NULL PRIMARY KEY,
    email         TEXT   NOT NULL UNIQUE,          -- lower case
    name          TEXT   NOT NULL,
    extension     TEXT   NOT NULL UNIQUE,
    role          TEXT   NOT NULL,                 -- agent, supervisor, admin
    status        TEXT   NOT NULL,                 -- active, suspended
    password_hash TEXT   NOT NULL,                 -- PHC string; '!' means that no password fits
    ready_made    BIGINT NOT NULL DEFAULT 0,       -- 1: a practice agent that a profile may take
    created_ms    BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,        -- SHA-256 of the token, hexadecimal; the token itself is nowhere
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device     TEXT   NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_ms);

-- Which ready-made agent a profile of the app was given.
CREATE TABLE practice_profiles (
    profile TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE
);

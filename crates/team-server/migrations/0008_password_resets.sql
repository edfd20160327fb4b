-- Links of mails for forgotten passwords: one for each user, so a newer one ends the older. Written for SQLite and PostgreSQL alike, as 0001.

CREATE TABLE password_resets (
    user_id    TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash TEXT   NOT NULL UNIQUE,             -- SHA-256 of the token, hexadecimal; the token itself is in the mail only
    expires_ms BIGINT NOT NULL
);

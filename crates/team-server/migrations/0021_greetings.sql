-- What owners of voice boxes say to callers (SPEC EC-08), an Ogg Opus file in Base64. Written for SQLite and PostgreSQL alike, as 0001.
CREATE TABLE voicemail_greetings (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sound   TEXT NOT NULL
);

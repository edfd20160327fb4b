-- What people say of themselves. Written for SQLite and PostgreSQL alike, as 0001.

-- Both empty: the name was entered in one piece.
ALTER TABLE users ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN service TEXT NOT NULL DEFAULT 'voice';              -- voice, contact_centre
ALTER TABLE users ADD COLUMN avatar TEXT NOT NULL DEFAULT '';                    -- revision of the picture; empty: none
ALTER TABLE users ADD COLUMN profile_version BIGINT NOT NULL DEFAULT 0;          -- rises with each change of name or picture
ALTER TABLE users ADD COLUMN password_changed_ms BIGINT NOT NULL DEFAULT 0;      -- by its owner; 0: never

CREATE TABLE avatars (
    user_id    TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    revision   TEXT NOT NULL,                      -- of what is below; as users.avatar
    large_jpeg TEXT NOT NULL,                      -- base64: the two databases have no type for bytes in common
    small_jpeg TEXT NOT NULL
);

-- Statuses: which there are and what each keeps away; who has which. Written for SQLite and PostgreSQL alike, as 0001.

CREATE TABLE statuses (
    id              TEXT   NOT NULL PRIMARY KEY,
    kind            TEXT   NOT NULL,               -- available, break, dnd, meeting, other (with own words), offline (set by the server)
    place           BIGINT NOT NULL,               -- order in the menu
    blocks_queue    BIGINT NOT NULL,
    blocks_internal BIGINT NOT NULL,
    blocks_external BIGINT NOT NULL
);
INSERT INTO statuses (id, kind, place, blocks_queue, blocks_internal, blocks_external) VALUES
    ('available', 'available', 1, 0, 0, 0),
    ('break',     'break',     2, 1, 0, 0),
    ('dnd',       'dnd',       3, 1, 1, 1),
    ('meeting',   'meeting',   4, 1, 0, 0),
    ('other',     'other',     5, 1, 0, 0),
    ('offline',   'offline',   6, 1, 1, 1);

-- Nobody's row is needed: whoever has none is available, since the account was made.
CREATE TABLE user_statuses (
    user_id         TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    status_id       TEXT   NOT NULL REFERENCES statuses (id),
    own_words       TEXT   NOT NULL,
    chosen_ms       BIGINT NOT NULL,
    changed_ms      BIGINT NOT NULL,               -- chosen, or marked offline: an older choice does not count
    marked_offline  BIGINT NOT NULL,               -- 1: no call comes through until a status is chosen
    offline_sign_in BIGINT NOT NULL,               -- 1: each sign-in begins like that
    version         BIGINT NOT NULL
);

-- The last own words of each, three at most.
CREATE TABLE status_texts (
    user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    own_words TEXT   NOT NULL,
    used_ms   BIGINT NOT NULL,
    PRIMARY KEY (user_id, own_words)
);

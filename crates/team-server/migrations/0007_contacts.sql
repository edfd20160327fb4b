-- Address books: one of each user, and the company's. Written for SQLite and PostgreSQL alike, as 0001.

CREATE TABLE contact_books (
    book       TEXT   NOT NULL PRIMARY KEY,        -- id of the user whose it is, or 'company'
    user_id    TEXT   REFERENCES users (id) ON DELETE CASCADE,
    seq        BIGINT NOT NULL,                    -- number of the last change
    rows_kept  BIGINT NOT NULL,                    -- rows, deleted ones too
    bytes_kept BIGINT NOT NULL                     -- length of all cards
);

CREATE TABLE contacts (
    book       TEXT   NOT NULL REFERENCES contact_books (book) ON DELETE CASCADE,
    id         TEXT   NOT NULL,                    -- made by the client, 32 hexadecimal digits
    seq        BIGINT NOT NULL,                    -- number of its last change in the book
    edit_tag   TEXT   NOT NULL,                    -- of that change, so that a repeated one is known
    updated_ms BIGINT NOT NULL,
    updated_by TEXT   NOT NULL,                    -- id of the user who made it
    card       TEXT   NOT NULL,                    -- JSON; empty: deleted
    PRIMARY KEY (book, id)
);
CREATE UNIQUE INDEX contacts_by_seq ON contacts (book, seq);

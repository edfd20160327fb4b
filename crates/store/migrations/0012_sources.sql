-- Outside address books, and what was read of them. Their contacts stand among the others, in the book 'outside', which nobody edits.

CREATE TABLE sources (
    row          INTEGER NOT NULL PRIMARY KEY,
    owner        TEXT    NOT NULL,
    id           TEXT    NOT NULL UNIQUE,  -- 16 hexadecimal digits; the password is in the keychain
    kind         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    user_name    TEXT    NOT NULL,
    base_dn      TEXT    NOT NULL,
    filter       TEXT    NOT NULL,
    starttls     INTEGER NOT NULL,
    certificates TEXT    NOT NULL,
    mark         TEXT    NOT NULL,         -- how the book stood when it was read; empty: read all of it
    read_ms      INTEGER,                  -- when it was read well, last
    why          TEXT    NOT NULL,         -- code of what went wrong last; empty when nothing did
    detail       TEXT    NOT NULL
) STRICT;

CREATE INDEX sources_owner ON sources (owner, row);

ALTER TABLE contacts ADD COLUMN source TEXT;

CREATE TABLE source_entries (
    source  TEXT    NOT NULL,
    key     TEXT    NOT NULL,              -- the entry's name in that address book
    tag     TEXT    NOT NULL,              -- changes whenever the entry does
    contact INTEGER NOT NULL REFERENCES contacts (row) ON DELETE CASCADE,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_entries_contact ON source_entries (contact);

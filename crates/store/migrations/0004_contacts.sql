-- The agent's address book. Each account of this profile has its own: `owner`. What is looked up by stands beside what was typed.

CREATE TABLE contacts (
    row          INTEGER NOT NULL PRIMARY KEY,
    owner        TEXT    NOT NULL,
    id           TEXT    NOT NULL,  -- 32 hexadecimal digits
    book         TEXT    NOT NULL,
    first_name   TEXT    NOT NULL,
    last_name    TEXT    NOT NULL,
    display_name TEXT    NOT NULL,
    company      TEXT    NOT NULL,
    job_title    TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    favourite    INTEGER NOT NULL,
    change       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    updated_ms   INTEGER NOT NULL,
    deleted_ms   INTEGER,           -- set while a delete can be undone
    name         TEXT    NOT NULL,  -- the line that is shown
    letter       TEXT    NOT NULL,
    sort_latin   TEXT    NOT NULL,  -- Latin names before Arabic ones
    sort_arabic  TEXT    NOT NULL,  -- the other way round
    UNIQUE (owner, id)
) STRICT;

CREATE INDEX contacts_latin ON contacts (owner, sort_latin, letter) WHERE deleted_ms IS NULL;
CREATE INDEX contacts_arabic ON contacts (owner, sort_arabic, letter) WHERE deleted_ms IS NULL;
CREATE INDEX contacts_favourite ON contacts (owner) WHERE favourite = 1 AND deleted_ms IS NULL;
CREATE INDEX contacts_deleted ON contacts (deleted_ms) WHERE deleted_ms IS NOT NULL;

CREATE TABLE contact_numbers (
    contact    INTEGER NOT NULL REFERENCES contacts (row) ON DELETE CASCADE,
    place      INTEGER NOT NULL,
    number     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    is_primary INTEGER NOT NULL,
    PRIMARY KEY (contact, place)
) STRICT, WITHOUT ROWID;

-- E-mail addresses, SIP addresses, groups and lines of the company's own.
CREATE TABLE contact_lines (
    contact INTEGER NOT NULL REFERENCES contacts (row) ON DELETE CASCADE,
    kind    TEXT    NOT NULL,
    place   INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (contact, kind, place)
) STRICT, WITHOUT ROWID;

-- Who is calling: numbers and SIP addresses as `book::number` compares them.
CREATE TABLE contact_keys (
    contact INTEGER NOT NULL REFERENCES contacts (row) ON DELETE CASCADE,
    written TEXT    NOT NULL,
    exact   TEXT    NOT NULL,
    tail    TEXT
) STRICT;

CREATE INDEX contact_keys_contact ON contact_keys (contact);
CREATE INDEX contact_keys_exact ON contact_keys (exact);
CREATE INDEX contact_keys_tail ON contact_keys (tail) WHERE tail IS NOT NULL;

-- What is searched, as `book::fold` makes it comparable. Its rowid is contacts.row; the words themselves are not kept twice.
CREATE VIRTUAL TABLE contact_words USING fts5 (
    folded, skeleton, digits, tokenize = 'ascii', prefix = '2 3', content = '', contentless_delete = 1
);

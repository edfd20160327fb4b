-- Contacts that are kept at a team server as well. An account without one has no rows here.

CREATE TABLE contact_books (
    owner     TEXT    NOT NULL,
    book      TEXT    NOT NULL,
    known     INTEGER NOT NULL,  -- the server's changes up to this number are here
    synced_ms INTEGER,           -- when nothing was left to fetch, last
    writable  INTEGER NOT NULL,
    PRIMARY KEY (owner, book)
) STRICT, WITHOUT ROWID;

-- Edits on their way, in the change that made them. What is to be sent is the contact itself; without one it is a delete.
-- While state is not 'queued', the server's version stands among the contacts too, under an owner that nobody is ('...' || char(10) || 'theirs').
CREATE TABLE contact_outbox (
    place         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner         TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    book          TEXT    NOT NULL,
    base          INTEGER NOT NULL,  -- the server's change that it was made on; 0: the server did not know the contact
    edit          TEXT    NOT NULL,  -- tag of the edit
    state         TEXT    NOT NULL,  -- queued, conflict, refused
    mine_deleted  INTEGER NOT NULL,  -- 1: a conflict in which we deleted; the contact shown is theirs
    theirs_change INTEGER NOT NULL,
    why           TEXT    NOT NULL,  -- code of a refusal
    UNIQUE (owner, id)
) STRICT;

CREATE INDEX contact_outbox_state ON contact_outbox (owner, book, state, place);

CREATE INDEX contacts_book_latin ON contacts (owner, book, sort_latin, letter) WHERE deleted_ms IS NULL;
CREATE INDEX contacts_book_arabic ON contacts (owner, book, sort_arabic, letter) WHERE deleted_ms IS NULL;

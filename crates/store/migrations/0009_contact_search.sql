-- A search that reads as many rows as it shows. The index of words is walked by its rowid, so that is made of the name: whoever comes
-- first in the list is found first (store::contacts::search_row). Rows that stand here already get theirs when the book is opened.

ALTER TABLE contacts ADD COLUMN search_row INTEGER;
-- All that a search asks of a contact, so that nothing else of it is read.
CREATE INDEX contacts_search ON contacts (search_row, owner, deleted_ms, book, favourite, sort_latin);

DROP TABLE contact_words;
CREATE VIRTUAL TABLE contact_words USING fts5 (
    folded, skeleton, digits, tokenize = 'ascii', detail = 'column', prefix = '1 2 3 4', content = '',
    contentless_delete = 1
);

-- Words on their way into the index, within one change: FTS5 writes at once what does not come in the order of its rowids.
CREATE TABLE contact_new_words (
    search_row INTEGER NOT NULL PRIMARY KEY,
    folded     TEXT    NOT NULL,
    skeleton   TEXT    NOT NULL,
    digits     TEXT    NOT NULL
) STRICT;

-- How many stand under each letter, so that the head of the list need not count the book. `sort_*` is the key of some contact of the
-- letter: all of a letter stand together, so any of them tells its place.
CREATE TABLE contact_letters (
    owner       TEXT    NOT NULL,
    book        TEXT    NOT NULL,
    letter      TEXT    NOT NULL,
    count       INTEGER NOT NULL,
    sort_latin  TEXT    NOT NULL,
    sort_arabic TEXT    NOT NULL,
    PRIMARY KEY (owner, book, letter)
) STRICT, WITHOUT ROWID;

INSERT INTO contact_letters
    SELECT owner, book, letter, COUNT(*), MIN(sort_latin), MIN(sort_arabic) FROM contacts WHERE deleted_ms IS NULL GROUP BY owner, book, letter;

CREATE TRIGGER contact_letters_in AFTER INSERT ON contacts WHEN new.deleted_ms IS NULL BEGIN
    INSERT INTO contact_letters VALUES (new.owner, new.book, new.letter, 1, new.sort_latin, new.sort_arabic)
        ON CONFLICT (owner, book, letter) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER contact_letters_out AFTER DELETE ON contacts WHEN old.deleted_ms IS NULL BEGIN
    UPDATE contact_letters SET count = count - 1 WHERE owner = old.owner AND book = old.book AND letter = old.letter;
END;

CREATE TRIGGER contact_letters_moved AFTER UPDATE OF owner, book, letter, deleted_ms ON contacts BEGIN
    UPDATE contact_letters SET count = count - 1
        WHERE old.deleted_ms IS NULL AND owner = old.owner AND book = old.book AND letter = old.letter;
    INSERT INTO contact_letters SELECT new.owner, new.book, new.letter, 1, new.sort_latin, new.sort_arabic WHERE new.deleted_ms IS NULL
        ON CONFLICT (owner, book, letter) DO UPDATE SET count = count + 1;
END;

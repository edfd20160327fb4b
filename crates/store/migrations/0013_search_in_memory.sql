-- The search is answered in memory (book::fold::WordIndex). Here stands what that is made of, and what has changed since somebody read it.
-- Contacts that are here already get their words when the book is opened.

DROP TABLE contact_words;
DROP TABLE contact_new_words;
DROP INDEX contacts_search;
ALTER TABLE contacts DROP COLUMN search_row;

CREATE TABLE contact_words (
    contact  INTEGER NOT NULL PRIMARY KEY REFERENCES contacts (row) ON DELETE CASCADE,
    folded   TEXT    NOT NULL,
    skeleton TEXT    NOT NULL,
    digits   TEXT    NOT NULL
) STRICT;

-- Contacts of which the search must read again what stands here, or that they are gone: in their order. The first may be missing.
CREATE TABLE contact_news (
    seq     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL
) STRICT;

CREATE TRIGGER contact_news_words AFTER INSERT ON contact_words BEGIN
    INSERT INTO contact_news (contact) VALUES (new.contact);
END;

CREATE TRIGGER contact_news_gone AFTER DELETE ON contact_words BEGIN
    INSERT INTO contact_news (contact) VALUES (old.contact);
END;

CREATE TRIGGER contact_news_changed AFTER UPDATE OF owner, book, favourite, deleted_ms, sort_latin ON contacts BEGIN
    INSERT INTO contact_news (contact) VALUES (new.row);
END;

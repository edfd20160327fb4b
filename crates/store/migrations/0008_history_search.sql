-- The history is searched as the address book is, and rows carry a note. What is looked up by stands beside what was written.

ALTER TABLE calls ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN exact TEXT;                          -- as `book::number` compares
ALTER TABLE calls ADD COLUMN tail TEXT;
ALTER TABLE calls ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;  -- rows from before are made findable when the file is opened

CREATE INDEX calls_exact ON calls (exact) WHERE exact IS NOT NULL;
CREATE INDEX calls_tail ON calls (tail) WHERE tail IS NOT NULL;
CREATE INDEX calls_to_index ON calls (id) WHERE indexed = 0;

-- Its rowid is calls.id.
CREATE VIRTUAL TABLE call_words USING fts5 (
    folded, skeleton, digits, tokenize = 'ascii', prefix = '2 3', content = '', contentless_delete = 1
);

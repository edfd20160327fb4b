-- From where the phones of a user may come, and what they type where only digits can be typed.
ALTER TABLE users ADD COLUMN acl TEXT NOT NULL DEFAULT '';       -- networks in canonical form with a space between; empty: from everywhere
ALTER TABLE users ADD COLUMN pin_hash TEXT NOT NULL DEFAULT '';  -- PHC string; empty: there is none

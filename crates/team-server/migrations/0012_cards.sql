-- The card of each user, as administrators edit it (SPEC 1.7). Written as 0001.

ALTER TABLE users ADD COLUMN card_version BIGINT NOT NULL DEFAULT 1;

-- Departments, what each role allows, and what each user may (SPEC 1.5). Written for SQLite and PostgreSQL alike, as 0001.

UPDATE users SET role = 'user'         WHERE role = 'agent';
UPDATE users SET role = 'manager'      WHERE role = 'supervisor';
UPDATE users SET role = 'system_owner' WHERE role = 'admin';

CREATE TABLE departments (
    id      TEXT   NOT NULL PRIMARY KEY,
    name    TEXT   NOT NULL UNIQUE,                -- empty for the one that is there from the start: clients have a word for it
    version BIGINT NOT NULL
);
INSERT INTO departments (id, name, version) VALUES ('default', '', 1);

-- A row of departments; SQLite cannot add a reference that has a default.
ALTER TABLE users ADD COLUMN department_id TEXT NOT NULL DEFAULT 'default';
CREATE INDEX users_by_department ON users (department_id);

-- Further departments that somebody watches over.
CREATE TABLE watched_departments (
    user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    department_id TEXT NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, department_id)
);

-- What a role allows, where it differs from the usual.
CREATE TABLE role_rights (
    role       TEXT   NOT NULL PRIMARY KEY,
    monitors   BIGINT NOT NULL,
    live_panel BIGINT NOT NULL,
    administers TEXT  NOT NULL,                    -- nobody, departments, everybody
    version    BIGINT NOT NULL
);

-- The switches of each user. Whoever has no row has the usual ones.
CREATE TABLE user_rights (
    user_id       TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    presence      BIGINT NOT NULL,
    calls         BIGINT NOT NULL,
    show_my_calls BIGINT NOT NULL,
    operations    BIGINT NOT NULL,
    parking       BIGINT NOT NULL,
    ivr           BIGINT NOT NULL,
    intercom      BIGINT NOT NULL,
    monitoring    BIGINT NOT NULL,
    recording     TEXT   NOT NULL,                 -- off, external, all
    press_record  BIGINT NOT NULL,
    version       BIGINT NOT NULL
);

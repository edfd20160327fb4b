-- Queues, who serves them, and what has happened in them (SPEC 1.7). Written for SQLite and PostgreSQL alike, as 0001.

CREATE TABLE queues (
    id                TEXT   NOT NULL PRIMARY KEY,
    name              TEXT   NOT NULL,
    extension         TEXT   NOT NULL UNIQUE,          -- never that of a user
    strategy          TEXT   NOT NULL,                 -- longest_idle, round_robin, top_down, ring_all, fewest_calls, least_talk_time, skills
    tier_rules        BIGINT NOT NULL,                 -- 1: higher levels wait; the three columns below
    tier_wait_s       BIGINT NOT NULL,
    tier_multiply     BIGINT NOT NULL,                 -- 1: times the level
    tier_no_wait      BIGINT NOT NULL,                 -- 1: at once when nobody of a lower level is logged in
    max_wait_s        BIGINT NOT NULL,                 -- 0: for ever
    max_no_agent_s    BIGINT NOT NULL,                 -- 0: for ever
    overflow          TEXT   NOT NULL,                 -- hang_up, queue, extension, voicemail
    overflow_to       TEXT   NOT NULL,                 -- id of a queue, or an extension
    discard_s         BIGINT NOT NULL,                 -- an abandoned call is kept for so long
    resume            BIGINT NOT NULL,                 -- 1: whoever comes again has their old place
    skip_other_calls  BIGINT NOT NULL,                 -- 1: not to agents on a call that is none of a queue
    service_level_s   BIGINT NOT NULL,
    max_callers       BIGINT NOT NULL,
    version           BIGINT NOT NULL
);

CREATE TABLE queue_agents (
    queue_id TEXT   NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    user_id  TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    level    BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (queue_id, user_id)
);

-- What an agent must be good at, with the least level.
CREATE TABLE queue_skills (
    queue_id TEXT   NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    skill    TEXT   NOT NULL,
    level    BIGINT NOT NULL,
    PRIMARY KEY (queue_id, skill)
);

-- Who waits, or hung up a moment ago: with them a server that was restarted gives callers their old place.
CREATE TABLE queue_waiting (
    queue_id  TEXT   NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    caller    TEXT   NOT NULL,
    joined_ms BIGINT NOT NULL,
    left_ms   BIGINT NOT NULL,                         -- 0: waits
    PRIMARY KEY (queue_id, caller)
);

-- What has happened, for reports. Outlives queues and people.
CREATE TABLE queue_events (
    id       TEXT   NOT NULL PRIMARY KEY,              -- UUIDv7
    at_ms    BIGINT NOT NULL,
    queue_id TEXT   NOT NULL,                          -- empty: about an agent alone
    stay     TEXT   NOT NULL,                          -- the same for all rows of one caller's stay; empty: about an agent alone
    agent    TEXT   NOT NULL,                          -- extension; empty: about the caller alone
    event    TEXT   NOT NULL,                          -- joined, resumed, offered, answered, missed, left, over, wrap_up_began, wrap_up_ended, forced_break
    detail   TEXT   NOT NULL,                          -- of missed: the cause; of left and wrap_up_ended: how; of forced_break: how many
    took_ms  BIGINT NOT NULL                           -- of answered and left: the wait; of over: the talk; of wrap_up_began: what is left
);
CREATE INDEX queue_events_by_queue ON queue_events (queue_id, at_ms);
CREATE INDEX queue_events_by_agent ON queue_events (agent, at_ms);

-- How each agent takes calls from queues (SPEC AO-01 to AO-07). Whoever has no row is no agent. Written as 0001.

CREATE TABLE agent_options (
    user_id         TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    is_agent        BIGINT NOT NULL,               -- 0: the options are kept for the day on which it is 1 again
    call_timeout    BIGINT NOT NULL,               -- seconds, as all below but max_no_answer
    wrap_up         BIGINT NOT NULL,
    max_no_answer   BIGINT NOT NULL,               -- calls in a row; 0: never a break
    busy_delay      BIGINT NOT NULL,
    reject_delay    BIGINT NOT NULL,
    no_answer_delay BIGINT NOT NULL,
    version         BIGINT NOT NULL
);

-- What an agent is good at.
CREATE TABLE agent_skills (
    user_id TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    skill   TEXT   NOT NULL,
    level   BIGINT NOT NULL,                       -- 1 to 100
    PRIMARY KEY (user_id, skill)
);

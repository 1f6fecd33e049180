-- What the gate must remember, over restarts and over several servers.

CREATE TABLE login_failures (
    key               TEXT    NOT NULL PRIMARY KEY,
    count             BIGINT  NOT NULL CHECK (count >= 0),
    window_started_at BIGINT  NOT NULL,
    locked_until      BIGINT
);

CREATE INDEX login_failures_by_age ON login_failures (window_started_at);

CREATE TABLE preview_tickets (
    id         TEXT    NOT NULL PRIMARY KEY,
    project_id TEXT    NOT NULL REFERENCES projects (id),
    expires_at BIGINT  NOT NULL,
    used_at    BIGINT
);

CREATE INDEX preview_tickets_by_expiry ON preview_tickets (expires_at);

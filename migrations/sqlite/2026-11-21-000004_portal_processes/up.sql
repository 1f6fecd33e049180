-- Who is watching: what each running portal process says of itself every few seconds. A row that has
-- not been renewed lately is of a process that is gone, and is believed no more.

CREATE TABLE portal_processes (
    id             TEXT    NOT NULL PRIMARY KEY,
    address        TEXT    NOT NULL,
    version        TEXT    NOT NULL,
    started_at     INTEGER NOT NULL,
    reported_at    INTEGER NOT NULL,
    feeds          INTEGER NOT NULL CHECK (feeds >= 0),
    viewers        INTEGER NOT NULL CHECK (viewers >= 0),
    people         INTEGER NOT NULL CHECK (people >= 0),
    warnings       INTEGER NOT NULL CHECK (warnings >= 0),
    errors         INTEGER NOT NULL CHECK (errors >= 0),
    -- The newest warnings and errors of its log, as JSON.
    recent         TEXT    NOT NULL
) STRICT;

-- The people watching a project through one process. Those of an earlier epoch were signed out.
CREATE TABLE portal_watching (
    process_id   TEXT    NOT NULL REFERENCES portal_processes (id) ON DELETE CASCADE,
    project_id   TEXT    NOT NULL REFERENCES projects (id),
    portal_epoch INTEGER NOT NULL,
    people       INTEGER NOT NULL CHECK (people > 0),
    PRIMARY KEY (process_id, project_id)
) STRICT;

CREATE INDEX portal_watching_by_project ON portal_watching (project_id);

-- From which address the portal was last opened; written together with the time.
ALTER TABLE projects ADD COLUMN portal_opened_from TEXT;

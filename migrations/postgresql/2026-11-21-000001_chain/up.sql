-- The chain that scopes everything: client, project, location, assignment, unit.
-- Ids are UUIDv7 in lower case, except a unit's, which is the device layer's own name for the meter.
-- Times are milliseconds since 1970-01-01T00:00:00Z. What history needs is never deleted.

CREATE TABLE clients (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL CHECK (name <> ''),
    slug          TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
    contact_email TEXT,
    active        BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE TABLE projects (
    id                   TEXT    NOT NULL PRIMARY KEY,
    name                 TEXT    NOT NULL CHECK (name <> ''),
    number               TEXT,
    client_id            TEXT    REFERENCES clients (id),
    client_name          TEXT,
    status               TEXT    NOT NULL DEFAULT 'active'
        CHECK (status IN ('active', 'completed', 'archived', 'deleted')),
    time_zone            TEXT,
    address              TEXT,
    portal_enabled       BOOLEAN NOT NULL DEFAULT FALSE,
    portal_password_hash TEXT,
    portal_link_token    TEXT    UNIQUE,
    portal_epoch         BIGINT  NOT NULL DEFAULT 0 CHECK (portal_epoch >= 0),
    portal_opened_at     BIGINT,
    -- Grows with every management write to what the portal may see of the project, in the same
    -- transaction: who remembers the project's data can tell by it whether they still hold.
    revision             BIGINT  NOT NULL DEFAULT 0,
    CHECK (client_id IS NULL OR client_name IS NULL),
    CHECK (NOT portal_enabled
        OR (portal_link_token IS NOT NULL AND portal_password_hash IS NOT NULL))
);

CREATE INDEX projects_by_client ON projects (client_id);

CREATE TABLE monitoring_locations (
    id            TEXT    NOT NULL PRIMARY KEY,
    project_id    TEXT    NOT NULL REFERENCES projects (id),
    name          TEXT    NOT NULL CHECK (name <> ''),
    location_type TEXT    NOT NULL,
    description   TEXT,
    latitude      DOUBLE PRECISION CHECK (latitude BETWEEN -90 AND 90),
    longitude     DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180),
    sort_order    INTEGER NOT NULL DEFAULT 0,
    removed_at    BIGINT,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);

CREATE INDEX monitoring_locations_by_project ON monitoring_locations (project_id);

CREATE TABLE roster_units (
    id              TEXT    NOT NULL PRIMARY KEY,
    device_type     TEXT    NOT NULL,
    serial          TEXT,
    model           TEXT,
    calibration_due BIGINT,
    retired_at      BIGINT
);

CREATE TABLE unit_assignments (
    id             TEXT    NOT NULL PRIMARY KEY,
    location_id    TEXT    NOT NULL REFERENCES monitoring_locations (id),
    unit_id        TEXT    NOT NULL REFERENCES roster_units (id),
    device_type    TEXT    NOT NULL,
    status         TEXT    NOT NULL CHECK (status IN ('active', 'completed')),
    assigned_from  BIGINT  NOT NULL,
    assigned_until BIGINT  CHECK (assigned_until >= assigned_from)
);

CREATE UNIQUE INDEX one_active_assignment_per_location_and_kind
    ON unit_assignments (location_id, device_type) WHERE status = 'active';
CREATE UNIQUE INDEX one_active_assignment_per_unit
    ON unit_assignments (unit_id) WHERE status = 'active';
CREATE INDEX unit_assignments_by_location ON unit_assignments (location_id);
CREATE INDEX unit_assignments_by_unit ON unit_assignments (unit_id, assigned_from);

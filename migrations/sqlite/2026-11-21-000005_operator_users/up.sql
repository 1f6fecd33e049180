-- The firm's staff: who they are, what they may, and how they prove it.

CREATE TABLE operator_users (
    id                  TEXT    NOT NULL PRIMARY KEY,
    email               TEXT    NOT NULL UNIQUE CHECK (email <> '' AND email = lower(email)),
    display_name        TEXT    NOT NULL CHECK (display_name <> ''),
    password_hash       TEXT    NOT NULL,
    role                TEXT    NOT NULL CHECK (role IN ('superadmin', 'admin', 'operator')),
    active              INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at          INTEGER NOT NULL,
    last_login_at       INTEGER,
    -- How often its owner has come in: what proves a first step names it, and works once.
    sign_in_count       INTEGER NOT NULL DEFAULT 0 CHECK (sign_in_count >= 0),
    -- Each act that ends sessions sets another, later one. A session names the one it was made under.
    sessions_valid_from INTEGER NOT NULL,
    -- Failures since the last success or lock, and locks since the last success.
    failed_login_count  INTEGER NOT NULL DEFAULT 0 CHECK (failed_login_count >= 0),
    lockouts_in_a_row   INTEGER NOT NULL DEFAULT 0 CHECK (lockouts_in_a_row >= 0),
    locked_until        INTEGER,
    -- A secret that is not enabled is offered, and nobody has shown a code of it yet.
    totp_secret         TEXT,
    -- When it was offered; an old offer cannot be confirmed any more.
    totp_offered_at     INTEGER,
    totp_enabled        INTEGER NOT NULL DEFAULT 0 CHECK (totp_enabled IN (0, 1)),
    -- The newest code that was used: it and all before it are used up.
    totp_last_step      INTEGER,
    CHECK (totp_enabled = 0 OR totp_secret IS NOT NULL)
) STRICT;

-- Digests of the codes that are left.
CREATE TABLE operator_recovery_codes (
    user_id TEXT NOT NULL REFERENCES operator_users (id),
    digest  TEXT NOT NULL,
    PRIMARY KEY (user_id, digest)
) STRICT;

-- Guesses at addresses that no account has: they are locked out as the others are.
CREATE TABLE operator_unknown_logins (
    email_digest       TEXT    NOT NULL PRIMARY KEY,
    failed_login_count INTEGER NOT NULL CHECK (failed_login_count >= 0),
    lockouts_in_a_row  INTEGER NOT NULL CHECK (lockouts_in_a_row >= 0),
    locked_until       INTEGER,
    -- A day after the last failure, or after the end of the lock.
    forgotten_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX operator_unknown_logins_by_age ON operator_unknown_logins (forgotten_at, email_digest);

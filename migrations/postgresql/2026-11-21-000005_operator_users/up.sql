-- The firm's staff: who they are, what they may, and how they prove it.

CREATE TABLE operator_users (
    id                  TEXT    NOT NULL PRIMARY KEY,
    email               TEXT    NOT NULL UNIQUE CHECK (email <> '' AND email = lower(email)),
    display_name        TEXT    NOT NULL CHECK (display_name <> ''),
    password_hash       TEXT    NOT NULL,
    role                TEXT    NOT NULL CHECK (role IN ('superadmin', 'admin', 'operator')),
    active              BOOLEAN NOT NULL DEFAULT TRUE,
    created_at          BIGINT  NOT NULL,
    last_login_at       BIGINT,
    -- How often its owner has come in: what proves a first step names it, and works once.
    sign_in_count       BIGINT  NOT NULL DEFAULT 0 CHECK (sign_in_count >= 0),
    -- Each act that ends sessions sets another, later one. A session names the one it was made under.
    sessions_valid_from BIGINT  NOT NULL,
    -- Failures since the last success or lock, and locks since the last success.
    failed_login_count  BIGINT  NOT NULL DEFAULT 0 CHECK (failed_login_count >= 0),
    lockouts_in_a_row   BIGINT  NOT NULL DEFAULT 0 CHECK (lockouts_in_a_row >= 0),
    locked_until        BIGINT,
    -- A secret that is not enabled is offered, and nobody has shown a code of it yet.
    totp_secret         TEXT,
    -- When it was offered; an old offer cannot be confirmed any more.
    totp_offered_at     BIGINT,
    totp_enabled        BOOLEAN NOT NULL DEFAULT FALSE,
    -- The newest code that was used: it and all before it are used up.
    totp_last_step      BIGINT,
    CHECK (NOT totp_enabled OR totp_secret IS NOT NULL)
);

-- Digests of the codes that are left.
CREATE TABLE operator_recovery_codes (
    user_id TEXT NOT NULL REFERENCES operator_users (id),
    digest  TEXT NOT NULL,
    PRIMARY KEY (user_id, digest)
);

-- Guesses at addresses that no account has: they are locked out as the others are.
CREATE TABLE operator_unknown_logins (
    email_digest       TEXT   NOT NULL PRIMARY KEY,
    failed_login_count BIGINT NOT NULL CHECK (failed_login_count >= 0),
    lockouts_in_a_row  BIGINT NOT NULL CHECK (lockouts_in_a_row >= 0),
    locked_until       BIGINT,
    -- A day after the last failure, or after the end of the lock.
    forgotten_at       BIGINT NOT NULL
);

CREATE INDEX operator_unknown_logins_by_age ON operator_unknown_logins (forgotten_at, email_digest);

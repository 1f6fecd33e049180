//! Every column of the database, and whether clients may see what stands in it.

use std::collections::BTreeSet;

use testkit::{Engine, RawConnection, TestDatabase};

use super::secrets::Secrets;

/// Whether what stands in a column may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Clients are meant to see it.
    Public,
    /// It never leaves.
    Private,
    /// It never leaves, in whatever way a time can be written.
    PrivateTime,
    /// One of a few words or flags that steer us, and that mark nothing.
    Word,
}

use Fate::{Private, PrivateTime, Public, Word};

const FATES: &[(&str, &[(&str, Fate)])] = &[
    (
        "clients",
        &[
            ("id", Private),
            ("name", Private),
            ("slug", Private),
            ("contact_email", Private),
            ("active", Word),
        ],
    ),
    (
        "projects",
        &[
            ("id", Private),
            ("name", Public),
            ("number", Private),
            ("client_id", Private),
            ("client_name", Private),
            ("status", Word),
            ("time_zone", Public),
            ("address", Private),
            ("portal_enabled", Word),
            ("portal_password_hash", Private),
            ("portal_link_token", Private),
            ("portal_epoch", Private),
            ("portal_opened_at", PrivateTime),
            ("portal_opened_from", Private),
            ("revision", Private),
        ],
    ),
    (
        "monitoring_locations",
        &[
            ("id", Public),
            ("project_id", Private),
            ("name", Public),
            ("location_type", Word),
            ("description", Private),
            ("latitude", Public),
            ("longitude", Public),
            ("sort_order", Private),
            ("removed_at", PrivateTime),
        ],
    ),
    (
        "roster_units",
        &[
            ("id", Private),
            ("device_type", Word),
            ("serial", Private),
            ("model", Private),
            ("calibration_due", PrivateTime),
            ("retired_at", PrivateTime),
        ],
    ),
    (
        "unit_assignments",
        &[
            ("id", Private),
            ("location_id", Public),
            ("unit_id", Private),
            ("device_type", Word),
            ("status", Word),
            ("assigned_from", PrivateTime),
            ("assigned_until", PrivateTime),
        ],
    ),
    (
        "login_failures",
        &[
            ("key", Private),
            ("count", Private),
            ("window_started_at", PrivateTime),
            ("locked_until", PrivateTime),
        ],
    ),
    (
        "preview_tickets",
        &[
            ("id", Private),
            ("project_id", Private),
            ("expires_at", PrivateTime),
            ("used_at", PrivateTime),
        ],
    ),
    (
        "portal_processes",
        &[
            ("id", Private),
            ("address", Private),
            ("version", Private),
            ("started_at", PrivateTime),
            ("reported_at", PrivateTime),
            ("feeds", Private),
            ("viewers", Private),
            ("people", Private),
            ("warnings", Private),
            ("errors", Private),
            ("recent", Private),
        ],
    ),
    (
        "portal_watching",
        &[
            ("process_id", Private),
            ("project_id", Private),
            ("portal_epoch", Private),
            ("people", Private),
        ],
    ),
    (
        "audit_log",
        &[
            ("id", Private),
            ("at", PrivateTime),
            ("actor", Private),
            ("origin", Private),
            ("action", Private),
            ("subject_kind", Private),
            ("subject_id", Private),
            ("before_state", Private),
            ("after_state", Private),
        ],
    ),
    (
        "operator_users",
        &[
            ("id", Private),
            ("email", Private),
            ("display_name", Private),
            ("password_hash", Private),
            ("role", Word),
            ("active", Word),
            ("created_at", PrivateTime),
            ("last_login_at", PrivateTime),
            ("sign_in_count", Private),
            ("sessions_valid_from", PrivateTime),
            ("failed_login_count", Private),
            ("lockouts_in_a_row", Private),
            ("locked_until", PrivateTime),
            ("totp_secret", Private),
            ("totp_offered_at", PrivateTime),
            ("totp_enabled", Word),
            ("totp_last_step", Private),
        ],
    ),
    (
        "operator_recovery_codes",
        &[("user_id", Private), ("digest", Private)],
    ),
    (
        "operator_unknown_logins",
        &[
            ("email_digest", Private),
            ("failed_login_count", Private),
            ("lockouts_in_a_row", Private),
            ("locked_until", PrivateTime),
            ("forgotten_at", PrivateTime),
        ],
    ),
    (
        "__diesel_schema_migrations",
        &[("version", Word), ("run_on", Word)],
    ),
];

/// Markers for whatever the builders leave empty or alike. `audit_log` takes no changes, so a
/// record is added.
const PLANT: &str = "
UPDATE clients SET slug = 'canary-slug', contact_email = 'canary@client.example';
UPDATE projects SET number = 'Canary-number', address = 'Canary-address', time_zone = 'America/Denver',
    portal_epoch = 7000001, portal_opened_at = 1790000002345,
    portal_opened_from = 'Canary-address-of-a-client', revision = 7000003;
UPDATE monitoring_locations SET description = 'Canary-description', sort_order = 7000005;
UPDATE monitoring_locations SET removed_at = 1790000004567 WHERE name LIKE 'Canary-removed%';
UPDATE roster_units SET serial = 'Canary-serial', model = 'Canary-model',
    calibration_due = 1800000006789, retired_at = 1800000007891;
UPDATE unit_assignments SET assigned_from = 1794628927321, assigned_until = 1799000008912;
INSERT INTO login_failures (key, count, window_started_at, locked_until)
    VALUES ('canary-key', 7000009, 1790000010123, 1790000011234);
UPDATE preview_tickets SET expires_at = 1790000012345, used_at = 1790000013456;
INSERT INTO portal_processes (id, address, version, started_at, reported_at,
    feeds, viewers, people, warnings, errors, recent)
    VALUES ('canary-process', 'Canary-listens', 'Canary-version', 1795233015678, 1795233016789,
        7000011, 7000013, 7000015, 7000017, 7000019, 'Canary-recent');
INSERT INTO portal_watching (process_id, project_id, portal_epoch, people)
    SELECT 'canary-process', id, 7000021, 7000023 FROM projects;
INSERT INTO audit_log
    (id, at, actor, origin, action, subject_kind, subject_id, before_state, after_state)
    VALUES ('canary-audit-id', 1790000014567, 'Canary-actor', 'Canary-origin', 'canary.action',
        'canary-kind', 'canary-subject', 'Canary-before', 'Canary-after');
INSERT INTO operator_users
    (id, email, display_name, password_hash, role, created_at, last_login_at, sign_in_count, sessions_valid_from,
        failed_login_count, lockouts_in_a_row, locked_until, totp_secret, totp_offered_at, totp_last_step)
    VALUES ('canary-user', 'canary@staff.example', 'Canary-display', 'Canary-hash', 'admin',
        1790000015678, 1790000016789, 7000021, 1790000017891, 7000011, 7000013, 1790000018912,
        'CANARYTOTPSECRET', 1790000021345, 7000015);
INSERT INTO operator_recovery_codes (user_id, digest) VALUES ('canary-user', 'Canary-digest');
INSERT INTO operator_unknown_logins
    (email_digest, failed_login_count, lockouts_in_a_row, locked_until, forgotten_at)
    VALUES ('Canary-email-digest', 7000017, 7000019, 1790000019123, 1790000020234);
";

/// Plants the markers and says what must not be seen any more: what stands in private columns.
///
/// # Panics
/// When the database has a column about which nobody has decided, or a private one without a
/// marker.
pub(crate) fn plant(data: &TestDatabase) -> Secrets {
    let mut raw = data.raw();
    assert_eq!(columns_of(&mut raw, data.engine()), decided());
    raw.execute(PLANT);
    let mut secrets = Secrets::default();
    for (table, columns) in FATES {
        for (column, fate) in *columns {
            let what = format!("{table}.{column}");
            let values = match fate {
                Public | Word => continue,
                Private | PrivateTime => values(&mut raw, table, column),
            };
            assert!(!values.is_empty(), "{what} has no marker");
            for value in values {
                match fate {
                    PrivateTime => secrets.add_millis(&what, &value),
                    _ => secrets.add(&what, value),
                }
            }
        }
    }
    secrets
}

fn decided() -> BTreeSet<String> {
    let names = |(table, columns): &(&str, &[(&str, Fate)])| {
        let name = |(column, _): &(&str, Fate)| format!("{table}.{column}");
        columns.iter().map(name).collect::<Vec<_>>()
    };
    FATES.iter().flat_map(names).collect()
}

fn columns_of(raw: &mut RawConnection, engine: Engine) -> BTreeSet<String> {
    let list = match engine {
        Engine::Sqlite => {
            "SELECT group_concat(tables.name || '.' || columns.name)
             FROM sqlite_schema AS tables, pragma_table_xinfo(tables.name) AS columns
             WHERE tables.type IN ('table', 'view') AND tables.name NOT LIKE 'sqlite_%'"
        }
        Engine::PostgreSql => {
            "SELECT string_agg(table_name || '.' || column_name, ',')
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let list = raw.text(list).unwrap();
    list.split(',').map(str::to_owned).collect()
}

/// What stands in a column. Of the audit log only the record that was planted counts: the words
/// in which the others tell what was done are not secret.
fn values(raw: &mut RawConnection, table: &str, column: &str) -> BTreeSet<String> {
    let planted = match table {
        "audit_log" => "WHERE action = 'canary.action'",
        _ => "",
    };
    let list = raw.text(&format!(
        "SELECT string_agg(CAST({column} AS TEXT), '\n') FROM {table} {planted}"
    ));
    list.iter()
        .flat_map(|list| list.split('\n'))
        .map(str::to_owned)
        .collect()
}

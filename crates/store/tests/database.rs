//! The handle itself: opening, waiting, migrating.

#![cfg(test)]

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use domain::Clock;
use store::{Database, DatabaseOptions, DatabaseUrl, SchemaStatus, StoreError};
use testkit::{Engine, RawConnection, TestDatabase, on_both_engines};

fn migrations(engine: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../migrations")
        .join(engine);
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = migrations("sqlite");
    assert!(!names.is_empty());
    assert_eq!(names, migrations("postgresql"));
}

/// The flag comes from the workspace's `.cargo/config.toml`. Without it SQLite plans every short
/// read anew, which makes it several times as dear.
#[test]
fn sqlite_keeps_its_prepared_statements() {
    let test = TestDatabase::sqlite();
    let flags = test
        .raw()
        .text("SELECT group_concat(compile_options, ' ') FROM pragma_compile_options");
    let flags = flags.unwrap();
    assert!(
        flags.split(' ').any(|flag| flag == "ENABLE_QPSG"),
        "{flags}"
    );
}

#[test]
fn a_sqlite_file_and_its_folder_are_made_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new/data 100%/terra-view.db");
    let test = TestDatabase::sqlite();
    let options = DatabaseOptions::new(test.clock().clone());
    let database = Database::open(&DatabaseUrl::sqlite(&file), options).unwrap();
    database.migrate().unwrap();
    let mut someone = RawConnection::to_file(&file);
    someone.execute("DELETE FROM clients");
    let files: Vec<_> = std::fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|file| file.unwrap())
        .collect();
    assert_eq!(files.len(), 3, "the database, its log and the log's index");
    for file in files {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
    }
}

#[test]
fn what_cannot_be_opened_is_said_with_its_place_and_without_its_password() {
    let test = TestDatabase::sqlite();
    let open = |url: &DatabaseUrl| {
        let mut options = DatabaseOptions::new(test.clock().clone());
        options.patience = Duration::from_millis(200);
        Database::open(url, options).unwrap_err().to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let error = open(&DatabaseUrl::sqlite(file.join("terra-view.db")));
    assert!(
        error.contains("cannot open sqlite://") && error.contains("folder"),
        "{error}"
    );

    let error = open(&DatabaseUrl::sqlite(&file));
    assert!(error.contains("not a database"), "{error}");

    // Port 1 answers nobody.
    let error = open(&"postgres://anna:hunter2@127.0.0.1:1/db".parse().unwrap());
    assert!(
        error.contains("cannot open postgres://anna@127.0.0.1:1/db"),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

on_both_engines! {
    async fn an_empty_database_lacks_all_and_a_migrated_one_nothing(engine: Engine) {
        let test = TestDatabase::unmigrated(engine);
        let database = test.database();
        let names: Vec<_> = migrations("sqlite").into_iter().collect();
        assert_eq!(database.schema_status().unwrap(), SchemaStatus::Missing(names.clone()));
        assert_eq!(database.migrate().unwrap(), names);
        assert_eq!(database.schema_status().unwrap(), SchemaStatus::Current);
        assert!(database.migrate().unwrap().is_empty());
    }

    async fn a_database_of_a_newer_program_is_recognised(test: TestDatabase) {
        test.raw().execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')");
        let status = test.database().schema_status().unwrap();
        assert_eq!(status, SchemaStatus::Newer(vec!["29991231000000".to_owned()]));
        assert_eq!(status.to_string(), "newer than this program: 29991231000000");
    }

    async fn programs_that_migrate_at_once_take_turns(engine: Engine) {
        let test = TestDatabase::unmigrated(engine);
        let programs: Vec<_> = (0..4)
            .map(|_| {
                let database = test.another();
                tokio::task::spawn_blocking(move || database.migrate().unwrap().len())
            })
            .collect();
        let mut applied = Vec::new();
        for program in programs {
            applied.push(program.await.unwrap());
        }
        applied.sort_unstable();
        assert_eq!(applied, [0, 0, 0, migrations("sqlite").len()]);
    }

    async fn a_failing_migration_leaves_nothing_behind(engine: Engine) {
        let test = TestDatabase::unmigrated(engine);
        // In the way of the last one.
        test.raw().execute("CREATE TABLE audit_log (id TEXT)");
        let error = test.database().migrate().unwrap_err();
        assert!(matches!(&error, StoreError::Migration(words) if words.contains("audit_log")), "{error}");
        let names = migrations("sqlite").into_iter().collect();
        assert_eq!(test.database().schema_status().unwrap(), SchemaStatus::Missing(names));
    }

    async fn what_was_migrated_can_be_taken_back_and_migrated_again(test: TestDatabase) {
        let folder = match test.engine() {
            Engine::Sqlite => "../../migrations/sqlite",
            Engine::PostgreSql => "../../migrations/postgresql",
        };
        let source = diesel_migrations::FileBasedMigrations::from_path(folder).unwrap();
        match test.raw() {
            RawConnection::Sqlite(mut connection) => {
                diesel_migrations::MigrationHarness::revert_all_migrations(&mut connection, source)
                    .map(drop)
            }
            RawConnection::PostgreSql(mut connection) => {
                diesel_migrations::MigrationHarness::revert_all_migrations(&mut connection, source)
                    .map(drop)
            }
        }
        .unwrap();
        let left = match test.engine() {
            Engine::Sqlite => {
                "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE '%diesel%' AND type = 'table'"
            }
            Engine::PostgreSql => {
                "SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'public' \
                 AND tablename NOT LIKE '%diesel%') + (SELECT count(*) FROM pg_proc \
                 WHERE pronamespace = 'public'::regnamespace)"
            }
        };
        // Diesel's own helper function for `updated_at` is not ours.
        let own = test.raw().number(left);
        assert_eq!(own, 0);
        assert_eq!(test.database().migrate().unwrap().len(), migrations("sqlite").len());
        test.site("Harbour Tower", "SLM-1");
    }

    async fn a_database_that_answers_gives_a_sign_of_life(test: TestDatabase) {
        test.database().ping().await.unwrap();
    }

    async fn a_database_that_others_keep_is_busy_and_not_waited_for_forever(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut options = DatabaseOptions::new(test.clock().clone());
        options.patience = Duration::from_millis(300);
        options.connections = 1;
        let database = test.another_with(options);
        let gate = database.gate_by_link(&site.portal.link).await.unwrap().unwrap();

        let mut keeper = test.raw();
        keeper.execute("BEGIN");
        keeper.execute("UPDATE projects SET number = 'kept'");
        let writes: Vec<_> = (0..3)
            .map(|_| {
                let (database, now) = (database.clone(), test.clock().now());
                let gate = gate.session(now);
                tokio::spawn(async move {
                    let ticket = auth::PreviewTicket {
                        id: domain::TicketId::from_bytes([1; 16]),
                        project: gate.project,
                        expires_at: now + Duration::from_secs(30),
                    };
                    database.redeem_ticket(&ticket, now).await.map(drop)
                })
            })
            .collect();
        let opening = database.record_opening(&gate, [203, 0, 113, 1].into(), test.clock().now());
        let opening = tokio::time::timeout(Duration::from_secs(20), opening).await.expect("bounded");
        assert!(matches!(opening, Err(StoreError::Busy(_))), "{opening:?}");
        for write in writes {
            let write = tokio::time::timeout(Duration::from_secs(20), write).await.expect("bounded");
            // On PostgreSQL nobody keeps the tickets; but there is one connection only.
            let write = write.unwrap();
            assert!(matches!(write, Ok(()) | Err(StoreError::Busy(_))), "{write:?}");
        }
        keeper.execute("ROLLBACK");
        database.record_opening(&gate, [203, 0, 113, 1].into(), test.clock().now()).await.unwrap();
    }

    async fn readers_do_not_wait_for_a_writer(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let mut keeper = test.raw();
        keeper.execute("BEGIN");
        keeper.execute("UPDATE projects SET name = 'not yet'");
        let check = test.another().check_session(&session).await.unwrap();
        let store::SessionCheck::Live(scope) = check else { panic!("it lives") };
        assert_eq!(scope.project_name(), "Harbour Tower");
        keeper.execute("ROLLBACK");
    }

    async fn the_walls_of_the_schema_hold(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        test.unit("SLM-2");
        let (north, project) = (site.location, site.project);
        let assign = |id: &str, location, unit: &str, status: &str| {
            format!(
                "INSERT INTO unit_assignments VALUES ('{id}', '{location}', '{unit}', 'slm', \
                 '{status}', 0, NULL)"
            )
        };
        let hash_only = "portal_enabled = '1', portal_link_token = NULL";
        for (what, sql) in [
            ("two meters at one location", assign("a", north, "SLM-2", "active")),
            ("one meter at two locations", assign("b", south, "SLM-1", "active")),
            ("an unknown unit", assign("c", south, "SLM-9", "active")),
            ("an unknown location", assign("d", site.project.to_string().parse().unwrap(), "SLM-2", "active")),
            ("an unknown status", assign("e", south, "SLM-2", "perhaps")),
            ("a stay that ends before it begins", "UPDATE unit_assignments SET assigned_until = 1".to_owned()),
            ("half a position", "UPDATE monitoring_locations SET latitude = NULL".to_owned()),
            ("a position off the globe", "UPDATE monitoring_locations SET latitude = 90.5".to_owned()),
            ("an unknown project status", "UPDATE projects SET status = 'gone'".to_owned()),
            ("an open portal without a link", format!("UPDATE projects SET {hash_only}")),
            ("a location of no project", format!("UPDATE monitoring_locations SET project_id = '{north}'")),
            ("a project that others need", format!("DELETE FROM projects WHERE id = '{project}'")),
            ("a changed record", "UPDATE audit_log SET actor = 'nobody'".to_owned()),
            ("a deleted record", "DELETE FROM audit_log".to_owned()),
        ] {
            assert!(test.raw().try_execute(&sql).is_err(), "{what}");
        }
        test.raw().execute(&assign("f", south, "SLM-2", "active"));
    }

    async fn links_and_slugs_are_unique(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.project("Mill Lane");
        let (one, other) = (test.client("Harbour"), test.client("Mill"));
        assert_ne!(one, other);
        let link = site.portal.link.as_str();
        let twice = format!("UPDATE projects SET portal_link_token = '{link}'");
        assert!(test.raw().try_execute(&twice).is_err());
        assert!(test.raw().try_execute("UPDATE clients SET slug = 'same'").is_err());
    }
}

/// A server may go and come back: what was kept of it is not believed for long.
#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced() {
    let test = TestDatabase::postgresql();
    test.database().ping().await.unwrap();
    let close = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(test.raw().number(close) > 0);
    // Within the second in which it is believed, the loss is noticed by its use…
    assert!(matches!(
        test.database().ping().await,
        Err(StoreError::Unreachable(_))
    ));
    // …and it is used no more.
    test.database().ping().await.unwrap();

    assert!(test.raw().number(close) > 0);
    test.clock().advance(Duration::from_secs(1));
    test.database().ping().await.unwrap();
}

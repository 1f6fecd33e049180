//! A copy of the database, to be put back one day.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::atomic::{AtomicBool, Ordering};

use store::SchemaStatus;
use testkit::{Engine, OnEngine as _, RawConnection};

use crate::desk::Desk;

#[test]
fn what_was_there_is_in_the_copy_and_what_came_later_is_not() {
    let desk = Desk::new();
    desk.make(&["create-client", "--name", "Brightwell"]);
    let answer = desk.json(&["backup", "copy.db"]);
    let copy = desk.folder.path().join("copy.db");
    let file = std::fs::metadata(&copy).unwrap();
    assert_eq!(answer["path"], "copy.db");
    assert_eq!(answer["bytes"].as_u64(), Some(file.len()));
    assert_eq!(
        file.permissions().mode() & 0o777,
        0o600,
        "it holds what the database holds"
    );
    desk.make(&["create-client", "--name", "Later"]);

    let restored = desk.with("DATABASE_URL", &format!("sqlite://{}", copy.display()));
    let clients = restored.list("clients");
    let names: Vec<_> = clients
        .iter()
        .filter_map(|client| client["name"].as_str())
        .collect();
    assert_eq!(names, ["Brightwell"]);
}

#[test]
fn nothing_is_overwritten_and_nothing_half_done_is_left() {
    let desk = Desk::new();
    desk.text(&["migrate"]);
    let there = desk.folder.path().join("there.db");
    std::fs::write(&there, "somebody's").unwrap();
    let refusal = desk.refusal(&["backup", "there.db"]);
    assert!(refusal.contains("exists already"), "{refusal}");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "somebody's");
    let refusal = desk.refusal(&["backup", "no/such/folder.db"]);
    assert!(refusal.contains("no/such/folder.db"), "{refusal}");
    let left: Vec<_> = std::fs::read_dir(&desk.folder).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn an_older_schema_is_copied_as_it_is() {
    let desk = Desk::new();
    desk.text(&["backup", "before.db"]);
    let before = desk.data.database().schema_status();
    assert!(matches!(before, Ok(SchemaStatus::Missing(_))), "{before:?}");
}

#[test]
fn a_copy_under_writers_is_of_one_moment() {
    let desk = Desk::new();
    desk.text(&["migrate"]);
    let operator = desk.data.operator();
    let done = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            // A client and a record of it are one transaction.
            for number in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let new = store_operator::NewClient {
                    name: format!("Client {number}"),
                    contact_email: None,
                };
                operator.create_client(&new).unwrap();
            }
        });
        // The first is made when something is there to be torn.
        while operator.list_clients().unwrap().is_empty() {}
        for number in 0..5 {
            desk.text(&["backup", &format!("{number}.db")]);
        }
        done.store(true, Ordering::Relaxed);
    });
    for number in 0..5 {
        let file = desk.folder.path().join(format!("{number}.db"));
        let mut copy = RawConnection::to_file(&file);
        let whole = "SELECT integrity_check FROM pragma_integrity_check";
        assert_eq!(copy.text(whole).as_deref(), Some("ok"));
        let torn = "(SELECT count(*) FROM clients) - (SELECT count(*) FROM audit_log WHERE action = \
                    'client.create')";
        assert_eq!(copy.number(torn), 0);
    }
}

#[test]
fn postgresql_is_left_to_its_own_programs() {
    let desk = Desk::on(Engine::PostgreSql);
    let refusal = desk.refusal(&["backup", "copy.db"]);
    assert!(refusal.contains("pg_dump"), "{refusal}");
    assert!(
        !refusal.contains('@') || !refusal.contains("password"),
        "{refusal}"
    );
}

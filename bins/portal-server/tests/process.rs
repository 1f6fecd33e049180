//! The program as its supervisor sees it.
#![cfg(test)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use store::{Database, DatabaseOptions, DatabaseUrl};
use testkit::{Program, Running, TestDatabase};

fn program(folder: &Path) -> Program {
    Program::at(env!("CARGO_BIN_EXE_portal-server")).in_folder(folder)
}

/// A portal on any free port.
fn start(folder: &Path, database: &str) -> Running {
    program(folder)
        .arguments(["--dev", "--portal-listen", "127.0.0.1:0"])
        .arguments(["--metrics-listen", "127.0.0.1:0"])
        .arguments(["--slmm-base-url", "http://127.0.0.1:9"])
        .arguments(["--database-url", database, "--log-format", "json"])
        .start()
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the portal listens");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n"
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

#[test]
fn it_waits_for_the_schema_serves_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(folder.path(), "sqlite://portal.db");
    let waiting = running.until("waiting for the database");
    assert!(waiting.contains("portal-admin migrate"), "{waiting}");

    let url = DatabaseUrl::sqlite(folder.path().join("portal.db"));
    Database::open(&url, DatabaseOptions::new(Arc::new(SystemClock)))
        .unwrap()
        .migrate()
        .unwrap();
    let metrics = get(&running.address("metrics are told"), "/metrics");
    assert!(
        metrics.starts_with("HTTP/1.1 200") && metrics.contains("terra_view_live_viewers 0"),
        "{metrics}"
    );
    let address = running.address("the portal is open");
    assert!(
        get(&address, "/metrics").starts_with("HTTP/1.1 404"),
        "not where visitors come"
    );
    assert!(get(&address, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/portal").starts_with("HTTP/1.1 401"));
    let ready = get(&address, "/readyz");
    assert!(
        ready.starts_with("HTTP/1.1 200") && ready.contains("\"slmm\":\"unreachable\""),
        "{ready}"
    );

    assert!(running.stop().success());
}

/// It tells staff of itself while it runs, and takes that back when it is told to stop.
#[test]
fn it_reports_itself_until_it_stops() {
    let data = TestDatabase::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(folder.path(), &data.database().url().to_string());
    let address = running.address("the portal is open");
    let mut raw = data.raw();
    let patience = SystemClock.elapsed() + Duration::from_secs(20);
    while raw.number("SELECT count(*) FROM portal_processes") == 0 {
        assert!(SystemClock.elapsed() < patience, "no report");
        std::thread::yield_now();
    }
    let told = raw.text("SELECT address FROM portal_processes").unwrap();
    assert!(told.ends_with(&address), "{told}");
    assert!(running.stop().success());
    assert_eq!(raw.number("SELECT count(*) FROM portal_processes"), 0);
}

#[test]
fn a_refused_start_is_one_line_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, name) in [
        (&[][..], "SECRET_KEY"),
        (&["--dev", "--workers", "many"], "WORKERS"),
        (&["--dev", "--no-such-flag"], "--no-such-flag"),
    ] {
        let output = program(folder.path()).arguments(arguments).run();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains(name) && output.stdout.is_empty(), "{told}");
    }
    std::fs::write(folder.path().join(".env"), "WORKERS=none\n").unwrap();
    let output = program(folder.path()).arguments(["--dev"]).run();
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("WORKERS"),
        "the .env file counts"
    );
}

#[test]
fn help_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path()).arguments(["--help"]).run();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("SLMM_BASE_URL")
    );
}

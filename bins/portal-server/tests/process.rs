//! The program as its supervisor sees it.
#![cfg(test)]

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use store::{Database, DatabaseOptions, DatabaseUrl};
use testkit::TestDatabase;

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    command
        .env_clear()
        .current_dir(folder)
        .stderr(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

/// A portal on any free port, killed with the test.
struct Running {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
}

impl Running {
    fn start(folder: &Path, database: &str) -> Self {
        let mut command = program(folder);
        let mut child = command
            .args([
                "--dev",
                "--portal-listen",
                "127.0.0.1:0",
                "--metrics-listen",
                "127.0.0.1:0",
                "--slmm-base-url",
                "http://127.0.0.1:9",
            ])
            .args(["--database-url", database, "--log-format", "json"])
            .spawn()
            .expect("the program starts");
        let log = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        Self { child, log }
    }

    /// Tells it to stop, and waits until it has.
    fn stop(&mut self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(told.success());
        self.until("the portal is closed");
        assert!(self.child.wait().expect("it ends").success());
    }

    /// The first line of the log that says this.
    fn until(&mut self, words: &str) -> String {
        let mut lines = self
            .log
            .by_ref()
            .map(|line| line.expect("the log is UTF-8"));
        lines
            .find(|line| line.contains(words))
            .unwrap_or_else(|| panic!("the log ended without {words:?}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
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

/// The address that a line of the log tells.
fn address_in(line: &str) -> &str {
    let rest = line.split("\"address\":\"").nth(1);
    rest.and_then(|rest| rest.split('"').next())
        .expect("an address")
}

#[test]
fn it_waits_for_the_schema_serves_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(folder.path(), "sqlite://portal.db");
    let waiting = running.until("waiting for the database");
    assert!(waiting.contains("portal-admin migrate"), "{waiting}");

    let url = DatabaseUrl::sqlite(folder.path().join("portal.db"));
    Database::open(&url, DatabaseOptions::new(Arc::new(SystemClock)))
        .unwrap()
        .migrate()
        .unwrap();
    let told = running.until("metrics are told");
    let metrics = get(address_in(&told), "/metrics");
    assert!(
        metrics.starts_with("HTTP/1.1 200") && metrics.contains("terra_view_live_viewers 0"),
        "{metrics}"
    );
    let open = running.until("the portal is open");
    let address = address_in(&open);
    assert!(
        get(address, "/metrics").starts_with("HTTP/1.1 404"),
        "not where visitors come"
    );
    assert!(get(address, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(address, "/portal").starts_with("HTTP/1.1 401"));
    let ready = get(address, "/readyz");
    assert!(
        ready.starts_with("HTTP/1.1 200") && ready.contains("\"slmm\":\"unreachable\""),
        "{ready}"
    );

    running.stop();
}

/// It tells staff of itself while it runs, and takes that back when it is told to stop.
#[test]
fn it_reports_itself_until_it_stops() {
    let data = TestDatabase::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(folder.path(), &data.database().url().to_string());
    let open = running.until("the portal is open");
    let address = address_in(&open);
    let mut raw = data.raw();
    let patience = SystemClock.elapsed() + Duration::from_secs(20);
    while raw.number("SELECT count(*) FROM portal_processes") == 0 {
        assert!(SystemClock.elapsed() < patience, "no report");
        std::thread::yield_now();
    }
    let told = raw.text("SELECT address FROM portal_processes").unwrap();
    assert!(told.ends_with(address), "{told}");
    running.stop();
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
        let output = program(folder.path()).args(arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains(name) && output.stdout.is_empty(), "{told}");
    }
    std::fs::write(folder.path().join(".env"), "WORKERS=none\n").unwrap();
    let output = program(folder.path()).arg("--dev").output().unwrap();
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
    let output = program(folder.path()).arg("--help").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("SLMM_BASE_URL")
    );
}

//! A PostgreSQL server of a test's own, that can be killed. The one that `TEST_POSTGRES_URL` names
//! is everybody's.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};

use tempfile::TempDir;

use crate::process::{Program, Running};

/// A server in a temporary folder, on an address of its own. What it has acknowledged is on disk.
pub struct Postgres {
    folder: TempDir,
    address: SocketAddr,
    running: Option<Running>,
}

/// All of these panic where there is no PostgreSQL, or it does not do as told.
impl Postgres {
    /// A server with an empty cluster.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        give_to_postgres(folder.path());
        let data = folder.path().join("data");
        let made = server_program("initdb")
            .arguments(["--username=tester", "--auth=trust", "--encoding=UTF8"])
            .arguments(["--locale=C.UTF-8", "--no-sync", "--pgdata"])
            .arguments([&data])
            .in_folder(folder.path())
            .run();
        assert!(made.status.success(), "{made:?}");
        let mut server = Self {
            folder,
            address: own_address(),
            running: None,
        };
        server.start_again();
        server
    }

    /// The URL of its first database, as `TEST_POSTGRES_URL` has it.
    pub fn url(&self) -> String {
        format!("postgres://tester@{}/postgres", self.address)
    }

    /// Ends all of it from one moment to the next, as a failing power supply does.
    pub fn kill(&mut self) {
        let postmaster = self.pid();
        let backends = children_of(postmaster);
        // The postmaster first, for it would mend what a killed backend has left.
        for pid in [postmaster].into_iter().chain(backends) {
            // A backend may have noticed by itself and be gone.
            drop(
                Command::new("kill")
                    .args(["-KILL", &pid.to_string()])
                    .output(),
            );
        }
        drop(self.running.take());
    }

    /// Starts it over what it left, and waits until it takes connections.
    pub fn start_again(&mut self) {
        let folder = self.folder.path();
        let mut running = server_program("postgres")
            .arguments(["-D".as_ref(), self.data().as_os_str()])
            .arguments(["-c", &format!("listen_addresses={}", self.address.ip())])
            .arguments(["-c", &format!("port={}", self.address.port())])
            .arguments([
                "-c",
                &format!("unix_socket_directories={}", folder.display()),
            ])
            .in_folder(folder)
            .start();
        running.until("database system is ready to accept connections");
        self.running = Some(running);
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn pid(&self) -> u32 {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("it runs");
        let first = file.lines().next().expect("a line");
        first.parse().expect("a number")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.kill();
        }
    }
}

/// A loopback address that nobody else has, so that it is free again when who listens there is
/// restarted: ports of 127.0.0.1 the kernel gives to whoever asks.
pub fn own_address() -> SocketAddr {
    static PORT: AtomicU16 = AtomicU16::new(5432);
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    let host = Ipv4Addr::new(127, 64 | high & 63, middle, low);
    SocketAddr::from((host, PORT.fetch_add(1, Ordering::Relaxed)))
}

/// A program of the newest server. It refuses to run as root: then the account `postgres` does.
fn server_program(name: &str) -> Program {
    let found = Command::new("find")
        .args(["/usr/lib/postgresql", "-path", "*/bin/postgres"])
        .output()
        .expect("find runs");
    let found = String::from_utf8(found.stdout).expect("UTF-8");
    let version = |path: &&str| path.split('/').find_map(|part| part.parse::<u32>().ok());
    let newest = found.lines().max_by_key(version);
    let newest = Path::new(newest.expect("an installed PostgreSQL"));
    let program = newest.with_file_name(name);
    if is_root() {
        Program::at("/usr/sbin/runuser")
            .arguments(["-u", "postgres", "--"])
            .arguments([program])
    } else {
        Program::at(program)
    }
}

fn give_to_postgres(folder: &Path) {
    if is_root() {
        let given = Command::new("chown").arg("postgres").arg(folder).status();
        assert!(given.expect("chown runs").success(), "no account postgres");
    }
}

/// Whether the tests run as root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").expect("a process").uid() == 0
}

fn children_of(pid: u32) -> Vec<u32> {
    let listed = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    listed
        .expect("a kernel that tells a process's children")
        .split_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .collect()
}

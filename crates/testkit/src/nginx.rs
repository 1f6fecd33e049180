//! A real nginx with the shipped site, in front of real portals.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use domain::{Clock, SystemClock};

use crate::{Program, Running};

/// The longest that nginx may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// An address that is free, of a host of this machine's own. Hosts other than 127.0.0.1 are hardly
/// ever the near end of a connection, so nobody takes the port while a server that is restarted is
/// away.
///
/// # Panics
/// When the host has none.
pub fn free_address(host: &str) -> SocketAddr {
    let listener = TcpListener::bind((host, 0)).expect("a free port");
    listener.local_addr().expect("an address")
}

/// nginx at work, without TLS. It is stopped with the test.
pub struct Nginx {
    address: SocketAddr,
    running: Option<Running>,
    folder: PathBuf,
}

impl Nginx {
    /// In front of these portals, at this address, with its files in a new folder there.
    ///
    /// # Panics
    /// When it does not listen.
    pub fn start(folder: &Path, address: SocketAddr, portals: &[SocketAddr]) -> Self {
        let folder = folder.join("nginx");
        let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/nginx-site");
        let written = Command::new(tool)
            .arg(&folder)
            .args(["portal.example.com", &address.to_string(), "-"])
            .args(portals.iter().map(SocketAddr::to_string))
            .status()
            .expect("the tool runs");
        assert!(written.success(), "the site is written");
        let path = std::env::var("PATH").unwrap_or_default();
        let running = Program::at("nginx")
            .setting("PATH", format!("{path}:/usr/sbin"))
            .arguments(["-c".as_ref(), folder.join("nginx.conf").as_os_str()])
            .start();
        let nginx = Self {
            address,
            running: Some(running),
            folder,
        };
        let since = SystemClock.elapsed();
        while TcpStream::connect(address).is_err() {
            let waited = SystemClock.elapsed().saturating_sub(since);
            assert!(waited < PATIENCE, "nginx does not listen: {}", nginx.told());
            std::thread::park_timeout(Duration::from_millis(20));
        }
        nginx
    }

    /// Where visitors come.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as a URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it has written of requests: a line each.
    ///
    /// # Panics
    /// When it has no such log.
    pub fn requests(&self) -> String {
        std::fs::read_to_string(self.folder.join("terra-view.log")).expect("a log")
    }

    fn told(&self) -> String {
        let said = self.running.as_ref().map(Running::log).unwrap_or_default();
        let logged = std::fs::read_to_string(self.folder.join("error.log"));
        said + &logged.unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers outlive a master that is killed.
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

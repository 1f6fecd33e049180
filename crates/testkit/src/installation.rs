//! The programs themselves, in real time, over a database and a simulated SLMM. For what only a
//! whole process can show: that it is killed, frozen, restarted, one of several.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use auth::SecretKey;
use domain::SystemClock;
use slmm_sim::{RunningSim, Sim, SimConfig};
use tempfile::TempDir;

use crate::engine::{Engine, OnEngine};
use crate::{PortalOptions, Program, TestDatabase};

/// Of all programs of an installation.
const KEY: &str = "the one key of all programs of an installation";

/// Where programs run, with what they share.
pub struct Installation {
    /// The data.
    pub data: TestDatabase,
    /// The simulated SLMM, on a port.
    pub slmm: RunningSim,
    folder: TempDir,
}

impl OnEngine for Installation {
    fn on(engine: Engine) -> Self {
        Self::with(TestDatabase::on(engine), &SimConfig::default())
    }
}

impl Installation {
    /// Over this data and an SLMM of this kind.
    ///
    /// # Panics
    /// When the simulator cannot be served.
    pub fn with(data: TestDatabase, config: &SimConfig) -> Self {
        let sim = Sim::new(config, Arc::new(SystemClock));
        Self {
            data,
            slmm: sim.serve("127.0.0.1:0").expect("the simulator is served"),
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The key by which the programs sign.
    ///
    /// # Panics
    /// Never: it is a good one.
    pub fn key() -> SecretKey {
        SecretKey::parse(KEY).expect("a key")
    }

    /// The folder in which the programs work.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `portal-server`, to be started: on any free port, told by the line `the portal is open`; it
    /// believes a proxy on this machine and lets an address ask as often as it likes. Its pages
    /// come from where those of [`PortalOptions`] do.
    pub fn portal(&self) -> Program {
        let origin = PortalOptions::default().settings.origin;
        self.program("portal-server")
            .setting("PORTAL_LISTEN", "127.0.0.1:0")
            .setting("PORTAL_PUBLIC_URL", origin.as_str())
            .setting("TRUSTED_PROXIES", "127.0.0.1/32")
            .setting("RATE_LIMIT_PER_S", "1000000")
            .setting("RATE_LIMIT_BURST", "1000000")
    }

    /// The same at a place of its own, which visitors reach by another: a proxy's, or its own.
    pub fn portal_at(&self, address: SocketAddr, public: SocketAddr) -> Program {
        self.portal()
            .setting("PORTAL_LISTEN", address.to_string())
            .setting("PORTAL_PUBLIC_URL", format!("http://{public}"))
    }

    /// `operator-server`, to be started: on any free port, told by the line `the operator app is
    /// open`.
    pub fn office(&self) -> Program {
        self.program("operator-server")
            .setting("OPERATOR_LISTEN", "127.0.0.1:0")
    }

    /// `portal-admin`, to be run with the arguments of a command.
    pub fn admin(&self) -> Program {
        self.program("portal-admin")
    }

    fn program(&self, name: &str) -> Program {
        Program::named(name)
            .in_folder(self.folder())
            .setting("DATABASE_URL", self.data.database().url().to_string())
            .setting("SECRET_KEY", KEY)
            .setting("SLMM_BASE_URL", self.slmm.base_url())
            .setting("LOG_FORMAT", "json")
            .setting("WORKERS", "2")
    }
}

//! What the demo can be told.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Parser;
use settings::{LogArgs, Refusal};
use store::DatabaseUrl;
use tempfile::TempDir;

/// Everything in one process: a simulated SLMM, a fresh database with clients, projects and meters, and the portal.
#[derive(Debug, Parser)]
#[command(name = "demo", version)]
pub(crate) struct Args {
    /// Keeps the data in this folder [default: a temporary one, gone at the end]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// Where the portal listens; a free port if this one is taken
    #[arg(long, env = "PORTAL_LISTEN", value_name = "PORTAL_LISTEN", default_value = "127.0.0.1:8000", value_parser = loopback)]
    pub(crate) portal_listen: SocketAddr,

    /// Where the operator app listens; a free port if this one is taken
    #[arg(long, env = "OPERATOR_LISTEN", value_name = "OPERATOR_LISTEN", default_value = "127.0.0.1:8001", value_parser = loopback)]
    pub(crate) operator_listen: SocketAddr,

    /// Where the simulated SLMM listens; a free port if this one is taken
    #[arg(long, default_value = "127.0.0.1:8100", value_parser = loopback)]
    pub(crate) slmm_listen: SocketAddr,

    #[command(flatten)]
    pub(crate) log: LogArgs,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|problem| format!("{problem}, such as 127.0.0.1:8000"))?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(
            "the demo opens nothing to the network: use a loopback address such as 127.0.0.1:8000"
                .to_owned(),
        )
    }
}

/// Where the demo's data lives.
pub(crate) enum Home {
    /// Gone at the end.
    Temporary(TempDir),
    /// Kept.
    Kept(PathBuf),
}

impl Args {
    /// The folder of the data.
    ///
    /// # Errors
    /// [`Refusal`] for a folder that holds a demo's data already: fresh data would not be fresh.
    pub(crate) fn home(&self) -> Result<Home, Refusal> {
        match &self.data_dir {
            None => tempfile::tempdir()
                .map(Home::Temporary)
                .map_err(|problem| Refusal::new("--data-dir", problem)),
            Some(folder) if file(folder).exists() => {
                let problem = format!(
                    "{} is there already; remove it or name another folder",
                    file(folder).display()
                );
                Err(Refusal::new("--data-dir", problem))
            }
            Some(folder) => Ok(Home::Kept(folder.clone())),
        }
    }
}

impl Home {
    fn folder(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    /// The database in it.
    pub(crate) fn database(&self) -> DatabaseUrl {
        DatabaseUrl::sqlite(file(self.folder()))
    }

    /// The database's file.
    pub(crate) fn file(&self) -> PathBuf {
        file(self.folder())
    }

    /// For people.
    pub(crate) fn shown(&self) -> String {
        let kept = match self {
            Self::Temporary(_) => " until it ends",
            Self::Kept(_) => "",
        };
        format!("{}{kept}", self.folder().display())
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("terra-view.db")
}

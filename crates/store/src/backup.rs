//! A copy of a SQLite database, while others use it.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::dialect;
use crate::error::StoreError;
use crate::{Database, DatabaseUrl};

/// Why there is no copy. Nothing is left behind where it should have been.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has programs of its own for that.
    #[error("{0} is backed up by pg_dump")]
    NotAFile(DatabaseUrl),
    /// Something is there already, and is left alone.
    #[error("{} exists already: name a file that does not", .0.display())]
    Exists(PathBuf),
    /// SQLite takes no such name.
    #[error("{} is no name that SQLite takes: use UTF-8", .0.display())]
    Name(PathBuf),
    /// The file cannot be written.
    #[error("{}: {cause}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The database did not give itself to be copied.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// Writes the database, as it is at one moment, into a new file that only its owner may read;
    /// answers its size in bytes. Whoever uses the database goes on meanwhile. It blocks, for as
    /// long as reading and writing everything takes.
    ///
    /// # Errors
    /// [`BackupError`]; the file is there whole or not at all.
    pub fn backup(&self, into: &Path) -> Result<u64, BackupError> {
        if !self.is_sqlite() {
            return Err(BackupError::NotAFile(self.url().clone()));
        }
        if into.exists() {
            return Err(BackupError::Exists(into.to_owned()));
        }
        let part = part_of(into)?;
        let written = self.copy(&part, into);
        // Under its own name it is the same file; after a failure it is of no use.
        if let Err(cause) = std::fs::remove_file(&part) {
            tracing::warn!(%cause, "what is left of a backup cannot be removed");
        }
        written
    }

    fn copy(&self, part: &Path, into: &Path) -> Result<u64, BackupError> {
        let failed = |cause| BackupError::File {
            path: part.to_owned(),
            cause,
        };
        let name = part
            .to_str()
            .ok_or_else(|| BackupError::Name(part.to_owned()))?;
        self.here(|db| dialect::copy_into(db, name))?;
        let file = File::open(part).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        // A link takes no other file's place, as a renaming would.
        std::fs::hard_link(part, into).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(into.to_owned()),
            _ => failed(cause),
        })?;
        Ok(size)
    }
}

/// An empty file beside the one that is to be, for nobody else to read.
fn part_of(into: &Path) -> Result<PathBuf, BackupError> {
    let mut name = into.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part);
    match made {
        Ok(_) => Ok(part),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Exists(part))
        }
        Err(cause) => Err(BackupError::File { path: part, cause }),
    }
}

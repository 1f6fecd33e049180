//! A copy of the database, while the servers run.

use std::path::Path;

use serde::Serialize;

use super::Desk;
use crate::error::AdminError;
use crate::output::Report;

#[derive(Debug, Serialize)]
struct Copied<'a> {
    path: &'a Path,
    bytes: u64,
}

impl Report for Copied<'_> {
    fn text(&self) -> String {
        format!("{}: {} bytes", self.path.display(), self.bytes)
    }
}

pub(super) fn write(desk: &Desk, file: &Path) -> Result<(), AdminError> {
    let bytes = desk.database.backup(file)?;
    desk.out.say(&Copied { path: file, bytes })
}

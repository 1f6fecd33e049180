//! Bringing the database up to date, which every command does first.

use serde::Serialize;

use super::Desk;
use crate::error::AdminError;
use crate::output::Report;

#[derive(Debug, Serialize)]
struct Migrated<'a> {
    /// Migrations applied by this run, oldest first.
    applied: &'a [String],
}

impl Report for Migrated<'_> {
    fn text(&self) -> String {
        if self.applied.is_empty() {
            "the database is up to date".to_owned()
        } else {
            format!("applied {}", self.applied.join(", "))
        }
    }
}

pub(super) fn report(desk: &Desk) -> Result<(), AdminError> {
    desk.out.say(&Migrated {
        applied: &desk.applied,
    })
}

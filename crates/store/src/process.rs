//! What a running portal process says of itself, for staff to read.

use std::time::Duration;

use diesel::{AsChangeset, ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use domain::{ProcessId, ProjectId, Timestamp};

use crate::database::Database;
use crate::dialect::{self, Db, both_engines};
use crate::error::StoreError;
use crate::internal::schema::{portal_processes, portal_watching};
use crate::times::millis;

/// How long after its last word a process is forgotten: it was killed, and could not take leave.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// What a process says of itself at one moment. Nothing of it says who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessReport {
    /// The process.
    pub process: ProcessId,
    /// Where it listens.
    pub address: String,
    /// The version of its program.
    pub version: String,
    /// Since when it runs, UTC.
    pub started_at: Timestamp,
    /// The moment of which it speaks, UTC.
    pub at: Timestamp,
    /// Sockets to SLMM that are open.
    pub feeds: u64,
    /// Live sockets of viewers that are open.
    pub viewers: u64,
    /// People who watch, staff not counted.
    pub people: u64,
    /// Warnings in its log since it runs.
    pub warnings: u64,
    /// Errors in its log since it runs.
    pub errors: u64,
    /// The newest warnings and errors of its log, as text that whoever shows them can read.
    pub recent: String,
    /// The same people by project, one entry a project.
    pub watching: Vec<Watching>,
}

/// The people who watch a project through one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watching {
    /// The project.
    pub project: ProjectId,
    /// The portal epoch of their sessions.
    pub epoch: i64,
    /// How many; one at least.
    pub people: u64,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = portal_processes)]
struct ProcessRow<'a> {
    id: String,
    address: &'a str,
    version: &'a str,
    started_at: i64,
    reported_at: i64,
    feeds: i64,
    viewers: i64,
    people: i64,
    warnings: i64,
    errors: i64,
    recent: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = portal_watching)]
struct WatchingRow {
    process_id: String,
    project_id: String,
    portal_epoch: i64,
    people: i64,
}

impl Database {
    /// How many projects a report may speak of: the work of writing one is bounded.
    pub const MOST_WATCHED: usize = 1000;

    /// Writes a report in the place of the process's last, and forgets processes that have been
    /// silent for over a day: one transaction, of which nobody who watches for changes is told. Of
    /// more projects than [`Self::MOST_WATCHED`] the first ones count. It blocks for a moment.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; then the last report stands.
    pub fn report_process(&self, report: &ProcessReport) -> Result<(), StoreError> {
        self.here(|db| {
            dialect::write(db, |db| {
                put(db, report)?;
                forget(db, report.process)?;
                watch(db, report)?;
                let before = report.at.saturating_sub(FORGOTTEN_AFTER);
                let silent = portal_processes::table
                    .filter(portal_processes::reported_at.lt(millis(before.unwrap_or(report.at))));
                diesel::delete(silent).execute(db)?;
                Ok(())
            })
        })
    }

    /// Takes a process's report back: it ends. It blocks for a moment.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; its report then is believed for a little longer.
    pub fn end_process(&self, process: ProcessId) -> Result<(), StoreError> {
        self.here(|db| {
            dialect::write(db, |db| {
                diesel::delete(portal_processes::table.find(process.to_string())).execute(db)?;
                Ok(())
            })
        })
    }
}

fn put(db: &mut Db, report: &ProcessReport) -> Result<(), StoreError> {
    let row = ProcessRow {
        id: report.process.to_string(),
        address: &report.address,
        version: &report.version,
        started_at: millis(report.started_at),
        reported_at: millis(report.at),
        feeds: stored(report.feeds),
        viewers: stored(report.viewers),
        people: stored(report.people),
        warnings: stored(report.warnings),
        errors: stored(report.errors),
        recent: &report.recent,
    };
    both_engines!(db, connection => diesel::insert_into(portal_processes::table)
        .values(&row)
        .on_conflict(portal_processes::id)
        .do_update()
        .set(&row)
        .execute(connection))?;
    Ok(())
}

/// Forgets whom the process's last report counted.
fn forget(db: &mut Db, process: ProcessId) -> Result<(), StoreError> {
    let last = portal_watching::table.filter(portal_watching::process_id.eq(process.to_string()));
    diesel::delete(last).execute(db)?;
    Ok(())
}

fn watch(db: &mut Db, report: &ProcessReport) -> Result<(), StoreError> {
    let counted = report.watching.iter().take(Database::MOST_WATCHED);
    let rows: Vec<WatchingRow> = counted
        .map(|watching| WatchingRow {
            process_id: report.process.to_string(),
            project_id: watching.project.to_string(),
            portal_epoch: watching.epoch,
            people: stored(watching.people),
        })
        .collect();
    if !rows.is_empty() {
        both_engines!(db, connection => diesel::insert_into(portal_watching::table)
            .values(&rows)
            .execute(connection))?;
    }
    Ok(())
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

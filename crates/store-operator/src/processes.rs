//! The portal processes that report, and who watches through them.

use std::time::Duration;

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods};
use diesel::{QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use domain::{ProcessId, ProjectId, Timestamp};
use store::internal::schema::{portal_processes, portal_watching};
use store::internal::{Db, millis};

use crate::Operator;
use crate::error::OperatorError;
use crate::field::{stored_id, stored_time};

/// How long a report is believed: one that comes every ten seconds may be late a few times.
const BELIEVED_FOR: Duration = Duration::from_secs(45);

/// What a portal process last said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalProcess {
    /// The process.
    pub id: ProcessId,
    /// Where it listens.
    pub address: String,
    /// The version of its program.
    pub version: String,
    /// Since when it runs, UTC.
    pub started_at: Timestamp,
    /// When it said this, UTC.
    pub reported_at: Timestamp,
    /// Sockets to SLMM that are open.
    pub feeds: i64,
    /// Live sockets of viewers that are open.
    pub viewers: i64,
    /// People who watch, staff not counted.
    pub people: i64,
    /// Warnings in its log since it runs.
    pub warnings: i64,
    /// Errors in its log since it runs.
    pub errors: i64,
    /// The newest of both, as it wrote them.
    pub recent: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = portal_processes)]
struct StoredProcess {
    id: String,
    address: String,
    version: String,
    started_at: i64,
    reported_at: i64,
    feeds: i64,
    viewers: i64,
    people: i64,
    warnings: i64,
    errors: i64,
    recent: String,
}

impl StoredProcess {
    fn read(self) -> Result<PortalProcess, OperatorError> {
        let time = |column, at| stored_time("portal_processes", &self.id, column, at);
        Ok(PortalProcess {
            id: stored_id("portal_processes", "id", &self.id)?,
            started_at: time("started_at", self.started_at)?,
            reported_at: time("reported_at", self.reported_at)?,
            address: self.address,
            version: self.version,
            feeds: self.feeds,
            viewers: self.viewers,
            people: self.people,
            warnings: self.warnings,
            errors: self.errors,
            recent: self.recent,
        })
    }
}

impl Operator {
    /// The portal processes that have reported lately, the longest running first. One that is
    /// silent for 45 s is gone, or cannot reach the database.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn portal_processes(&self) -> Result<Vec<PortalProcess>, OperatorError> {
        let believed = believed_from(self.now());
        self.read(|db| {
            let rows: Vec<StoredProcess> = portal_processes::table
                .filter(portal_processes::reported_at.ge(believed))
                .order((
                    portal_processes::started_at.asc(),
                    portal_processes::id.asc(),
                ))
                .select(StoredProcess::as_select())
                .load(db)?;
            rows.into_iter().map(StoredProcess::read).collect()
        })
    }
}

/// How many people watch a project with sessions of this epoch; `None` where no portal process
/// reports, so that it cannot be told.
pub(crate) fn watching(
    db: &mut Db,
    project: ProjectId,
    epoch: i64,
    now: Timestamp,
) -> Result<Option<i64>, OperatorError> {
    let believed = believed_from(now);
    let of_project = portal_watching::process_id
        .eq(portal_processes::id)
        .and(portal_watching::project_id.eq(project.to_string()))
        .and(portal_watching::portal_epoch.eq(epoch));
    let processes: Vec<Option<i64>> = portal_processes::table
        .left_join(portal_watching::table.on(of_project))
        .filter(portal_processes::reported_at.ge(believed))
        .select(portal_watching::people.nullable())
        .load(db)?;
    let people = processes.iter().flatten().copied();
    Ok((!processes.is_empty()).then(|| people.fold(0, i64::saturating_add)))
}

fn believed_from(now: Timestamp) -> i64 {
    millis(now.saturating_sub(BELIEVED_FOR).unwrap_or(now))
}

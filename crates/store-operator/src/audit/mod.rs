//! The record of who did what.

mod device;
mod export;
mod list;
mod state;

use diesel::{Insertable, Queryable, RunQueryDsl, Selectable};
use domain::{AuditId, Timestamp};
use store::internal::schema::audit_log;
use store::internal::{Db, millis};

use crate::Operator;
use crate::act::Change;
use crate::error::OperatorError;
use crate::field::{stored_id, stored_time};

pub use device::{Details, DeviceAct, Fact};
pub use export::AuditExport;
pub use list::{AuditCursor, AuditFilter, AuditPage};
pub(crate) use state::{Changes, State};

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// An account's e-mail, or the name of the account on the machine.
    pub name: String,
    /// A client address, or `command line`.
    pub origin: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
struct StoredRecord {
    id: String,
    at: i64,
    actor: String,
    origin: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    before_state: Option<String>,
    after_state: Option<String>,
}

/// One record of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its id.
    pub id: AuditId,
    /// When it was done, UTC.
    pub at: Timestamp,
    /// By whom, and from where.
    pub actor: Actor,
    /// What was done, as `subject.verb`.
    pub action: String,
    /// To what: the kind, such as `project`.
    pub subject_kind: String,
    /// To what: the id.
    pub subject_id: String,
    /// What was so before, for people.
    pub before: Option<String>,
    /// What was so afterwards, for people.
    pub after: Option<String>,
}

/// Writes down changes of one moment, in the order in which they were made.
pub(crate) fn record(
    operator: &Operator,
    db: &mut Db,
    changes: Vec<Change>,
) -> Result<(), OperatorError> {
    let at = operator.now();
    let mut last = None;
    for change in changes {
        let new = AuditId::generate(&*operator.clock, &*operator.random)?;
        let id = last.map_or(new, |last| new.later_than(last));
        insert(operator, db, (id, at), change)?;
        last = Some(id);
    }
    Ok(())
}

fn insert(
    operator: &Operator,
    db: &mut Db,
    (id, at): (AuditId, Timestamp),
    change: Change,
) -> Result<(), OperatorError> {
    let kind = change
        .action
        .split_once('.')
        .map_or(change.action, |(kind, _)| kind);
    let record = StoredRecord {
        id: id.to_string(),
        at: millis(at),
        actor: operator.actor.name.clone(),
        origin: operator.actor.origin.clone(),
        action: change.action.to_owned(),
        subject_kind: kind.to_owned(),
        subject_id: change.subject,
        before_state: change.before.map(|state| state.0),
        after_state: change.after.map(|state| state.0),
    };
    diesel::insert_into(audit_log::table)
        .values(&record)
        .execute(db)?;
    Ok(())
}

fn read_record(stored: StoredRecord) -> Result<AuditRecord, OperatorError> {
    Ok(AuditRecord {
        id: stored_id("audit_log", "id", &stored.id)?,
        at: stored_time("audit_log", &stored.id, "at", stored.at)?,
        actor: Actor {
            name: stored.actor,
            origin: stored.origin,
        },
        action: stored.action,
        subject_kind: stored.subject_kind,
        subject_id: stored.subject_id,
        before: stored.before_state,
        after: stored.after_state,
    })
}

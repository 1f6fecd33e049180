//! The record of who did what.

use std::fmt::Write;

use diesel::{ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{AuditId, Timestamp};
use store::internal::schema::audit_log;
use store::internal::{Db, millis};

use crate::Operator;
use crate::act::Change;
use crate::error::OperatorError;
use crate::field::stored_time;

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// An account's e-mail, or the name of the account on the machine.
    pub name: String,
    /// A client address, or `command line`.
    pub origin: String,
}

/// What was so, as `name="…"; status="…"`. It is made of what people may read in the log: never of
/// a password, a hash, a link token or a ticket.
#[derive(Debug, Default)]
pub(crate) struct State(String);

impl State {
    pub(crate) fn text(self, name: &str, value: impl AsRef<str>) -> Self {
        // Quoted and escaped: no value can look like another field, or like another line.
        self.plain(name, format_args!("{:?}", value.as_ref()))
    }

    pub(crate) fn optional(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub(crate) fn plain(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        if !self.0.is_empty() {
            self.0.push_str("; ");
        }
        // Writing to a String does not fail.
        write!(self.0, "{name}={value}").unwrap_or_default();
        self
    }
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

pub(crate) fn record(
    operator: &Operator,
    db: &mut Db,
    change: Change,
) -> Result<(), OperatorError> {
    let id = AuditId::generate(&*operator.clock, &*operator.random)?;
    let kind = change
        .action
        .split_once('.')
        .map_or(change.action, |(kind, _)| kind);
    let record = StoredRecord {
        id: id.to_string(),
        at: millis(operator.now()),
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

impl Operator {
    /// The newest records of the audit log, newest first.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn audit_log(&self, limit: u32) -> Result<Vec<AuditRecord>, OperatorError> {
        self.read(|db| {
            let stored: Vec<StoredRecord> = audit_log::table
                .order((audit_log::at.desc(), audit_log::id.desc()))
                .limit(i64::from(limit))
                .select(StoredRecord::as_select())
                .load(db)?;
            stored.into_iter().map(read_record).collect()
        })
    }
}

fn read_record(stored: StoredRecord) -> Result<AuditRecord, OperatorError> {
    Ok(AuditRecord {
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

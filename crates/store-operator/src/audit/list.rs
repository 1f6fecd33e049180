//! Reading the log.

use std::fmt;
use std::str::FromStr;

use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{AuditId, Timestamp};
use store::internal::schema::audit_log;
use store::internal::{Db, millis};

use super::{AuditRecord, StoredRecord, read_record};
use crate::Operator;
use crate::error::OperatorError;

/// Which records of the log. What is not said does not matter; an empty filter is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who acted: an account's whole name.
    pub actor: Option<String>,
    /// What was done: a whole action, such as `project.edit`.
    pub action: Option<String>,
    /// The kind of what it was done to, such as `project`.
    pub subject_kind: Option<String>,
    /// The id of what it was done to.
    pub subject_id: Option<String>,
    /// The first moment, UTC.
    pub from: Option<Timestamp>,
    /// The first moment after, UTC.
    pub until: Option<Timestamp>,
}

/// Where a page of the log ended. Its text is for addresses, and for nobody to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCursor {
    at: i64,
    id: AuditId,
}

impl fmt::Display for AuditCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

impl FromStr for AuditCursor {
    type Err = OperatorError;

    fn from_str(text: &str) -> Result<Self, OperatorError> {
        let read = || {
            let (at, id) = text.split_once('.')?;
            let at = at.parse().ok()?;
            let id = id.parse().ok()?;
            Some(Self { at, id })
        };
        read().ok_or_else(|| {
            OperatorError::invalid("before", "it is given as the page before has told it")
        })
    }
}

/// One page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The records, newest first.
    pub records: Vec<AuditRecord>,
    /// Where the next page begins; `None` where there is none.
    pub next: Option<AuditCursor>,
}

impl Operator {
    /// The newest records of the audit log, newest first.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn audit_log(&self, limit: u32) -> Result<Vec<AuditRecord>, OperatorError> {
        let page = self.audit_page(&AuditFilter::default(), None, limit)?;
        Ok(page.records)
    }

    /// A page of the log, newest first: the newest, or what comes after the page that ended at
    /// `before`. What is recorded meanwhile moves no page.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn audit_page(
        &self,
        filter: &AuditFilter,
        before: Option<&AuditCursor>,
        limit: u32,
    ) -> Result<AuditPage, OperatorError> {
        let limit = usize::try_from(limit.max(1)).unwrap_or(usize::MAX);
        let mut rows = self.read(|db| load(db, filter, before, limit.saturating_add(1)))?;
        let is_last = rows.len() <= limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| !is_last).map(cursor).transpose()?;
        let records = rows
            .into_iter()
            .map(read_record)
            .collect::<Result<_, _>>()?;
        Ok(AuditPage { records, next })
    }
}

fn cursor(row: &StoredRecord) -> Result<AuditCursor, OperatorError> {
    Ok(AuditCursor {
        at: row.at,
        id: crate::field::stored_id("audit_log", "id", &row.id)?,
    })
}

fn load(
    db: &mut Db,
    filter: &AuditFilter,
    before: Option<&AuditCursor>,
    limit: usize,
) -> Result<Vec<StoredRecord>, OperatorError> {
    let AuditFilter {
        actor,
        action,
        subject_kind,
        subject_id,
        from,
        until,
    } = filter;
    let mut query = audit_log::table
        .order((audit_log::at.desc(), audit_log::id.desc()))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(StoredRecord::as_select())
        .into_boxed();
    if let Some(actor) = actor {
        query = query.filter(audit_log::actor.eq(actor));
    }
    if let Some(action) = action {
        query = query.filter(audit_log::action.eq(action));
    }
    if let Some(kind) = subject_kind {
        query = query.filter(audit_log::subject_kind.eq(kind));
    }
    if let Some(id) = subject_id {
        query = query.filter(audit_log::subject_id.eq(id));
    }
    if let Some(from) = from {
        query = query.filter(audit_log::at.ge(millis(*from)));
    }
    if let Some(until) = until {
        query = query.filter(audit_log::at.lt(millis(*until)));
    }
    if let Some(AuditCursor { at, id }) = before {
        let earlier = audit_log::at.lt(*at);
        let same = audit_log::at.eq(*at).and(audit_log::id.lt(id.to_string()));
        query = query.filter(earlier.or(same));
    }
    Ok(query.load(db)?)
}

//! How an act is done: in one transaction, on the record, and noticed by the portal.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::Timestamp;
use store::internal::schema::projects;
use store::internal::{Db, announce, manage, read, read_snapshot};

use crate::Operator;
use crate::audit::{self, State};
use crate::error::OperatorError;

/// What an act has changed.
pub(crate) struct Change {
    /// What was done, as `subject.verb`.
    pub(crate) action: &'static str,
    /// The id of what it was done to; the kind is the action's subject.
    pub(crate) subject: String,
    /// Ids of the projects of which the portal may now show something else.
    pub(crate) projects: Vec<String>,
    /// What was so before; `None` where there was nothing.
    pub(crate) before: Option<State>,
    /// What is so now.
    pub(crate) after: Option<State>,
}

/// What came of an act, and what it has changed: `None` where all was so already.
pub(crate) type Outcome<T> = (T, Option<Change>);

impl Operator {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs an act. No other runs meanwhile, so that what it finds in order stays so.
    pub(crate) fn act<T>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<Outcome<T>, OperatorError>,
    ) -> Result<T, OperatorError> {
        self.act_all(|db| {
            let (value, change) = work(db)?;
            Ok((value, Vec::from_iter(change)))
        })
    }

    /// Runs what is several acts on the record, and one to whoever asked for it: all of them take
    /// effect or none does.
    pub(crate) fn act_all<T>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<(T, Vec<Change>), OperatorError>,
    ) -> Result<T, OperatorError> {
        manage(&self.database, |db| {
            let (value, changes) = work(db)?;
            for change in &changes {
                revise(db, &change.projects)?;
            }
            audit::record(self, db, changes)?;
            Ok(value)
        })
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, OperatorError>,
    ) -> Result<T, OperatorError> {
        read(&self.database, work)
    }

    /// Several reads that see one and the same state.
    pub(crate) fn snapshot<T>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, OperatorError>,
    ) -> Result<T, OperatorError> {
        read_snapshot(&self.database, work)
    }
}

fn revise(db: &mut Db, touched: &[String]) -> Result<(), OperatorError> {
    for project in touched {
        diesel::update(projects::table.find(project))
            .set(projects::revision.eq(projects::revision + 1))
            .execute(db)?;
    }
    if !touched.is_empty() {
        announce(db)?;
    }
    Ok(())
}

//! One look at whether anybody has committed anything.

use std::time::Duration;

use diesel::{PgConnection, SqliteConnection};

use crate::database::DatabaseOptions;
use crate::dialect::{self, Db, Role};
use crate::error::StoreError;
use crate::url::DatabaseUrl;

/// A connection of the watch's own, and what it saw last.
pub(super) enum Eye {
    Sqlite {
        connection: SqliteConnection,
        data_version: i64,
        mark: u64,
    },
    PostgreSql(Ear),
}

/// PostgreSQL tells by itself, and is asked now and then all the same.
pub(super) struct Ear {
    connection: PgConnection,
    mark: String,
    with_accounts: bool,
    looks_between_questions: u32,
    looks_until_question: u32,
}

impl Eye {
    /// Connects. What is committed after this is seen by a later look.
    pub(super) fn open(url: &DatabaseUrl, options: &DatabaseOptions) -> Result<Self, StoreError> {
        match dialect::connect(url, Role::Reader, options.patience)? {
            Db::Sqlite(mut connection) => Ok(Self::Sqlite {
                data_version: dialect::data_version(&mut connection)?,
                mark: dialect::sqlite_mark(&mut connection)?,
                connection,
            }),
            Db::PostgreSql(connection) => Ear::open(connection, options).map(Self::PostgreSql),
        }
    }

    /// Whether something may have changed since the look before.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be told; then the connection is good for nothing any more.
    pub(super) fn look(&mut self) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite {
                connection,
                data_version,
                mark,
            } => {
                let now = dialect::data_version(connection)?;
                if std::mem::replace(data_version, now) == now {
                    return Ok(false);
                }
                // A lockout, a visit or a process's report is a commit too. The version was asked
                // for first: what is committed after it is looked at again.
                let now = dialect::sqlite_mark(connection)?;
                Ok(std::mem::replace(mark, now) != now)
            }
            Self::PostgreSql(ear) => ear.look(),
        }
    }
}

impl Ear {
    /// Listens before it asks, so that nothing falls between.
    fn open(mut connection: PgConnection, options: &DatabaseOptions) -> Result<Self, StoreError> {
        dialect::listen(&mut connection)?;
        let looks = looks_in(options.recheck_every, options.watch_every);
        let with_accounts = dialect::may_see_accounts(&mut connection)?;
        Ok(Self {
            mark: dialect::mark(&mut connection, with_accounts)?,
            with_accounts,
            connection,
            looks_between_questions: looks,
            looks_until_question: looks,
        })
    }

    fn look(&mut self) -> Result<bool, StoreError> {
        self.looks_until_question = self.looks_until_question.saturating_sub(1);
        let mut changed = false;
        if self.looks_until_question == 0 {
            self.looks_until_question = self.looks_between_questions;
            changed = self.ask()?;
        }
        // What a notice has told is not to be told a second time by the next question.
        while dialect::take_notices(&mut self.connection)? {
            changed = true;
            self.ask()?;
        }
        Ok(changed)
    }

    /// Whether the database is another than when it was last asked.
    fn ask(&mut self) -> Result<bool, StoreError> {
        let now = dialect::mark(&mut self.connection, self.with_accounts)?;
        let before = std::mem::replace(&mut self.mark, now);
        Ok(before != self.mark)
    }
}

/// How many looks fill that time, rounded up, and one at least.
fn looks_in(time: Duration, between_looks: Duration) -> u32 {
    let looks = time.as_nanos().div_ceil(between_looks.as_nanos().max(1));
    u32::try_from(looks).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_filled_with_whole_looks() {
        let millis = Duration::from_millis;
        assert_eq!(looks_in(millis(5000), millis(250)), 20);
        assert_eq!(looks_in(millis(5001), millis(250)), 21);
        assert_eq!(looks_in(millis(1), millis(250)), 1);
        assert_eq!(looks_in(Duration::ZERO, millis(250)), 1);
        assert_eq!(looks_in(Duration::MAX, Duration::ZERO), u32::MAX);
    }
}

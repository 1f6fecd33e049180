//! Counted guesses, exact however many come at once and on however many servers.

use auth::{Admission, LockoutKey, LockoutPolicy, LockoutRecord};
use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::Timestamp;

use crate::database::Database;
use crate::dialect::{Db, both_engines, prune_failures, serialise_key};
use crate::error::StoreError;
use crate::internal::schema::login_failures;
use crate::times::{millis, time};

/// How many records that count no more go with each new one: more than come, so that they end.
const PRUNED_AT_ONCE: i64 = 20;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = login_failures)]
struct StoredRecord {
    key: String,
    count: i64,
    window_started_at: i64,
    locked_until: Option<i64>,
}

impl StoredRecord {
    fn of(key: &LockoutKey, record: LockoutRecord) -> Self {
        Self {
            key: key.as_str().to_owned(),
            count: record.count,
            window_started_at: millis(record.window_started_at),
            locked_until: record.locked_until.map(millis),
        }
    }

    /// A record with impossible times is none: it must lock nobody out for good.
    fn read(&self) -> Option<LockoutRecord> {
        Some(LockoutRecord {
            count: self.count,
            window_started_at: time(self.window_started_at)?,
            locked_until: match self.locked_until {
                Some(until) => Some(time(until)?),
                None => None,
            },
        })
    }
}

impl Database {
    /// Reserves an attempt, which is to say counts it as a failure before it is made. Of any
    /// number of simultaneous calls no more are admitted than the policy allows.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be counted: then nothing may be verified either.
    pub async fn admit_attempt(
        &self,
        key: &LockoutKey,
        policy: &LockoutPolicy,
        now: Timestamp,
    ) -> Result<Admission, StoreError> {
        let (asked, policy) = (key.clone(), *policy);
        // Who is locked out already costs a read and no write: that is what a flood meets.
        let known = self.read(move |db| find(db, &asked)).await?;
        if let locked @ Admission::Locked { .. } = policy.admit(known, now) {
            return Ok(locked);
        }
        let key = key.clone();
        self.write(move |db| reserve(db, &key, &policy, now)).await
    }

    /// Forgets a key's failures: somebody knew the password.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn clear_failures(&self, key: &LockoutKey) -> Result<(), StoreError> {
        let key = key.clone();
        self.write(move |db| {
            serialise_key(db, key.as_str())?;
            delete(db, &key)
        })
        .await
    }

    /// Gives back a reservation whose attempt was never made.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; the reservation then counts as a failure.
    pub async fn refund_attempt(
        &self,
        key: &LockoutKey,
        policy: &LockoutPolicy,
    ) -> Result<(), StoreError> {
        let (key, policy) = (key.clone(), *policy);
        self.write(move |db| {
            serialise_key(db, key.as_str())?;
            match find(db, &key)?.map(|record| policy.refund(record)) {
                None => Ok(()),
                Some(None) => delete(db, &key),
                Some(Some(record)) => store(db, &StoredRecord::of(&key, record)),
            }
        })
        .await
    }
}

fn reserve(
    db: &mut Db,
    key: &LockoutKey,
    policy: &LockoutPolicy,
    now: Timestamp,
) -> Result<Admission, StoreError> {
    serialise_key(db, key.as_str())?;
    let stored = find(db, key)?;
    let known = stored.map(|record| policy.rebased(record, now));
    let admission = policy.admit(known, now);
    let kept = match admission {
        Admission::Admitted(record) => Some(record),
        Admission::Locked { .. } => known,
    };
    if let Some(record) = kept.filter(|_| kept != stored) {
        store(db, &StoredRecord::of(key, record))?;
        if stored.is_none() {
            let before = now.saturating_sub(policy.lock_for).unwrap_or(now);
            prune_failures(db, millis(before), millis(now), PRUNED_AT_ONCE)?;
        }
    }
    Ok(admission)
}

fn find(db: &mut Db, key: &LockoutKey) -> Result<Option<LockoutRecord>, StoreError> {
    let stored: Option<StoredRecord> = login_failures::table
        .find(key.as_str())
        .select(StoredRecord::as_select())
        .first(db)
        .optional()?;
    Ok(stored.as_ref().and_then(StoredRecord::read))
}

fn store(db: &mut Db, record: &StoredRecord) -> Result<(), StoreError> {
    let changes = (
        login_failures::count.eq(record.count),
        login_failures::window_started_at.eq(record.window_started_at),
        login_failures::locked_until.eq(record.locked_until),
    );
    both_engines!(db, connection => diesel::insert_into(login_failures::table)
        .values(record)
        .on_conflict(login_failures::key)
        .do_update()
        .set(changes)
        .execute(connection))?;
    Ok(())
}

fn delete(db: &mut Db, key: &LockoutKey) -> Result<(), StoreError> {
    diesel::delete(login_failures::table.find(key.as_str())).execute(db)?;
    Ok(())
}

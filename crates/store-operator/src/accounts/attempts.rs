//! Counted guesses: reserved before they are made, exact however many come at once.

use auth::{Admission, EmailAddress, LoginPolicy, LoginRecord};
use diesel::{AsChangeset, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{ExpressionMethods, Selectable, SelectableHelper};
use domain::Timestamp;
use store::internal::schema::{operator_unknown_logins as unknown, operator_users};
use store::internal::{Db, millis, serialise_key, time};

use super::stored::{StoredAccount, take_turn};
use crate::error::OperatorError;

/// How often staff may fail.
pub(super) const POLICY: LoginPolicy = LoginPolicy::STAFF;
/// For how long a guess at an address without an account is remembered, and a lock after its end,
/// ms.
const REMEMBERED: i64 = 24 * 60 * 60 * 1000;
/// Addresses without an account that are remembered at once.
const MOST: i64 = 100_000;
/// How many go with each first step at most: more than come, so that they end.
const FORGOTTEN_AT_ONCE: i64 = 20;

/// At whom guesses are aimed.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) email: EmailAddress,
    /// The id of the account; addresses that no account has are counted all the same.
    pub(super) account: Option<String>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = unknown, treat_none_as_null = true)]
struct StoredUnknown {
    email_digest: String,
    failed_login_count: i64,
    lockouts_in_a_row: i64,
    locked_until: Option<i64>,
    forgotten_at: i64,
}

/// What is known of guesses at an address that no account has.
pub(super) fn unknown_record(
    db: &mut Db,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<LoginRecord, OperatorError> {
    let stored: Option<StoredUnknown> = unknown::table
        .find(email.digest())
        .filter(unknown::forgotten_at.gt(millis(now)))
        .select(StoredUnknown::as_select())
        .first(db)
        .optional()?;
    Ok(
        stored.map_or_else(LoginRecord::default, |stored| LoginRecord {
            failures: stored.failed_login_count,
            lockouts: stored.lockouts_in_a_row,
            locked_until: stored.locked_until.and_then(time),
        }),
    )
}

/// The account of an address, and what is known of guesses at it.
pub(super) fn look_at(
    db: &mut Db,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<(Option<StoredAccount>, LoginRecord), OperatorError> {
    let account: Option<StoredAccount> = operator_users::table
        .filter(operator_users::email.eq(email.as_str()))
        .select(StoredAccount::as_select())
        .first(db)
        .optional()?;
    let record = match &account {
        Some(account) => account.login_record(),
        None => unknown_record(db, email, now)?,
    };
    Ok((account, record))
}

/// Counts an attempt as a failure before it is made. The caller has the turn ([`take_turn`]).
pub(super) fn reserve(
    db: &mut Db,
    target: &Target,
    stored: LoginRecord,
    now: Timestamp,
) -> Result<Admission<LoginRecord>, OperatorError> {
    let known = POLICY.rebased(stored, now);
    let admission = POLICY.admit(known, now);
    let kept = match admission {
        Admission::Admitted(record) => record,
        Admission::Locked { .. } => known,
    };
    if kept != stored {
        remember(db, target, kept, now)?;
    }
    Ok(admission)
}

/// Gives back a reservation: the attempt was not made, or did not fail. Answers whether that lifts a
/// lock.
pub(super) fn refund(db: &mut Db, target: &Target, now: Timestamp) -> Result<bool, OperatorError> {
    take_turn(db, target.email.as_str())?;
    let (_, known) = look_at(db, &target.email, now)?;
    let left = POLICY.refund(known);
    remember(db, target, left, now)?;
    Ok(known.locked_until.is_some() && left.locked_until.is_none())
}

fn remember(
    db: &mut Db,
    target: &Target,
    record: LoginRecord,
    now: Timestamp,
) -> Result<(), OperatorError> {
    match &target.account {
        Some(account) => remember_known(db, account, record),
        None => remember_unknown(db, &target.email, record, now),
    }
}

fn remember_known(db: &mut Db, account: &str, record: LoginRecord) -> Result<(), OperatorError> {
    diesel::update(operator_users::table.find(account))
        .set((
            operator_users::failed_login_count.eq(record.failures),
            operator_users::lockouts_in_a_row.eq(record.lockouts),
            operator_users::locked_until.eq(record.locked_until.map(millis)),
        ))
        .execute(db)?;
    Ok(())
}

fn remember_unknown(
    db: &mut Db,
    email: &EmailAddress,
    record: LoginRecord,
    now: Timestamp,
) -> Result<(), OperatorError> {
    if record == LoginRecord::default() {
        return forget_unknown(db, email);
    }
    let known_until = record.locked_until.map_or(now, |until| until.max(now));
    let row = StoredUnknown {
        email_digest: email.digest(),
        failed_login_count: record.failures,
        lockouts_in_a_row: record.lockouts,
        locked_until: record.locked_until.map(millis),
        forgotten_at: millis(known_until).saturating_add(REMEMBERED),
    };
    let known = unknown::table.find(&row.email_digest);
    if diesel::update(known).set(&row).execute(db)? == 0 {
        diesel::insert_into(unknown::table)
            .values(&row)
            .execute(db)?;
    }
    Ok(())
}

/// Forgets what is old, and makes room for one more where the table is full: the rows that would be
/// forgotten next, so that a lock goes last. The caller has the turn of an address.
///
/// Done before every first step, whoever it is about: an address without an account must not be told
/// by what it costs. One at a time, for two at once could wait for each other and for good.
pub(super) fn forget_old(db: &mut Db, now: Timestamp) -> Result<(), OperatorError> {
    serialise_key(db, "operator unknown logins")?;
    let known: i64 = unknown::table.count().get_result(db)?;
    let too_many = usize::try_from(known - MOST + 1).unwrap_or(0);
    let oldest: Vec<(String, i64)> = unknown::table
        .order((unknown::forgotten_at.asc(), unknown::email_digest.asc()))
        .limit(FORGOTTEN_AT_ONCE)
        .select((unknown::email_digest, unknown::forgotten_at))
        .load(db)?;
    for (place, (digest, forgotten_at)) in oldest.into_iter().enumerate() {
        if place < too_many || forgotten_at <= millis(now) {
            let as_read = unknown::table
                .find(digest)
                .filter(unknown::forgotten_at.eq(forgotten_at));
            diesel::delete(as_read).execute(db)?;
        }
    }
    Ok(())
}

/// Nothing counts any more: no guess is left, or an account has the address and counts for itself.
pub(super) fn forget_unknown(db: &mut Db, email: &EmailAddress) -> Result<(), OperatorError> {
    diesel::delete(unknown::table.find(email.digest())).execute(db)?;
    Ok(())
}

//! Embedded migrations, and which of them a database has.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sql_types::{BigInt, Bool};
use diesel::sqlite::Sqlite;
use diesel::{ExpressionMethods, QueryDsl, QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Db, management, write};
use crate::error::StoreError;
use crate::internal::schema::__diesel_schema_migrations as applied;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("../../migrations/postgresql");

/// A migration that this program carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownMigration {
    /// As the database records it.
    pub(crate) version: String,
    /// As its folder is called.
    pub(crate) name: String,
}

/// The migrations that this program carries for that engine, oldest first.
pub(crate) fn known_migrations(db: &Db) -> Result<Vec<KnownMigration>, StoreError> {
    match db {
        Db::Sqlite(_) => names::<Sqlite>(&SQLITE),
        Db::PostgreSql(_) => names::<Pg>(&POSTGRESQL),
    }
}

fn names<DB: Backend>(source: &EmbeddedMigrations) -> Result<Vec<KnownMigration>, StoreError> {
    let migrations = MigrationSource::<DB>::migrations(source)
        .map_err(|error| StoreError::Migration(error.to_string()))?;
    let mut known: Vec<_> = migrations
        .iter()
        .map(|migration| KnownMigration {
            version: migration.name().version().to_string(),
            name: migration.name().to_string(),
        })
        .collect();
    known.sort_unstable_by(|one, other| one.version.cmp(&other.version));
    Ok(known)
}

#[derive(QueryableByName)]
struct Present {
    #[diesel(sql_type = Bool)]
    present: bool,
}

/// The versions that the database records as applied, without writing to it.
pub(crate) fn applied_versions(db: &mut Db) -> Result<Vec<String>, StoreError> {
    let question = match db {
        Db::Sqlite(_) => {
            "SELECT count(*) > 0 AS present FROM sqlite_master \
             WHERE type = 'table' AND name = '__diesel_schema_migrations'"
        }
        Db::PostgreSql(_) => {
            "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL AS present"
        }
    };
    let row: Present = sql_query(question).get_result(db)?;
    if !row.present {
        return Ok(Vec::new());
    }
    Ok(applied::table
        .select(applied::version)
        .order(applied::version.asc())
        .load(db)?)
}

/// Applies what is missing, all or nothing; two that do it at once take turns.
pub(crate) fn migrate(db: &mut Db) -> Result<Vec<String>, StoreError> {
    match db {
        Db::Sqlite(_) => write(db, |db| {
            let applied = apply_missing(db)?;
            foreign_keys_hold(db)?;
            Ok(applied)
        }),
        Db::PostgreSql(_) => management(db, apply_missing),
    }
}

fn apply_missing(db: &mut Db) -> Result<Vec<String>, StoreError> {
    match db {
        Db::Sqlite(connection) => apply(connection, SQLITE),
        Db::PostgreSql(connection) => apply(connection, POSTGRESQL),
    }
}

fn apply<DB, C>(connection: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, StoreError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
{
    let missing: Vec<Box<dyn Migration<DB>>> = connection
        .pending_migrations(source)
        .map_err(|error| StoreError::Migration(error.to_string()))?;
    missing
        .iter()
        .map(|migration| {
            connection
                .run_migration(migration)
                .map_err(|error| StoreError::Migration(format!("{}: {error}", migration.name())))?;
            Ok(migration.name().to_string())
        })
        .collect()
}

#[derive(QueryableByName)]
struct Violations {
    #[diesel(sql_type = BigInt)]
    violations: i64,
}

fn foreign_keys_hold(db: &mut Db) -> Result<(), StoreError> {
    let row: Violations =
        sql_query("SELECT count(*) AS violations FROM pragma_foreign_key_check").get_result(db)?;
    if row.violations == 0 {
        Ok(())
    } else {
        let count = row.violations;
        Err(StoreError::Migration(format!(
            "{count} rows would refer to nothing"
        )))
    }
}

//! A copy of a whole database.

use diesel::sql_types::Text;
use diesel::{RunQueryDsl, sql_query};

use super::Db;
use crate::error::StoreError;

/// Writes everything into a file that is empty or not there. PostgreSQL's server has its own files.
pub(crate) fn copy_into(db: &mut Db, file: &str) -> Result<(), StoreError> {
    match db {
        Db::Sqlite(connection) => {
            sql_query("VACUUM INTO ?")
                .bind::<Text, _>(file)
                .execute(connection)?;
            Ok(())
        }
        Db::PostgreSql(_) => Err(StoreError::Query(diesel::result::Error::NotFound)),
    }
}

//! The portal does not migrate a database; it waits for one that has been.

use std::time::Duration;

use store::{Database, SchemaStatus, StoreError};

/// How often a waiting portal looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The database was migrated by a newer program.
#[derive(Debug, thiserror::Error)]
enum SchemaError {
    #[error(
        "a newer program has migrated the database ({0}); install the same version of the portal"
    )]
    Newer(String),
}

/// Returns when the database has the schema that this program needs, and says what it waits for.
///
/// # Errors
/// The database cannot be read, or is newer than this program.
pub(crate) async fn wait_for(database: &Database) -> Result<(), Box<dyn std::error::Error>> {
    let mut said = false;
    loop {
        match database.schema_status() {
            Ok(SchemaStatus::Current) => return Ok(()),
            Ok(SchemaStatus::Newer(versions)) => {
                return Err(SchemaError::Newer(versions.join(", ")).into());
            }
            Ok(SchemaStatus::Missing(names)) => {
                if !said {
                    let missing = names.join(", ");
                    tracing::warn!(%missing, "waiting for the database: run `portal-admin migrate`");
                }
                said = true;
            }
            Err(cause @ (StoreError::Busy(_) | StoreError::Unreachable(_))) => {
                tracing::warn!(%cause, "waiting for the database");
            }
            Err(cause) => return Err(cause.into()),
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

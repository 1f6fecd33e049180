//! Where the database is.

use clap::Args;
use store::DatabaseUrl;

use crate::Refusal;

/// `DATABASE_URL`.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The database: sqlite://file (made if it is not there) or postgres://user:password@host/name
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "DATABASE_URL",
        default_value = "sqlite://data/terra-view.db",
        hide_env_values = true
    )]
    database_url: String,
}

impl DatabaseArgs {
    /// The address. It is read here and not by clap, which would repeat its password.
    ///
    /// # Errors
    /// [`Refusal`] names `DATABASE_URL`.
    pub fn url(&self) -> Result<DatabaseUrl, Refusal> {
        self.database_url
            .parse()
            .map_err(|problem| Refusal::new("DATABASE_URL", problem))
    }
}

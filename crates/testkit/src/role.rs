//! The account of the database under which a portal runs with the least rights.

use store::DatabaseUrl;

use crate::TestDatabase;

/// The role that `docs/portal-role.sql` is about.
pub const PORTAL_ROLE: &str = "terra_view_portal";
const RIGHTS: &str = include_str!("../../../docs/portal-role.sql");

impl TestDatabase {
    /// The database as the portal's role reaches it, with the rights of `docs/portal-role.sql` and
    /// no others.
    ///
    /// # Panics
    /// On SQLite, which has no roles.
    pub fn url_of_portal_role(&self) -> DatabaseUrl {
        let mut raw = self.raw();
        // Roles belong to the server, not to the test's database: there may be one already, or in
        // this moment.
        raw.execute(&format!(
            "DO $$ BEGIN CREATE ROLE {PORTAL_ROLE} LOGIN; \
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ));
        raw.execute(RIGHTS);
        let address = self.database().url().to_string();
        let (_, place) = address
            .split_once('@')
            .expect("the test server's URL names an account");
        let url = format!("postgres://{PORTAL_ROLE}@{place}");
        url.parse().expect("a URL")
    }
}

//! A fresh database for every test.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use store::{Database, DatabaseOptions, DatabaseUrl};
use store_operator::{Actor, Operator};
use tempfile::TempDir;

use crate::engine::{Engine, OnEngine};
use crate::{ManualClock, Postgres, SeededRandom};

/// A database that nobody else uses, migrated, and gone with the test.
pub struct TestDatabase {
    database: Database,
    clock: Arc<ManualClock>,
    random: Arc<SeededRandom>,
    home: Home,
}

impl OnEngine for TestDatabase {
    fn on(engine: Engine) -> Self {
        Self::unmigrated(engine).migrated()
    }
}

impl TestDatabase {
    /// On SQLite, in a temporary file.
    pub fn sqlite() -> Self {
        Self::on(Engine::Sqlite)
    }

    /// On the PostgreSQL server that `TEST_POSTGRES_URL` names, in a database of its own.
    ///
    /// # Panics
    /// When the variable is not set.
    pub fn postgresql() -> Self {
        Self::on(Engine::PostgreSql)
    }

    /// On a PostgreSQL server of the test's own, in a database of its own.
    pub fn on_server(server: &Postgres) -> Self {
        Self::at_home(Home::at(server.url())).migrated()
    }

    /// Without any table.
    pub fn unmigrated(engine: Engine) -> Self {
        Self::at_home(Home::on(engine))
    }

    fn migrated(self) -> Self {
        self.database.migrate().expect("the migrations apply");
        self
    }

    fn at_home(home: Home) -> Self {
        let clock = Arc::new(ManualClock::default());
        let database = Database::open(&home.url(), DatabaseOptions::new(clock.clone()))
            .expect("a fresh database opens");
        Self {
            database,
            clock,
            random: Arc::new(SeededRandom::default()),
            home,
        }
    }

    /// The handle that a server would have.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A handle with nothing in common but the data, as another process has it.
    pub fn another(&self) -> Database {
        self.another_with(DatabaseOptions::new(self.clock.clone()))
    }

    /// The same, used otherwise.
    pub fn another_with(&self, options: DatabaseOptions) -> Database {
        Database::open(&self.home.url(), options).expect("the database opens")
    }

    /// The time that the database's handles see.
    pub fn clock(&self) -> &Arc<ManualClock> {
        &self.clock
    }

    /// The chance of which ids and links are made.
    pub fn random(&self) -> &Arc<SeededRandom> {
        &self.random
    }

    /// Staff at work.
    pub fn operator(&self) -> Operator {
        self.operator_of(self.database.clone(), "tester")
    }

    /// Somebody of that name at work by that handle.
    pub fn operator_of(&self, database: Database, name: &str) -> Operator {
        Operator::new(
            database,
            self.clock.clone(),
            self.random.clone(),
            Actor {
                name: name.to_owned(),
                origin: "test".to_owned(),
            },
        )
    }

    /// The engine it is on.
    pub fn engine(&self) -> Engine {
        match self.home {
            Home::Folder(_) => Engine::Sqlite,
            Home::Server { .. } => Engine::PostgreSql,
        }
    }

    /// Runs SQL past everything, to plant what no act of ours would write, or to hold a lock.
    pub fn raw(&self) -> RawConnection {
        match &self.home {
            Home::Folder(folder) => {
                let mut connection =
                    SqliteConnection::establish(&file(folder)).expect("the file opens");
                connection
                    .batch_execute("PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;")
                    .expect("pragmas are taken");
                RawConnection::Sqlite(connection)
            }
            Home::Server { server, name } => {
                let address = with_database(server, name);
                RawConnection::PostgreSql(PgConnection::establish(&address).expect("connects"))
            }
        }
    }
}

/// A connection without any of the store's care.
pub enum RawConnection {
    /// To a file.
    Sqlite(SqliteConnection),
    /// To a server.
    PostgreSql(PgConnection),
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

impl RawConnection {
    /// To a file of SQLite's that is there.
    ///
    /// # Panics
    /// When it does not open.
    pub fn to_file(file: &Path) -> Self {
        let file = file.to_str().expect("UTF-8");
        Self::Sqlite(SqliteConnection::establish(file).expect("the file opens"))
    }

    /// Runs statements, or says why they do not run.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn try_execute(&mut self, sql: &str) -> Result<(), String> {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(sql),
            Self::PostgreSql(connection) => connection.batch_execute(sql),
        }
        .map_err(|error| error.to_string())
    }

    /// Runs statements.
    ///
    /// # Panics
    /// When they do not run.
    pub fn execute(&mut self, sql: &str) {
        self.try_execute(sql)
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// The whole number that an expression over the database has, as in `SELECT count(*) FROM …`
    /// without its `SELECT`.
    ///
    /// # Panics
    /// When the query does not run.
    pub fn number(&mut self, expression: &str) -> i64 {
        let query = sql_query(format!("SELECT CAST(({expression}) AS BIGINT) AS value"));
        match self {
            Self::Sqlite(connection) => query.get_result::<Number>(connection),
            Self::PostgreSql(connection) => query.get_result::<Number>(connection),
        }
        .unwrap_or_else(|error| panic!("{error}: {expression}"))
        .value
    }

    /// The text that an expression over the database has.
    ///
    /// # Panics
    /// When the query does not run.
    pub fn text(&mut self, expression: &str) -> Option<String> {
        let query = sql_query(format!("SELECT ({expression}) AS value"));
        match self {
            Self::Sqlite(connection) => query.get_result::<Words>(connection),
            Self::PostgreSql(connection) => query.get_result::<Words>(connection),
        }
        .unwrap_or_else(|error| panic!("{error}: {expression}"))
        .value
    }
}

enum Home {
    Folder(TempDir),
    Server { server: String, name: String },
}

impl Home {
    fn on(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Folder(tempfile::tempdir().expect("a temporary folder")),
            Engine::PostgreSql => {
                let server = std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_unset| {
                    panic!(
                        "TEST_POSTGRES_URL is not set: run `just test`, or put \
                         `tools/with-postgres` before the command"
                    )
                });
                Self::at(server)
            }
        }
    }

    /// A database of that server.
    fn at(server: String) -> Self {
        let name = fresh_name();
        let mut connection = PgConnection::establish(&server).expect("the test server");
        // What a test that was killed left behind.
        connection
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .expect("an old database can be dropped");
        connection
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .expect("a database can be made");
        Self::Server { server, name }
    }

    fn url(&self) -> DatabaseUrl {
        match self {
            Self::Folder(folder) => DatabaseUrl::sqlite(file(folder)),
            Self::Server { server, name } => with_database(server, name)
                .parse()
                .expect("the test server's URL"),
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Server { server, name } = self {
            let dropped = PgConnection::establish(server).map(|mut connection| {
                connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            });
            if !matches!(dropped, Ok(Ok(()))) {
                eprintln!("the test database {name} was left behind");
            }
        }
    }
}

fn fresh_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{number}", std::process::id())
}

fn file(folder: &TempDir) -> String {
    let path = folder.path().join("terra-view.db");
    path.to_str().expect("a temporary path is UTF-8").to_owned()
}

/// The server's URL with another database: what stands between the last `/` and `?`.
fn with_database(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = address.rsplit_once('/').expect("the URL names a database");
    if parameters.is_empty() {
        format!("{host}/{name}")
    } else {
        format!("{host}/{name}?{parameters}")
    }
}

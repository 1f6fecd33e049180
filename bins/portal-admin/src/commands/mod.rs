//! What each command does. One file a group.

mod assignments;
mod backup;
mod clients;
mod locations;
mod migrate;
mod operator;
mod passwords;
mod portal;
mod projects;
mod status;
mod units;

use std::sync::Arc;

use auth::SystemRandom;
use domain::{Clock, SystemClock};
use settings::DatabaseArgs;
use store::{Database, DatabaseOptions, SchemaStatus};
use store_operator::{Actor, Operator};

use crate::args::{Args, Command, Listing};
use crate::error::AdminError;
use crate::output::Output;

/// What every command works with.
struct Desk {
    database: Database,
    operator: Operator,
    clock: Arc<dyn Clock>,
    random: Arc<SystemRandom>,
    out: Output,
    /// The migrations that this run has applied.
    applied: Vec<String>,
    /// Versions that this program does not know, of a program that is newer.
    newer: Vec<String>,
}

/// Opens the database, brings it up to date, and does what was asked.
pub(crate) fn run(args: Args) -> Result<(), AdminError> {
    // A copy is wanted of what there is, before anything is changed.
    let copies = matches!(args.command, Command::Backup { .. });
    let desk = Desk::open(&args.database, Output { json: args.json }, !copies)?;
    let only_looks = copies || matches!(args.command, Command::Status { .. });
    if !desk.newer.is_empty() && !only_looks {
        return Err(AdminError::NewerDatabase(desk.newer.join(", ")));
    }
    match args.command {
        Command::Migrate => migrate::report(&desk),
        Command::Backup { file } => backup::write(&desk, &file),
        Command::CreateClient { name, email } => clients::create(&desk, name, email),
        Command::CreateProject {
            name,
            client,
            client_name,
            time_zone,
        } => projects::create(&desk, name, (client, client_name), time_zone),
        Command::LinkProject { project, client } => projects::link(&desk, &project, &client),
        Command::AddLocation {
            project,
            name,
            kind,
            lat,
            lon,
        } => locations::add(&desk, &project, name, kind, (lat, lon)),
        Command::RemoveLocation { location } => locations::remove(&desk, &location),
        Command::AddUnit {
            unit_id,
            kind,
            serial,
            model,
        } => units::add(&desk, &unit_id, kind, serial, model),
        Command::AssignUnit {
            unit_id,
            location,
            from,
            until,
        } => assignments::assign(&desk, &unit_id, &location, from, until),
        Command::SetStatus { project, status } => projects::set_status(&desk, &project, status),
        Command::EndAssignment { unit_id } => assignments::end(&desk, &unit_id),
        Command::Portal { public, act } => portal::act(&desk, &public.origin()?, &act),
        Command::Operator { act } => operator::act(&desk, act),
        Command::List { what } => list(&desk, what),
        Command::Status { slmm } => status::report(&desk, &slmm),
    }
}

fn list(desk: &Desk, what: Listing) -> Result<(), AdminError> {
    match what {
        Listing::Clients => clients::list(desk),
        Listing::Projects => projects::list(desk),
        Listing::Locations => locations::list(desk),
        Listing::Units => units::list(desk),
        Listing::Assignments => assignments::list(desk),
    }
}

impl Desk {
    fn open(database: &DatabaseArgs, out: Output, migrates: bool) -> Result<Self, AdminError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let random = Arc::new(SystemRandom::new());
        let database = Database::open(&database.url()?, DatabaseOptions::new(clock.clone()))?;
        let (applied, newer) = match database.schema_status()? {
            SchemaStatus::Missing(_) if migrates => (database.migrate()?, Vec::new()),
            SchemaStatus::Current | SchemaStatus::Missing(_) => (Vec::new(), Vec::new()),
            SchemaStatus::Newer(versions) => (Vec::new(), versions),
        };
        let actor = Actor {
            name: account(),
            origin: "command line".to_owned(),
        };
        let operator = Operator::new(database.clone(), clock.clone(), random.clone(), actor);
        Ok(Self {
            database,
            operator,
            clock,
            random,
            out,
            applied,
            newer,
        })
    }
}

/// Whose hands are on the keyboard, as far as the system says: the audit log names them. Whoever
/// became somebody else for it is named as who they are.
fn account() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|name| name.chars().filter(|c| !c.is_control()).take(64).collect())
        .find(|name: &String| !name.is_empty())
        .unwrap_or_else(|| "an account without a name".to_owned())
}

//! What can be asked for on the command line.

mod operator;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use domain::{DeviceKind, LocationKind, ProjectStatus, Timestamp};
use settings::{DatabaseArgs, PublicArgs, SlmmArgs};
use store_operator::OperatorError;

pub(crate) use self::operator::{AccountOf, OperatorAct};

/// Keeps clients, projects, locations, meters and portals, for scripts and for rescue.
/// A name that is unique may be given instead of an id. The database is migrated first.
#[derive(Debug, Parser)]
#[command(name = "portal-admin", version, arg_required_else_help = false)]
// Settings may stand before or after the command.
#[command(mut_args(|setting| setting.global(true)))]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,

    /// Answer with one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the database up to date, and nothing else
    Migrate,
    /// Copy a SQLite database into a new file while the servers run; PostgreSQL has pg_dump
    Backup {
        /// The file that is to be; none may be there
        file: PathBuf,
    },
    /// Create a client of the firm
    CreateClient {
        /// What it is called
        #[arg(long)]
        name: String,
        /// Whom to write to
        #[arg(long)]
        email: Option<String>,
    },
    /// Create a project, with its portal closed
    CreateProject {
        /// What the client calls it
        #[arg(long)]
        name: String,
        /// Its client, by id or name
        #[arg(long, conflicts_with = "client_name")]
        client: Option<String>,
        /// Its client in words, where there is no record of them
        #[arg(long, value_name = "TEXT")]
        client_name: Option<String>,
        /// Its time zone (IANA), where it has its own
        #[arg(long, value_name = "TZ")]
        time_zone: Option<String>,
    },
    /// Give a project to a client
    LinkProject {
        /// The project, by id or name
        project: String,
        /// The client, by id or name
        client: String,
    },
    /// Add a place of monitoring to a project
    AddLocation {
        /// The project, by id or name
        project: String,
        /// What people call it
        #[arg(long)]
        name: String,
        /// What it monitors: sound
        #[arg(long, default_value = "sound")]
        kind: LocationKind,
        /// Degrees north (WGS 84)
        #[arg(long, requires = "lon", allow_negative_numbers = true)]
        lat: Option<f64>,
        /// Degrees east (WGS 84)
        #[arg(long, requires = "lat", allow_negative_numbers = true)]
        lon: Option<f64>,
    },
    /// Remove a location from its project; its history is kept
    RemoveLocation {
        /// The location, by id or name
        location: String,
    },
    /// Add a meter to the roster
    AddUnit {
        /// The name by which SLMM knows it; letter case counts
        unit_id: String,
        /// What it is: slm
        #[arg(long, default_value = "slm")]
        kind: DeviceKind,
        /// The maker's serial number
        #[arg(long)]
        serial: Option<String>,
        /// The maker's name for the model
        #[arg(long)]
        model: Option<String>,
    },
    /// Put a meter at a location; its running assignment ends, and the location's too
    AssignUnit {
        /// The meter
        unit_id: String,
        /// The location, by id or name
        location: String,
        /// Since when it stands there [default: now]
        #[arg(long, value_name = "RFC3339", value_parser = time)]
        from: Option<Timestamp>,
        /// Until when [default: until it is moved]
        #[arg(long, value_name = "RFC3339", value_parser = time)]
        until: Option<Timestamp>,
    },
    /// Say where a project stands
    SetStatus {
        /// The project, by id or name
        project: String,
        /// active, completed, archived or deleted
        status: ProjectStatus,
    },
    /// End a meter's stay where it stands
    EndAssignment {
        /// The meter
        unit_id: String,
    },
    /// Open and close a project's portal
    #[command(arg_required_else_help = false)]
    Portal {
        #[command(flatten)]
        public: PublicArgs,
        #[command(subcommand)]
        act: PortalAct,
    },
    /// Keep the accounts of staff, by which they sign in to the operator app
    #[command(arg_required_else_help = false)]
    Operator {
        #[command(subcommand)]
        act: OperatorAct,
    },
    /// List everything of a kind
    List {
        /// What to list
        what: Listing,
    },
    /// Say how the database and SLMM are, and how much there is
    Status {
        #[command(flatten)]
        slmm: SlmmArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PortalAct {
    /// Open it; a link and a password are made where there is none
    Enable(PortalOf),
    /// Close it; the link is dead for good, and every session ends
    Disable(PortalOf),
    /// Make a new password; every session ends
    Password(PortalOf),
    /// Make a new link; the old one is dead for good, and every session ends
    RotateLink(PortalOf),
    /// Say how it stands
    Show(PortalOf),
}

#[derive(Debug, clap::Args)]
pub(crate) struct PortalOf {
    /// The project, by id or name
    pub(crate) project: String,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Listing {
    Clients,
    Projects,
    Locations,
    Units,
    Assignments,
}

/// clap names the flag itself.
fn time(text: &str) -> Result<Timestamp, String> {
    store_operator::time("time", text).map_err(|error| match error {
        OperatorError::Invalid { problem, .. } => problem,
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_documented_as_they_are() {
        let program = Args::command();
        let text = format!(
            "{}\n{}",
            settings::table(&program),
            settings::commands(&program)
        );
        testkit::docs::assert_current("docs/CONFIG.md", "portal-admin", &text);
    }
}

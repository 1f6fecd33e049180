//! How the database and SLMM are, and how much there is.

use serde::Serialize;
use settings::SlmmArgs;
use slmm::Slmm;
use store::SchemaStatus;

use super::Desk;
use crate::error::AdminError;
use crate::output::Report;

#[derive(Debug, Serialize)]
struct Status {
    database: Place,
    migrations: Migrations,
    slmm: Reach,
    /// Not told of a database whose tables this program does not know.
    counts: Option<Counts>,
}

#[derive(Debug, Serialize)]
struct Place {
    engine: &'static str,
    url: String,
}

#[derive(Debug, Serialize)]
struct Migrations {
    /// `current`, or what is wrong.
    state: String,
    /// Those applied by this run.
    applied: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Reach {
    base_url: String,
    reachable: bool,
}

#[derive(Debug, Serialize)]
struct Counts {
    clients: i64,
    projects: i64,
    open_portals: i64,
    locations: i64,
    units: i64,
    assignments: i64,
}

impl Report for Status {
    fn text(&self) -> String {
        let Self {
            database,
            migrations,
            slmm,
            counts,
        } = self;
        let answers = if slmm.reachable {
            "answers"
        } else {
            "does not answer"
        };
        let mut lines = vec![
            format!("database    {}: {}", database.engine, database.url),
            format!("migrations  {}", migrations.state),
            format!("SLMM        {} {answers}", slmm.base_url),
        ];
        lines.extend(counts.as_ref().map(Counts::text));
        lines.join("\n")
    }
}

impl Counts {
    fn text(&self) -> String {
        let Self {
            clients,
            projects,
            open_portals,
            locations,
            units,
            assignments,
        } = self;
        format!(
            "in use      clients {clients}, projects {projects}, open portals {open_portals}, \
             locations {locations}, units {units}, assignments {assignments}"
        )
    }
}

pub(super) fn report(desk: &Desk, slmm: &SlmmArgs) -> Result<(), AdminError> {
    let slmm = reach(desk, slmm)?;
    let schema = desk.database.schema_status()?;
    let counts = match schema {
        SchemaStatus::Current => Some(counts(desk)?),
        SchemaStatus::Missing(_) | SchemaStatus::Newer(_) => None,
    };
    let address = desk.database.url();
    desk.out.say(&Status {
        database: Place {
            engine: address.engine(),
            url: address.to_string(),
        },
        migrations: Migrations {
            state: schema.to_string(),
            applied: desk.applied.clone(),
        },
        slmm,
        counts,
    })
}

fn counts(desk: &Desk) -> Result<Counts, AdminError> {
    let store_operator::Counts {
        clients,
        projects,
        open_portals,
        locations,
        units,
        assignments,
    } = desk.operator.counts()?;
    Ok(Counts {
        clients,
        projects,
        open_portals,
        locations,
        units,
        assignments,
    })
}

fn reach(desk: &Desk, args: &SlmmArgs) -> Result<Reach, AdminError> {
    let config = args.config()?;
    let base_url = config.base_url().to_owned();
    let slmm = Slmm::start(config, desk.clock.clone(), desk.random.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let reachable = runtime.block_on(slmm.is_reachable());
    Ok(Reach {
        base_url,
        reachable,
    })
}

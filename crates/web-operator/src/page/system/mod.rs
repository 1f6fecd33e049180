//! `/system`: what runs, what it stands on, and how that is doing.

mod log;
mod processes;
mod samples;

use actix_web::HttpResponse;
use actix_web::web::Data;
use futures_util::future::join3;
use serde::Serialize;
use store::{Database, SchemaStatus};
use store_operator::{Counts, Operator, OperatorError, PortalProcess};
use web::WebError;

use self::log::Line;
use self::processes::{Counted, Process};
use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `operator/system.html`
#[derive(Debug, Serialize)]
pub(crate) struct SystemPage {
    head: Head,
    version: &'static str,
    engine: &'static str,
    /// `None` where the database does not answer.
    engine_version: Option<String>,
    /// How the schema stands; `None` where the database does not answer.
    schema: Option<Schema>,
    slmm: bool,
    /// Which version it says it is, where it says one.
    slmm_version: Option<String>,
    /// The portal processes that report; `None` where the database cannot tell.
    processes: Option<Vec<Process>>,
    /// All of them together, where there are several.
    total: Option<Counted>,
    /// Warnings and errors of all processes, newest first.
    log: Vec<Line>,
    /// How much there is; empty where the database does not answer.
    counts: Vec<Figure>,
    /// What this process has counted since it began.
    traffic: Vec<Figure>,
}

/// How the database's schema stands to the one this program needs.
#[derive(Debug, Serialize)]
struct Schema {
    current: bool,
    words: String,
}

/// A number and what it counts.
#[derive(Debug, Serialize)]
struct Figure {
    what: &'static str,
    number: String,
}

impl Figure {
    fn new(what: &'static str, number: impl Into<i128>) -> Self {
        Self {
            what,
            number: number.into().to_string(),
        }
    }
}

/// What the database tells.
struct Told {
    engine_version: String,
    schema: SchemaStatus,
    /// What stands in its tables; `None` where they are not as this program knows them.
    content: Option<(Counts, Vec<PortalProcess>)>,
}

impl Told {
    fn by(database: &Database, operator: &Operator) -> Result<Self, OperatorError> {
        let schema = database.schema_status()?;
        // Tables that are yet to be made cannot be read.
        let content = match schema {
            SchemaStatus::Current => Some((operator.counts()?, operator.portal_processes()?)),
            SchemaStatus::Missing(_) | SchemaStatus::Newer(_) => None,
        };
        Ok(Self {
            engine_version: database.engine_version()?,
            schema,
            content,
        })
    }
}

/// `GET /system`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    let database = office.database.clone();
    let told = office
        .desk
        .act(staff.actor(), move |operator| Told::by(&database, operator));
    let (told, slmm, health) =
        join3(told, office.slmm.is_reachable(), office.control.health()).await;
    let told = told.inspect_err(|cause| {
        tracing::warn!(%cause, "the system page does without the database");
    });
    let page = page(
        &office,
        told.ok(),
        slmm,
        health.ok().and_then(|health| health.version),
    );
    html(&office, &page)
}

fn page(
    office: &Office,
    told: Option<Told>,
    slmm: bool,
    slmm_version: Option<String>,
) -> SystemPage {
    let (zone, now) = (&office.settings.site_zone, office.now());
    let (engine_version, schema, content) = match told {
        Some(told) => (Some(told.engine_version), Some(told.schema), told.content),
        None => (None, None, None),
    };
    let (counts, processes) = content.unzip();
    let reports = processes.as_deref().unwrap_or_default();
    let lines = |processes: &Vec<PortalProcess>| -> Vec<Process> {
        let line = |process| Process::of(process, zone, now);
        processes.iter().map(line).collect()
    };
    let shown = processes.as_ref().map(lines);
    SystemPage {
        head: Head::new(office, "system"),
        version: VERSION,
        engine: office.database.url().engine(),
        engine_version,
        schema: schema.map(|schema| Schema {
            current: schema == SchemaStatus::Current,
            words: schema.to_string(),
        }),
        slmm,
        slmm_version,
        total: shown.as_deref().and_then(processes::total),
        processes: shown,
        log: log::lines(&office.log, reports, zone, now),
        counts: counts.map(counted).unwrap_or_default(),
        traffic: traffic(office),
    }
}

fn counted(counts: Counts) -> Vec<Figure> {
    let Counts {
        clients,
        projects,
        open_portals,
        locations,
        units,
        assignments,
    } = counts;
    vec![
        Figure::new("Clients", clients),
        Figure::new("Projects", projects),
        Figure::new("Open portals", open_portals),
        Figure::new("Locations", locations),
        Figure::new("Units in use", units),
        Figure::new("Units that are assigned", assignments),
    ]
}

fn traffic(office: &Office) -> Vec<Figure> {
    let slmm::Counters {
        requests,
        failures,
        timeouts,
        joins,
        breaker_opens,
        in_flight,
        max_in_flight,
    } = office.slmm.counters();
    let slmm::FeedCounters {
        open,
        opened,
        reconnects,
        watchers,
        waiting,
        frames: _,
        garbage: _,
    } = office.slmm.feed_counters();
    vec![
        Figure::new("Requests sent to SLMM", requests),
        Figure::new("Requests without a good answer", failures),
        Figure::new("Requests that ran out of time", timeouts),
        Figure::new("Callers that waited for another's request", joins),
        Figure::new("Times SLMM was given up for a while", breaker_opens),
        Figure::new("Requests in flight", in_flight),
        Figure::new("Most requests ever in flight", max_in_flight),
        Figure::new("Feeds open", open),
        Figure::new("Feeds opened", opened),
        Figure::new("Feeds that took the place of a broken one", reconnects),
        Figure::new("Viewers of feeds", watchers),
        Figure::new("Meters that wait for a feed", waiting),
        Figure::new("Passwords compared", office.passwords.verifications()),
    ]
}

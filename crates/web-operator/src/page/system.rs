//! `/system`: what runs, what it stands on, and how that is doing.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use store::SchemaStatus;
use store_operator::Counts;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;

/// `operator/system.html`
#[derive(Debug, Serialize)]
pub(crate) struct SystemPage {
    head: Head,
    version: &'static str,
    engine: &'static str,
    /// How the schema stands; `None` where the database does not answer.
    schema: Option<Schema>,
    slmm: bool,
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

/// `GET /system`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    let database = office.database.clone();
    let asked = office.desk.act(staff.actor(), move |operator| {
        let schema = database.schema_status()?;
        // Tables that are yet to be made cannot be counted.
        let counts = match schema {
            SchemaStatus::Current => Some(operator.counts()?),
            SchemaStatus::Missing(_) | SchemaStatus::Newer(_) => None,
        };
        Ok((schema, counts))
    });
    let (schema, counts) = match asked.await {
        Ok((schema, counts)) => (Some(schema), counts),
        Err(cause) => {
            tracing::warn!(%cause, "the system page does without the database");
            (None, None)
        }
    };
    let page = SystemPage {
        head: Head::new(&office, "system"),
        version: env!("CARGO_PKG_VERSION"),
        engine: office.database.url().engine(),
        schema: schema.map(|schema| Schema {
            current: schema == SchemaStatus::Current,
            words: schema.to_string(),
        }),
        slmm: office.slmm.is_reachable().await,
        counts: counts.map(counted).unwrap_or_default(),
        traffic: traffic(&office),
    };
    html(&office, &page)
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
        Figure::new("Passwords compared", office.verifier.verifications()),
    ]
}

impl Page for SystemPage {
    const TEMPLATE: &'static str = "operator/system.html";

    fn samples() -> Vec<Self> {
        let page = |schema, slmm, counts| Self {
            head: Head::sample("system", slmm),
            version: "0.1.0",
            engine: "SQLite",
            schema,
            slmm,
            counts,
            traffic: vec![Figure::new("Requests sent to SLMM", 12)],
        };
        let schema = |current, words: &str| Schema {
            current,
            words: words.to_owned(),
        };
        let missing = "missing 2026-11-21-000000_<begin>";
        vec![
            page(
                Some(schema(true, "current")),
                true,
                vec![Figure::new("Clients", 3)],
            ),
            page(Some(schema(false, missing)), false, Vec::new()),
            page(None, false, Vec::new()),
        ]
    }
}

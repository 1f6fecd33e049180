//! `/audit`: the log, a page at a time.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::TimeZone;
use serde::Serialize;
use store_operator::{AuditCursor, AuditFilter, AuditPage as Found, AuditRecord};
use web::when::When;
use web::{Page, WebError};

use super::is_all;
use super::sieve::Sieve;
use crate::Office;
use crate::error::refused;
use crate::guard::Staff;
use crate::page::form::{Form, query};
use crate::page::head::Head;
use crate::page::html_with;
use crate::page::links::address;

/// Records a page.
const SIZE: u32 = 50;

/// `operator/audit.html`
#[derive(Debug, Serialize)]
pub(crate) struct AuditPage {
    head: Head,
    form: Form,
    records: Vec<Line>,
    /// Whether nothing is filtered out.
    all: bool,
    /// The newest records, where others are shown.
    newest: Option<String>,
    /// The page after this one.
    older: Option<String>,
    /// The same as a file.
    file: String,
}

/// One record.
#[derive(Debug, Serialize)]
struct Line {
    at: When,
    who: String,
    origin: String,
    what: String,
    kind: String,
    subject: String,
    /// Where more is to be read of it.
    href: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /audit?who=&what=&kind=&subject=&from=&until=&before=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let sieve = Sieve::of(&request);
    let cursor = query(&request, "before");
    let given = Some(cursor).filter(|cursor| !cursor.is_empty());
    let cursor: Result<Option<AuditCursor>, _> = given.map(|given| given.parse()).transpose();
    let asked = sieve
        .filter(&office.settings.site_zone)
        .and_then(|filter| Ok((filter, cursor.map_err(refused)?)));
    match asked {
        Ok((filter, before)) => {
            let reads = filter.clone();
            let found = office.desk.act(staff.actor(), move |operator| {
                operator.audit_page(&reads, before.as_ref(), SIZE)
            });
            let page = AuditPage::of(&office, &sieve, &filter, before.is_some(), found.await?);
            html_with(&office, StatusCode::OK, &page)
        }
        Err(error) => {
            let form = sieve.form().refused(error)?;
            let nothing = Found {
                records: Vec::new(),
                next: None,
            };
            let page = AuditPage::of(&office, &sieve, &AuditFilter::default(), true, nothing);
            let page = AuditPage { form, ..page };
            html_with(&office, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

impl AuditPage {
    fn of(
        office: &Office,
        sieve: &Sieve,
        filter: &AuditFilter,
        further: bool,
        found: Found,
    ) -> Self {
        let zone = &office.settings.site_zone;
        let link = |more: &[(&str, &str)]| address("/audit", &sieve.pairs(), more);
        let next = found.next.map(|next| next.to_string());
        Self {
            head: Head::new(office, "audit"),
            form: sieve.form(),
            records: found
                .records
                .into_iter()
                .map(|record| line(record, zone))
                .collect(),
            all: is_all(filter),
            newest: further.then(|| link(&[])),
            older: next.map(|next| link(&[("before", &next)])),
            file: address("/audit.csv", &sieve.pairs(), &[]),
        }
    }
}

fn line(record: AuditRecord, zone: &TimeZone) -> Line {
    let AuditRecord {
        id: _,
        at,
        actor,
        action,
        subject_kind,
        subject_id,
        before,
        after,
    } = record;
    let folder = match subject_kind.as_str() {
        "project" | "portal" => Some("projects"),
        "client" => Some("clients"),
        "unit" => Some("units"),
        "operator" => Some("accounts"),
        _ => None,
    };
    Line {
        at: When::full(at, zone),
        who: actor.name,
        origin: actor.origin,
        what: action,
        href: folder.map(|folder| format!("/{folder}/{subject_id}")),
        kind: subject_kind,
        subject: subject_id,
        before,
        after,
    }
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "operator/audit.html";

    fn samples() -> Vec<Self> {
        let line = |full: bool| Line {
            at: When::full(domain::Timestamp::UNIX_EPOCH, &TimeZone::UTC),
            who: "operator".into(),
            origin: "192.168.1.7".into(),
            what: "unit.edit".into(),
            kind: "unit".into(),
            subject: "SLM-101".into(),
            href: full.then(|| "/units/SLM-101".into()),
            before: full.then(|| r#"model="<NL-43>""#.into()),
            after: full.then(|| r#"model="NL-53""#.into()),
        };
        let page = |full: bool, records, all| Self {
            head: Head::sample("audit", full),
            form: Sieve::default().form(),
            records,
            all,
            newest: full.then(|| "/audit?who=a%26b".into()),
            older: full.then(|| "/audit?who=a%26b&before=1.2".into()),
            file: "/audit.csv".into(),
        };
        vec![
            page(true, vec![line(true), line(false)], false),
            page(false, Vec::new(), false),
            page(false, Vec::new(), true),
        ]
    }
}

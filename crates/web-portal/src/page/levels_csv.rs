//! What a chart shows, as a file: one row for each row of the history, nothing averaged and nothing
//! filled in.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::{TimeZone, Trail, Window};
use web::WebError;
use web::encoding::Text;

use super::part::symbol::Symbols;
use super::part::table::SERIES;
use crate::Portal;
use crate::api::RangeQuery;
use crate::session::Session;
use web::history::hours_before;
use web::when::When;

const UNREACHABLE: &str = "The history cannot be reached at the moment.";

/// `GET /portal/location/{id}/levels.csv?hours=&from=&until=`.
pub(crate) async fn show(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let range = RangeQuery::of(&request)?;
    let now = portal.now();
    let from = hours_before(now, range.hours);
    let looked_at = Window { from, until: None };
    let had_a_meter = location.stays_within(&looked_at).next().is_some();
    let trail = portal.trail(location, range.hours, now).await;
    // A file without rows would say that nothing was recorded.
    let note = (trail.is_none() && had_a_meter).then_some(UNREACHABLE);
    let mut trail = trail.unwrap_or_default();
    trail.points.retain(|point| range.contains(point.at));
    let zone = portal.zone_of(session.scope());
    let symbols = Symbols(&portal.settings);
    let text = table(location.name(), &trail, note, symbols, zone)?;
    let day = zone.to_datetime(now).date();
    let name = format!("{}-levels-{day}.csv", slug(location.name()));
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ));
    Ok(Text::new(text).answer(&request, response))
}

/// The file: the location, the time with the project's offset and in UTC, and the levels in dB with
/// one decimal; a value that is not known is an empty cell.
fn table(
    location: &str,
    trail: &Trail,
    note: Option<&str>,
    symbols: Symbols<'_>,
    zone: &TimeZone,
) -> Result<String, WebError> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let zone_id = zone.iana_name().unwrap_or("UTC");
    let mut header = vec![
        "Location".to_owned(),
        format!("Time ({zone_id})"),
        "Time (UTC)".to_owned(),
    ];
    header.extend(SERIES.iter().map(|metric| {
        let symbol = symbols.of(*metric).plain();
        inert(&format!("{symbol} (dB)"))
    }));
    let location = inert(location);
    file.write_record(&header)
        .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    if let Some(note) = note {
        let mut row = vec![location.clone(), note.to_owned()];
        row.resize(header.len(), String::new());
        file.write_record(&row)
            .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    }
    for point in &trail.points {
        let mut row = vec![
            location.clone(),
            When::local(point.at, zone),
            format!("{:.0}", point.at),
        ];
        row.extend(SERIES.iter().map(|metric| {
            let level = point.get(*metric);
            level.map(|level| level.to_string()).unwrap_or_default()
        }));
        file.write_record(&row)
            .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    }
    let bytes = file
        .into_inner()
        .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    String::from_utf8(bytes).map_err(|cause| WebError::Unwritable(cause.to_string()))
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A name as part of a file's name: ASCII letters and digits, joined by hyphens.
fn slug(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let slug = words.join("-").to_ascii_lowercase();
    if slug.is_empty() {
        "location".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_like_a_formula_is_none() {
        for (name, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@cmd", "'@cmd"),
            ("\tA", "'\tA"),
            ("North = gate", "North = gate"),
        ] {
            assert_eq!(inert(name), safe);
        }
    }

    #[test]
    fn a_files_name_is_plain() {
        assert_eq!(slug("North gate, \"2\"/..\r\nX"), "north-gate-2-x");
        assert_eq!(slug("Ørsted"), "rsted");
        assert_eq!(slug("…"), "location");
    }
}

//! `/audit.csv`: the log as a file.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::TimeZone;
use store_operator::AuditRecord;
use web::WebError;
use web::encoding::Text;
use web::when::When;

use super::sieve::Sieve;
use crate::Office;
use crate::guard::Staff;

/// `GET /audit.csv`, with the filter of `/audit`: everything that it lets through, newest first.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let zone = office.settings.site_zone.clone();
    let filter = Sieve::of(&request).filter(&zone)?;
    let records: Vec<AuditRecord> = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.audit_export(filter).collect()
        })
        .await?;
    let day = zone.to_datetime(office.now()).date();
    let text = table(&records, &zone).map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"audit-{day}.csv\""),
        ));
    Ok(Text::new(text).answer(&request, response))
}

/// One row a record: the local time with its offset, the time in UTC, and the rest as the log has it.
fn table(records: &[AuditRecord], zone: &TimeZone) -> Result<String, Box<dyn std::error::Error>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let local = format!("Time ({})", zone.iana_name().unwrap_or("UTC"));
    let header = [
        local.as_str(),
        "Time (UTC)",
        "Who",
        "From where",
        "What",
        "On what",
        "Id",
        "Before",
        "After",
    ];
    file.write_record(header)?;
    for record in records {
        let told = [
            record.actor.name.as_str(),
            &record.actor.origin,
            &record.action,
            &record.subject_kind,
            &record.subject_id,
            record.before.as_deref().unwrap_or_default(),
            record.after.as_deref().unwrap_or_default(),
        ];
        let times = [When::local(record.at, zone), format!("{:.0}", record.at)];
        file.write_record(times.into_iter().chain(told.map(inert)))?;
    }
    Ok(String::from_utf8(file.into_inner()?)?)
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        for plain in ["", "operator", "name=\"=1\"", "a-b", " x"] {
            assert_eq!(inert(plain), plain);
        }
    }
}

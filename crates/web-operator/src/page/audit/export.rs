//! `/audit.csv`: the log as a file.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use domain::TimeZone;
use futures_util::StreamExt;
use futures_util::stream;
use store_operator::{Actor, AuditExport, AuditRecord};
use web::WebError;
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
    let day = zone.to_datetime(office.now()).date();
    let begun = office.desk.act(staff.actor(), move |operator| {
        Ok(operator.audit_export(filter))
    });
    let mut log = Log {
        export: Some(begun.await?),
        is_begun: false,
        actor: staff.actor(),
        office,
        zone,
    };
    // What cannot be read at all is an answer; what fails later can only break the file off.
    let first = log.piece().await?;
    let rest = stream::try_unfold(log, |mut log| async move {
        let piece = log.piece().await;
        let piece = piece.inspect_err(|cause| tracing::error!(%cause, "a log file breaks off"))?;
        Ok(piece.map(|piece| (piece, log)))
    });
    let whole = stream::iter(first.map(Ok::<_, WebError>)).chain(rest);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"audit-{day}.csv\""),
        ))
        .streaming(whole))
}

/// The log on its way into a file, a piece in memory at a time.
struct Log {
    office: Data<Office>,
    actor: Actor,
    zone: TimeZone,
    /// What is yet to be read; none after an error.
    export: Option<AuditExport>,
    is_begun: bool,
}

impl Log {
    /// The next piece of the file; `None` after its end. It takes the desk while it is read.
    async fn piece(&mut self) -> Result<Option<Bytes>, WebError> {
        let Some(mut export) = self.export.take() else {
            return Ok(None);
        };
        let read = self.office.desk.act(self.actor.clone(), move |_| {
            let piece = export.next().transpose()?;
            Ok((export, piece))
        });
        let (export, records) = read.await?;
        let Some(records) = records else {
            return Ok(None);
        };
        self.export = Some(export);
        let text = table(&records, &self.zone, !self.is_begun)
            .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
        self.is_begun = true;
        Ok(Some(text.into()))
    }
}

/// One row a record: the local time with its offset, the time in UTC, and the rest as the log has it.
fn table(
    records: &[AuditRecord],
    zone: &TimeZone,
    with_header: bool,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    if with_header {
        file.write_record(header(&format!(
            "Time ({})",
            zone.iana_name().unwrap_or("UTC")
        )))?;
    }
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
    Ok(file.into_inner()?)
}

fn header(local: &str) -> [&str; 9] {
    [
        local,
        "Time (UTC)",
        "Who",
        "From where",
        "What",
        "On what",
        "Id",
        "Before",
        "After",
    ]
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

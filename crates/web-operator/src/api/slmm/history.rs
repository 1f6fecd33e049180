//! What SLMM recorded of a meter.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::TrailPoint;
use slmm::TrailSpan;
use web::history::hours_before;
use web::json::private_json;
use web::{FieldProblem, HistoryView, WebError};

use crate::Office;
use crate::guard::Staff;
use crate::page::form::query;

/// How much is told where nobody says, h.
const USUAL: f64 = 2.0;

/// `GET …/history?hours=` (0.1 to 48): columns, oldest first. SLMM keeps a sample a minute for a
/// day.
pub(crate) async fn history(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let hours = hours(&query(&request, "hours"))?;
    let meter = office.meter(&staff, &unit).await?;
    let trail = office.slmm.trail(&meter, TrailSpan::covering(hours)).await;
    let from = hours_before(office.now(), hours);
    let within = |points: &[TrailPoint]| -> Vec<TrailPoint> {
        let later = points.iter().filter(|point| point.at >= from);
        later.copied().collect()
    };
    let points = trail.value().map(|points| within(points));
    let view = HistoryView::new(hours, points.as_ref());
    Ok(private_json(&view))
}

fn hours(text: &str) -> Result<f64, WebError> {
    if text.is_empty() {
        return Ok(USUAL);
    }
    let hours = text.parse().ok();
    hours
        .filter(|hours| (0.1..=48.0).contains(hours))
        .ok_or_else(|| {
            let problem = FieldProblem::new("hours", "a number from 0.1 to 48");
            WebError::Unprocessable(vec![problem])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_a_number_that_slmm_keeps() {
        for (text, told) in [
            ("", Some(2.0)),
            ("0.1", Some(0.1)),
            ("48", Some(48.0)),
            ("0", None),
            ("48.1", None),
            ("nan", None),
            ("inf", None),
            ("-1", None),
            ("two", None),
        ] {
            assert_eq!(hours(text).ok(), told, "{text}");
        }
    }
}

//! A meter as staff see it, and whether its monitor is kept alive.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use web::WebError;
use web::json::private_json;

use super::view::{DeviceView, KeepaliveView};
use crate::Office;
use crate::guard::Staff;
use crate::slmm_acts::upstream;

/// `GET …/status`.
pub(crate) async fn status(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let device = office.control.device(&meter).await.map_err(upstream)?;
    Ok(private_json(&DeviceView::new(&device)))
}

/// `POST …/monitor/start`: SLMM watches the meter's rules also while nobody looks. It asks it every
/// 10 s for that: some 3 MB a day, about 6 times the poller's traffic.
pub(crate) async fn start(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    keep_alive(&office, &staff, &unit, true).await
}

/// `POST …/monitor/stop`.
pub(crate) async fn stop(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    keep_alive(&office, &staff, &unit, false).await
}

async fn keep_alive(
    office: &Office,
    staff: &Staff,
    unit: &str,
    on: bool,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(staff, unit).await?;
    office.keep_alive(staff, &meter, on).await?;
    Ok(private_json(&KeepaliveView { kept_alive: on }))
}

//! How fast one address may ask, and how slowly it may speak. Files and the supervisor's questions are not counted: they cost
//! next to nothing, and a page has many files.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use web::client_address;

use crate::Portal;

const NOT_COUNTED: [&str; 3] = ["/portal/static/", "/healthz", "/readyz"];

/// Turns away who asks too often, before anything is looked at. Who is let in has so long to send a
/// body, and no longer.
///
/// # Errors
/// Those of what it stands before.
pub(crate) async fn pace(
    portal: Data<Portal>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let path = request.path();
    if !NOT_COUNTED.iter().any(|start| path.starts_with(start)) {
        let address = client_address(request.request(), &portal.settings.trusted_proxies);
        if let Err(refusal) = portal.limiter.admit(address) {
            // Given back as an answer: an error would pass by the shield outside.
            return Ok(request.error_response(refusal));
        }
    }
    web::slow_body::limit_slow_body(&mut request);
    Ok(next.call(request).await?.map_into_boxed_body())
}

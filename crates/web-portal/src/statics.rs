//! The portal's own static files.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;
use web::WebError;

use crate::Portal;

#[derive(RustEmbed)]
#[folder = "../../assets/portal"]
pub(crate) struct PortalAssets;

/// `GET /portal/static/{hash}/{file}`.
pub(crate) async fn file(
    request: HttpRequest,
    portal: Data<Portal>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (hash, name) = path.into_inner();
    portal.assets.serve(&request, &hash, &name)
}

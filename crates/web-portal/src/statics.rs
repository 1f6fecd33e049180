//! The portal's own static files.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;
use web::WebError;
use web::assets::Bundle;

use crate::Portal;

#[derive(RustEmbed)]
#[folder = "../../assets"]
#[include = "shared/*"]
#[include = "portal/*"]
pub(crate) struct PortalAssets;

/// The parts of the one style sheet, in their order.
pub(crate) const STYLES: Bundle = Bundle {
    name: "portal.css",
    parts: &[
        "shared/css/tokens.css",
        "shared/css/base.css",
        "shared/css/frame.css",
        "shared/css/parts.css",
        "shared/css/gate.css",
        "shared/css/map.css",
        "portal/css/tiles.css",
        "portal/css/map.css",
        "shared/css/panel.css",
        "shared/css/chart.css",
        "portal/css/pages.css",
        "portal/css/wall.css",
        "shared/css/print.css",
    ],
};

/// `GET /portal/static/{hash}/{file}`.
pub(crate) async fn file(
    request: HttpRequest,
    portal: Data<Portal>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (hash, name) = path.into_inner();
    portal.assets.serve(&request, &hash, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_style_sheet_is_in_it() {
        let mut parts: Vec<_> = PortalAssets::iter()
            .filter(|name| name.contains("/css/"))
            .map(|name| name.to_string())
            .collect();
        let mut listed: Vec<_> = STYLES.parts.iter().map(ToString::to_string).collect();
        parts.sort_unstable();
        listed.sort_unstable();
        assert_eq!(parts, listed);
    }
}

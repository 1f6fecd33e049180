//! The app's own static files.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;
use web::WebError;
use web::assets::Bundle;

use crate::Office;

#[derive(RustEmbed)]
#[folder = "../../assets"]
#[include = "shared/*"]
#[include = "operator/*"]
pub(crate) struct OperatorAssets;

/// The parts of the one style sheet, in their order.
pub(crate) const STYLES: Bundle = Bundle {
    name: "operator.css",
    parts: &[
        "shared/css/tokens.css",
        "shared/css/base.css",
        "shared/css/frame.css",
        "shared/css/parts.css",
        "shared/css/gate.css",
        "shared/css/panel.css",
        "shared/css/chart.css",
        "shared/css/map.css",
        "operator/css/forms.css",
        "operator/css/pages.css",
        "operator/css/board.css",
        "operator/css/places.css",
        "operator/css/meter.css",
        "shared/css/print.css",
    ],
};

/// `GET /static/{hash}/{file}`.
pub(crate) async fn file(
    request: HttpRequest,
    office: Data<Office>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (hash, name) = path.into_inner();
    office.assets.serve(&request, &hash, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_style_sheet_is_in_it() {
        let mut parts: Vec<_> = OperatorAssets::iter()
            .filter(|name| name.contains("/css/"))
            .map(|name| name.to_string())
            .collect();
        let mut listed: Vec<_> = STYLES.parts.iter().map(ToString::to_string).collect();
        parts.sort_unstable();
        listed.sort_unstable();
        assert_eq!(parts, listed);
    }
}

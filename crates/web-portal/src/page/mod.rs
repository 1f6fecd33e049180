//! The pages. One module a page: its context type, its samples, its handler; the template of the
//! same name stands in `templates/portal`.

pub(crate) mod events;
mod head;
pub(crate) mod levels_csv;
pub(crate) mod location;
pub(crate) mod notice;
pub(crate) mod overview;
mod part;
pub(crate) mod prompt;
mod samples;
pub mod styleguide;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use rust_embed::RustEmbed;
use web::encoding::Text;
use web::templates::{Globals, shared_source, source};
use web::{Assets, Page, TemplateError, Templates, WebError, modules};

use crate::statics::PortalAssets;
use crate::{Portal, PortalSettings};

#[derive(RustEmbed)]
#[folder = "../../templates/portal"]
pub(crate) struct PortalTemplates;

impl PortalTemplates {
    pub(crate) fn parse(globals: &Globals) -> Result<Templates, TemplateError> {
        Templates::parse(
            &[("shared", shared_source()), ("portal", source::<Self>())],
            globals,
        )
    }
}

/// The scripts of the pages, by name.
const SCRIPTS: [&str; 4] = ["prompt", "overview", "location", "events"];

pub(crate) fn globals(settings: &PortalSettings, assets: &Assets) -> Globals {
    Globals {
        brand: settings.brand.clone(),
        assets: assets.base(),
        modules: modules::of_pages::<PortalAssets>("portal", &SCRIPTS),
    }
}

/// A page, compressed as the visitor's browser likes.
pub(crate) fn html<P: Page>(
    portal: &Portal,
    request: &HttpRequest,
    page: &P,
) -> Result<HttpResponse, WebError> {
    html_with(portal, request, StatusCode::OK, page)
}

pub(crate) fn html_with<P: Page>(
    portal: &Portal,
    request: &HttpRequest,
    status: StatusCode,
    page: &P,
) -> Result<HttpResponse, WebError> {
    let response = started(status);
    Ok(Text::new(portal.render(page)?).answer(request, response))
}

/// The head of a page's answer.
pub(crate) fn ok() -> HttpResponseBuilder {
    started(StatusCode::OK)
}

fn started(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8");
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use web::templates::inline_code;

    fn render_all<P: Page>(templates: &Templates, seen: &mut BTreeSet<&'static str>) {
        seen.insert(P::TEMPLATE);
        for (index, page) in P::samples().iter().enumerate() {
            let html = templates.render(page).unwrap();
            insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(format!("{}-{index}", P::TEMPLATE.replace('/', "-")), html);
            });
        }
    }

    /// Every template is rendered with every sample; what comes out is pinned.
    #[test]
    fn every_page_renders_every_sample() {
        let globals = Globals {
            brand: "Terra-View".into(),
            assets: "/portal/static/0".into(),
            modules: SCRIPTS
                .iter()
                .map(|name| (*name, vec!["shared/js/page.js".to_owned()]))
                .collect(),
        };
        let templates = PortalTemplates::parse(&globals).unwrap();
        let mut seen = BTreeSet::new();
        render_all::<prompt::PromptPage>(&templates, &mut seen);
        render_all::<notice::NoticePage>(&templates, &mut seen);
        render_all::<overview::OverviewPage>(&templates, &mut seen);
        render_all::<location::LocationPage>(&templates, &mut seen);
        render_all::<events::EventsPage>(&templates, &mut seen);
        render_all::<styleguide::StyleguidePage>(&templates, &mut seen);
        let is_page = |name: &&str| name.starts_with("portal/") && !name.starts_with("portal/_");
        let pages: BTreeSet<_> = templates.names().into_iter().filter(is_page).collect();
        assert_eq!(
            seen, pages,
            "a template without a context type, or the other way round"
        );
    }

    #[test]
    fn no_template_has_anything_inline() {
        let sources = [shared_source(), source::<PortalTemplates>()];
        assert_eq!(inline_code(&sources), Vec::<String>::new());
    }
}

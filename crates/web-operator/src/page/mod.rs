//! The pages. One module a page: its context type, its samples, its handler; the template of the
//! same name stands in `templates/operator`.

pub(crate) mod accounts;
pub(crate) mod alerts;
pub(crate) mod audit;
pub(crate) mod board;
pub(crate) mod clients;
pub(crate) mod form;
mod head;
mod links;
pub(crate) mod login;
pub(crate) mod meter;
pub(crate) mod notice;
pub(crate) mod profile;
pub(crate) mod projects;
mod sheet;
pub(crate) mod system;
pub(crate) mod units;
pub(crate) mod who;

use std::str::FromStr;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use rust_embed::RustEmbed;
use web::templates::{Globals, shared_source, source};
use web::{Assets, Page, TemplateError, Templates, WebError, modules};

use crate::statics::OperatorAssets;
use crate::{Office, OperatorSettings};

#[derive(RustEmbed)]
#[folder = "../../templates/operator"]
pub(crate) struct OperatorTemplates;

impl OperatorTemplates {
    pub(crate) fn parse(globals: &Globals) -> Result<Templates, TemplateError> {
        Templates::parse(
            &[("shared", shared_source()), ("operator", source::<Self>())],
            globals,
        )
    }
}

/// The scripts of the pages, by name.
const SCRIPTS: [&str; 9] = [
    "copy", "fresh", "login", "meter", "place", "project", "reveal", "rule", "save",
];

pub(crate) fn globals(settings: &OperatorSettings, assets: &Assets) -> Globals {
    Globals {
        brand: settings.brand.clone(),
        assets: assets.base(),
        modules: modules::of_pages::<OperatorAssets>("operator", &SCRIPTS),
    }
}

/// A page, as it is: the pages of this app hold links and passwords, and what holds a secret is not
/// compressed (docs/adr/0011).
pub(crate) fn html<P: Page>(office: &Office, page: &P) -> Result<HttpResponse, WebError> {
    html_with(office, StatusCode::OK, page)
}

pub(crate) fn html_with<P: Page>(
    office: &Office,
    status: StatusCode,
    page: &P,
) -> Result<HttpResponse, WebError> {
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(office.render(page)?))
}

/// On to another page, after an act.
pub(crate) fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .finish()
}

/// The id that a path names. What is none is of nothing.
pub(crate) fn id_of<T: FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_not_an_id| WebError::NotFound)
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
            assets: "/static/0".into(),
            modules: SCRIPTS.iter().map(|name| (*name, Vec::new())).collect(),
        };
        let templates = OperatorTemplates::parse(&globals).unwrap();
        let mut seen = BTreeSet::new();
        render_all::<accounts::detail::AccountPage>(&templates, &mut seen);
        render_all::<accounts::door::DoorPage>(&templates, &mut seen);
        render_all::<accounts::list::AccountsPage>(&templates, &mut seen);
        render_all::<accounts::secret::AccountSecretPage>(&templates, &mut seen);
        render_all::<audit::list::AuditPage>(&templates, &mut seen);
        render_all::<board::BoardPage>(&templates, &mut seen);
        render_all::<clients::detail::ClientPage>(&templates, &mut seen);
        render_all::<clients::list::ClientsPage>(&templates, &mut seen);
        render_all::<login::code::CodePage>(&templates, &mut seen);
        render_all::<login::logout::LogoutPage>(&templates, &mut seen);
        render_all::<login::password::PasswordPage>(&templates, &mut seen);
        render_all::<login::welcome::WelcomePage>(&templates, &mut seen);
        render_all::<notice::NoticePage>(&templates, &mut seen);
        render_all::<profile::codes::CodesPage>(&templates, &mut seen);
        render_all::<profile::proof_page::ProofPage>(&templates, &mut seen);
        render_all::<profile::second_factor::AppPage>(&templates, &mut seen);
        render_all::<profile::show::ProfilePage>(&templates, &mut seen);
        render_all::<projects::detail::ProjectPage>(&templates, &mut seen);
        render_all::<projects::list::ProjectsPage>(&templates, &mut seen);
        render_all::<projects::place::PlacePage>(&templates, &mut seen);
        render_all::<projects::portal::SecretPage>(&templates, &mut seen);
        render_all::<sheet::SheetPage>(&templates, &mut seen);
        render_all::<meter::MeterPage>(&templates, &mut seen);
        render_all::<alerts::AlertsPage>(&templates, &mut seen);
        render_all::<meter::edit::RulePage>(&templates, &mut seen);
        render_all::<system::SystemPage>(&templates, &mut seen);
        render_all::<units::detail::UnitPage>(&templates, &mut seen);
        render_all::<units::list::UnitsPage>(&templates, &mut seen);
        render_all::<units::new::NewUnitPage>(&templates, &mut seen);
        let is_page =
            |name: &&str| name.starts_with("operator/") && !name.starts_with("operator/_");
        let pages: BTreeSet<_> = templates.names().into_iter().filter(is_page).collect();
        assert_eq!(
            seen, pages,
            "a template without a context type, or the other way round"
        );
    }

    #[test]
    fn no_template_has_anything_inline() {
        let sources = [shared_source(), source::<OperatorTemplates>()];
        assert_eq!(inline_code(&sources), Vec::<String>::new());
    }
}

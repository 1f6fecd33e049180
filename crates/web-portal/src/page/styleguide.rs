//! Every component in every state, for those who work on them. The demo serves it; the portal has
//! no route to it.

use actix_web::web::{Data, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use web::{Page, WebError};

use super::events::EventsPage;
use super::html;
use super::location::LocationPage;
use super::overview::OverviewPage;
use super::part::symbol::Symbol;
use super::prompt::{PromptPage, Refusal};
use super::samples;
use crate::Portal;

/// `portal/styleguide.html`
#[derive(Debug, Serialize)]
pub(crate) struct StyleguidePage {
    overview: OverviewPage,
    /// Above its limit, without a meter, offline, with unknown limits.
    locations: Vec<LocationPage>,
    events: EventsPage,
    refusals: Vec<Option<Refusal>>,
    symbols: Vec<Symbol>,
}

/// Adds `GET /_styleguide`.
pub fn configure(app: &mut ServiceConfig) {
    app.service(resource("/_styleguide").route(get().to(show)));
}

async fn show(portal: Data<Portal>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let page = StyleguidePage::samples().into_iter().next();
    html(&portal, &request, &page.ok_or(WebError::NotFound)?)
}

impl Page for StyleguidePage {
    const TEMPLATE: &'static str = "portal/styleguide.html";

    fn samples() -> Vec<Self> {
        let (overview, events) = (
            samples::overview().into_iter().next(),
            samples::events().into_iter().nth(1),
        );
        let page = overview.zip(events).map(|(overview, events)| Self {
            overview,
            locations: samples::location(),
            events,
            refusals: PromptPage::samples()
                .into_iter()
                .map(|prompt| prompt.refusal)
                .collect(),
            symbols: samples::symbols(),
        });
        page.into_iter().collect()
    }
}

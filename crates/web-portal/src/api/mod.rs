//! The JSON routes. Each takes a [`Session`] and answers with a
//! projection of `view`.

pub(crate) mod query;

pub(crate) use query::{EventsFilter, HistoryQuery, RangeQuery};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::join_all;
use web::encoding::Text;
use web::json::{private_json, private_json_text};
use web::{HistoryView, WebError};

use self::query::LimitQuery;
use crate::Portal;
use crate::kept::What;
use crate::session::Session;
use crate::view::{EventsView, LiveView, OverviewView, ProjectEventsView, ThresholdsView};

/// `GET /portal/api/overview`.
pub(crate) async fn overview(
    portal: Data<Portal>,
    session: Session,
) -> Result<HttpResponse, WebError> {
    let now = portal.now();
    let sights = portal.survey(session.scope(), now).await;
    let headline = portal.settings.headline.metric();
    Ok(private_json(&OverviewView::new(
        session.scope().project_name(),
        headline,
        &sights,
        now,
    )))
}

/// `GET /portal/api/location/{id}/live`.
pub(crate) async fn live(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let now = portal.now();
    let sighting = portal.sight(location, now).await;
    // The answer may have taken a while; the age is told as of now.
    Ok(private_json(&LiveView::new(
        location,
        &sighting,
        portal.now(),
    )))
}

/// `GET /portal/api/location/{id}/history?hours=`.
pub(crate) async fn history(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let query = HistoryQuery::of(&request)?;
    let what = What::History {
        of: session.scope().edition(),
        location: location.id(),
        hours: query.hours.to_bits(),
    };
    if let Some(json) = portal.kept.fresh(&what) {
        return Ok(private_json_text(&request, &json));
    }
    let begun = portal.kept.moment();
    let trail = portal.trail(location, query.hours, portal.now()).await;
    let points = trail.as_ref().map(|trail| &trail.points);
    let json = serde_json::to_vec(&HistoryView::new(query.hours, points))
        .map_err(|cause| WebError::Unwritable(cause.to_string()))?;
    let json = portal.kept.keep(what, begun, Text::new(json));
    Ok(private_json_text(&request, &json))
}

/// `GET /portal/api/location/{id}/events?limit=`.
pub(crate) async fn location_events(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let query = LimitQuery::of(&request)?;
    let sight = portal.look(location, portal.now()).await;
    Ok(private_json(&EventsView::new(
        sight.events.as_ref(),
        query.limit,
    )))
}

/// `GET /portal/api/location/{id}/thresholds`.
pub(crate) async fn thresholds(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let limits = portal.limits(session.location(&id)?, portal.now()).await;
    Ok(private_json(&ThresholdsView::new(limits.as_deref())))
}

/// `GET /portal/api/events?limit=&location=&status=`.
pub(crate) async fn project_events(
    portal: Data<Portal>,
    session: Session,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let filter = EventsFilter::of(&request)?;
    let now = portal.now();
    let locations = filter.locations(&session)?;
    let sights = join_all(
        locations
            .into_iter()
            .map(|location| portal.look(location, now)),
    )
    .await;
    let parts: Vec<_> = sights
        .into_iter()
        .map(|sight| (sight.location, sight.events))
        .collect();
    Ok(private_json(&ProjectEventsView::new(
        &parts,
        filter.status,
        filter.limit,
    )))
}

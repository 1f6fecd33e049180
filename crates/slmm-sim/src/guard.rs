//! What every request passes: counting, deafness, sessions, lateness, brokenness.

use std::convert::Infallible;

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use bytes::Bytes;

use crate::answer;
use crate::config::Capacity;
use crate::connection;
use crate::endpoint::Endpoint;
use crate::faults::{Fault, Lateness};
use crate::sessions::Admission;
use crate::sim::Sim;

/// Wraps all of SLMM's own routes.
pub(crate) async fn guard(
    sim: web::Data<Sim>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if sim.is_down() {
        connection::close(request.request());
        return Ok(request.into_response(answer::internal_error()));
    }
    let path = request.path().to_owned();
    let Some((endpoint, unit)) = Endpoint::of_path(&path) else {
        return next.call(request).await;
    };
    let _in_flight = sim.inner.meters.request(endpoint, unit);
    sim.hearing().await;
    let Some(session) = Session::take(&sim, endpoint) else {
        sim.hearing().await;
        return Ok(request.into_response(answer::internal_error()));
    };
    wait(&sim, endpoint, unit).await;
    sim.tick();
    let broken = sim.faults().brokenness(endpoint, unit);
    let response = match broken {
        None => next.call(request).await?,
        Some(fault) => break_answer(fault, request, next).await?,
    };
    // Whoever holds a session while the loop stands still holds it to the end of that.
    sim.hearing().await;
    drop(session);
    Ok(response)
}

/// A database session, or the leave to do without one.
struct Session<'a>(Option<&'a Sim>);

impl<'a> Session<'a> {
    fn take(sim: &'a Sim, endpoint: Endpoint) -> Option<Self> {
        if !endpoint.uses_database() {
            return Some(Self(None));
        }
        match sim.inner.sessions.take(sim.inner.clock.elapsed()) {
            Admission::Admitted => Some(Self(Some(sim))),
            Admission::Refused => None,
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Some(sim) = self.0 {
            sim.inner.sessions.give_back();
        }
    }
}

async fn wait(sim: &Sim, endpoint: Endpoint, unit: Option<&str>) {
    let lateness = sim.faults().lateness(endpoint, unit);
    match lateness {
        Lateness::None => {}
        Lateness::Delay(time) => actix_rt::time::sleep(time).await,
        Lateness::Hold => {
            sim.wait_until(|sim| sim.faults().lateness(endpoint, unit) != Lateness::Hold)
                .await;
        }
    }
    if let Some(capacity) = sim.inner.sessions.capacity()
        && endpoint.uses_database()
    {
        let Capacity {
            service_time,
            history_service_time,
            ..
        } = capacity;
        let long = endpoint == Endpoint::History;
        actix_rt::time::sleep(if long {
            history_service_time
        } else {
            service_time
        })
        .await;
    }
}

async fn break_answer(
    fault: Fault,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let json = || {
        let mut response = HttpResponse::Ok();
        response.content_type(ContentType::json());
        response
    };
    let response = match fault {
        Fault::DelayMs(_) | Fault::Hold => return next.call(request).await,
        Fault::Truncated => return truncate(next.call(request).await?).await,
        Fault::WrongContentType => {
            let mut response = next.call(request).await?;
            let html = header::HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(header::CONTENT_TYPE, html);
            return Ok(response);
        }
        Fault::InternalError => answer::internal_error(),
        Fault::Html => HttpResponse::Ok()
            .content_type(ContentType::html())
            .body("<!doctype html><title>Welcome</title><p>It works!</p>"),
        Fault::Nested(depth) => json().body("[".repeat(depth) + &"]".repeat(depth)),
        Fault::Empty => json().finish(),
        Fault::Huge(bytes) => json().streaming(huge(bytes)),
        Fault::Stalled => json().streaming(begun()),
        Fault::Redirect(to) => HttpResponse::TemporaryRedirect()
            .insert_header((header::LOCATION, to))
            .finish(),
        Fault::Close => {
            connection::close(request.request());
            answer::internal_error()
        }
        Fault::Body(text) => json().body(text),
        Fault::Status(code) => HttpResponse::build(status(code))
            .content_type(ContentType::plaintext())
            .body("no"),
        Fault::Answer(code, text) => HttpResponse::build(status(code))
            .content_type(ContentType::json())
            .body(text),
    };
    Ok(request.into_response(response))
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn truncate(response: ServiceResponse<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let whole = body::to_bytes(body)
        .await
        .map_err(actix_web::error::ErrorInternalServerError)?;
    let half = whole.slice(..whole.len() / 2);
    Ok(ServiceResponse::new(request, head.set_body(half.boxed())))
}

/// The beginning of a JSON text, without an end.
fn begun() -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> {
    let open = Bytes::from_static(b"{\"status\":\"ok\",\"data\":{");
    let beginning = futures_util::stream::iter([Ok(open)]);
    futures_util::StreamExt::chain(beginning, futures_util::stream::pending())
}

/// A JSON text of this many bytes that never is in memory as a whole.
fn huge(bytes: u64) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> {
    const CHUNK: u64 = 64 * 1024;
    let filler = Bytes::from(vec![b'x'; usize::try_from(CHUNK).unwrap_or(0)]);
    let open = Bytes::from_static(b"{\"status\":\"ok\",\"data\":\"");
    let close = Bytes::from_static(b"\"}");
    let middle = std::iter::repeat_n(filler, usize::try_from(bytes / CHUNK).unwrap_or(0));
    let chunks = std::iter::once(open)
        .chain(middle)
        .chain(std::iter::once(close));
    futures_util::stream::iter(chunks.map(Ok))
}

//! What can be counted of a server, for the firm's own eyes.

use std::fmt::Write as _;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use slmm::{Counters, FeedCounters};
use store::WatchCounters;

use crate::live::LiveCounters;

/// Everything that is counted, at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// Requests to SLMM.
    pub slmm: Counters,
    /// Sockets to SLMM.
    pub feeds: FeedCounters,
    /// Sockets of viewers.
    pub live: LiveCounters,
    /// Changes of the database.
    pub changes: WatchCounters,
    /// Passwords that were hashed to be compared.
    pub verifications: u64,
}

const GAUGE: &str = "gauge";
const COUNTER: &str = "counter";

impl Metrics {
    /// The Prometheus text format, version 0.0.4.
    pub fn prometheus(&self) -> String {
        let Counters {
            requests,
            failures,
            timeouts,
            joins,
            breaker_opens,
            in_flight,
            max_in_flight,
        } = self.slmm;
        let FeedCounters {
            open,
            opened,
            reconnects,
            watchers,
            waiting,
            frames: frames_in,
            garbage,
        } = self.feeds;
        let LiveCounters {
            channels,
            viewers,
            admitted,
            refused,
            frames,
            skipped,
            lost,
        } = self.live;
        let WatchCounters {
            looks,
            changes,
            losses,
            in_sight,
        } = self.changes;
        let rows = [
            (
                "slmm_requests_total",
                COUNTER,
                "Requests sent to SLMM",
                requests,
            ),
            (
                "slmm_failures_total",
                COUNTER,
                "Requests to SLMM without a good answer",
                failures,
            ),
            (
                "slmm_timeouts_total",
                COUNTER,
                "Requests to SLMM that ran out of time",
                timeouts,
            ),
            (
                "slmm_joins_total",
                COUNTER,
                "Callers that waited for another's request",
                joins,
            ),
            (
                "slmm_breaker_opens_total",
                COUNTER,
                "Times SLMM was given up for a while",
                breaker_opens,
            ),
            (
                "slmm_in_flight",
                GAUGE,
                "Requests to SLMM in flight",
                in_flight,
            ),
            (
                "slmm_in_flight_max",
                GAUGE,
                "The most requests to SLMM ever in flight",
                max_in_flight,
            ),
            ("feeds", GAUGE, "Sockets to SLMM open", open),
            (
                "feeds_opened_total",
                COUNTER,
                "Sockets to SLMM opened",
                opened,
            ),
            (
                "feed_reconnects_total",
                COUNTER,
                "Sockets to SLMM opened in place of a broken one",
                reconnects,
            ),
            (
                "feed_watchers",
                GAUGE,
                "Channels that follow a meter",
                watchers,
            ),
            (
                "feeds_waiting",
                GAUGE,
                "Meters that wait for a free feed",
                waiting,
            ),
            ("feed_frames_total", COUNTER, "Frames from SLMM", frames_in),
            (
                "feed_garbage_total",
                COUNTER,
                "Frames from SLMM that made no sense",
                garbage,
            ),
            (
                "live_channels",
                GAUGE,
                "Locations that are viewed live",
                channels,
            ),
            ("live_viewers", GAUGE, "Live sockets open", viewers),
            (
                "live_admitted_total",
                COUNTER,
                "Live sockets opened",
                admitted,
            ),
            (
                "live_refused_total",
                COUNTER,
                "Live sockets refused for want of a place",
                refused,
            ),
            (
                "live_frames_total",
                COUNTER,
                "Frames handed to viewers' sockets",
                frames,
            ),
            (
                "live_skipped_total",
                COUNTER,
                "Frames that slow viewers never got",
                skipped,
            ),
            (
                "live_lost_total",
                COUNTER,
                "Viewers of whom nothing was heard any more",
                lost,
            ),
            (
                "database_looks_total",
                COUNTER,
                "Looks for changes of the database",
                looks,
            ),
            (
                "database_changes_total",
                COUNTER,
                "Changes of the database that were told",
                changes,
            ),
            (
                "database_losses_total",
                COUNTER,
                "Connections of the change watch that broke",
                losses,
            ),
            (
                "database_in_sight",
                GAUGE,
                "Whether the last look at the database succeeded",
                u64::from(in_sight),
            ),
            (
                "password_verifications_total",
                COUNTER,
                "Passwords hashed to be compared",
                self.verifications,
            ),
        ];
        rows.iter().fold(String::new(), |mut text, (name, kind, help, value)| {
            let row = format_args!("# HELP terra_view_{name} {help}\n# TYPE terra_view_{name} {kind}\nterra_view_{name} {value}\n");
            // Writing to a String does not fail.
            text.write_fmt(row).unwrap_or_default();
            text
        })
    }
}

/// Whether an address is one that the internet does not reach.
pub fn is_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Serves `GET /metrics`, and nothing else, on an address of its own.
///
/// # Errors
/// The address cannot be bound.
pub fn serve_metrics(
    listen: SocketAddr,
    source: Arc<dyn Fn() -> Metrics + Send + Sync>,
) -> io::Result<(Server, SocketAddr)> {
    let source = web::Data::from(source);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(source.clone())
            .route("/metrics", web::get().to(show))
    })
    .workers(1)
    .disable_signals()
    .bind(listen)?;
    let address = server.addrs().first().copied().unwrap_or(listen);
    Ok((server.run(), address))
}

async fn show(source: web::Data<dyn Fn() -> Metrics + Send + Sync>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(source().prometheus())
}

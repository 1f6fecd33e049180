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

/// One line of the text format.
struct Row {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: u64,
}

fn gauge(name: &'static str, help: &'static str, value: u64) -> Row {
    Row {
        name,
        kind: "gauge",
        help,
        value,
    }
}

/// By custom a counter's name ends in `_total`.
fn total(name: &'static str, help: &'static str, value: u64) -> Row {
    Row {
        name,
        kind: "counter",
        help,
        value,
    }
}

impl Metrics {
    /// The Prometheus text format, version 0.0.4.
    pub fn prometheus(&self) -> String {
        let hashed = total(
            "password_verifications_total",
            "Passwords compared",
            self.verifications,
        );
        slmm_rows(self.slmm)
            .into_iter()
            .chain(feed_rows(self.feeds))
            .chain(live_rows(self.live))
            .chain(change_rows(self.changes))
            .chain([hashed])
            .fold(String::new(), |mut text, row| {
                let Row {
                    name,
                    kind,
                    help,
                    value,
                } = row;
                let name = format_args!("terra_view_{name}");
                let lines =
                    format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
                // Writing to a String does not fail.
                text.write_fmt(lines).unwrap_or_default();
                text
            })
    }
}

fn slmm_rows(counters: Counters) -> [Row; 7] {
    let Counters {
        requests,
        failures,
        timeouts,
        joins,
        breaker_opens,
        in_flight,
        max_in_flight,
    } = counters;
    [
        total("slmm_requests_total", "Requests sent to SLMM", requests),
        total(
            "slmm_failures_total",
            "Requests to SLMM without a good answer",
            failures,
        ),
        total(
            "slmm_timeouts_total",
            "Requests to SLMM that ran out of time",
            timeouts,
        ),
        total(
            "slmm_joins_total",
            "Callers that waited for another's request",
            joins,
        ),
        total(
            "slmm_breaker_opens_total",
            "Times SLMM was given up for a while",
            breaker_opens,
        ),
        gauge("slmm_in_flight", "Requests to SLMM in flight", in_flight),
        gauge(
            "slmm_in_flight_max",
            "Most requests to SLMM ever in flight",
            max_in_flight,
        ),
    ]
}

fn feed_rows(counters: FeedCounters) -> [Row; 7] {
    let FeedCounters {
        open,
        opened,
        reconnects,
        watchers,
        waiting,
        frames,
        garbage,
    } = counters;
    [
        gauge("feeds", "Sockets to SLMM open", open),
        total("feeds_opened_total", "Sockets to SLMM opened", opened),
        total(
            "feed_reconnects_total",
            "Sockets to SLMM in place of a broken one",
            reconnects,
        ),
        gauge("feed_watchers", "Channels that follow a meter", watchers),
        gauge("feeds_waiting", "Meters that wait for a free feed", waiting),
        total("feed_frames_total", "Frames from SLMM", frames),
        total(
            "feed_garbage_total",
            "Frames from SLMM that made no sense",
            garbage,
        ),
    ]
}

fn live_rows(counters: LiveCounters) -> [Row; 7] {
    let LiveCounters {
        channels,
        viewers,
        admitted,
        refused,
        frames,
        skipped,
        lost,
    } = counters;
    [
        gauge("live_channels", "Locations that are viewed live", channels),
        gauge("live_viewers", "Live sockets open", viewers),
        total("live_admitted_total", "Live sockets opened", admitted),
        total(
            "live_refused_total",
            "Live sockets refused for want of a place",
            refused,
        ),
        total(
            "live_frames_total",
            "Frames handed to viewers' sockets",
            frames,
        ),
        total(
            "live_skipped_total",
            "Frames that slow viewers never got",
            skipped,
        ),
        total(
            "live_lost_total",
            "Viewers of whom nothing was heard any more",
            lost,
        ),
    ]
}

fn change_rows(counters: WatchCounters) -> [Row; 4] {
    let WatchCounters {
        looks,
        changes,
        losses,
        in_sight,
    } = counters;
    [
        total(
            "database_looks_total",
            "Looks for changes of the database",
            looks,
        ),
        total(
            "database_changes_total",
            "Changes of the database told",
            changes,
        ),
        total(
            "database_losses_total",
            "Connections of the change watch that broke",
            losses,
        ),
        gauge(
            "database_in_sight",
            "Whether the last look succeeded",
            u64::from(in_sight),
        ),
    ]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_told_in_prometheus_text() {
        let live = LiveCounters {
            viewers: 3,
            ..LiveCounters::default()
        };
        let changes = WatchCounters {
            looks: 0,
            changes: 0,
            losses: 0,
            in_sight: true,
        };
        let (slmm, feeds) = (Counters::default(), FeedCounters::default());
        let text = Metrics {
            slmm,
            feeds,
            live,
            changes,
            verifications: 5,
        }
        .prometheus();
        let viewers = "# HELP terra_view_live_viewers Live sockets open\n\
                       # TYPE terra_view_live_viewers gauge\nterra_view_live_viewers 3\n";
        assert!(text.contains(viewers), "{text}");
        assert!(text.contains("\nterra_view_password_verifications_total 5\n"));
        assert!(text.contains("\nterra_view_database_in_sight 1\n"));
        assert_eq!(text.lines().count(), 26 * 3);
    }

    #[test]
    fn what_the_internet_reaches_is_not_local() {
        for local in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "::1",
            "fd00::1",
            "::ffff:127.0.0.1",
        ] {
            assert!(is_local(local.parse().unwrap()), "{local}");
        }
        for public in ["0.0.0.0", "8.8.8.8", "::", "2001:db8::1", "::ffff:8.8.8.8"] {
            assert!(!is_local(public.parse().unwrap()), "{public}");
        }
    }
}

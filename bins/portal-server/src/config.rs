//! What the portal can be told, and what it makes of it.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use auth::LockoutPolicy;
use clap::Parser;
use clap::builder::RangedU64ValueParser;
use domain::TimeZone;
use settings::{
    DatabaseArgs, KeyArgs, Keys, LogArgs, MapArgs, ProxyArgs, PublicArgs, Refusal, SiteArgs,
    SlmmArgs, WorkerArgs,
};
use store::DatabaseUrl;
use web::live::LiveLimits;
use web::{RateLimit, ServerOptions};
use web_portal::PortalSettings;

/// The client portal of a noise monitoring firm. Each setting is a flag or an environment variable.
#[derive(Debug, Parser)]
#[command(name = "portal-server", version)]
pub(crate) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    slmm: SlmmArgs,
    #[command(flatten)]
    pub(crate) log: LogArgs,
    #[command(flatten)]
    portal: PortalArgs,
}

#[derive(Debug, clap::Args)]
struct PortalArgs {
    #[command(flatten)]
    public: PublicArgs,

    /// Whether cookies are for TLS only, true or false [default: true where PORTAL_PUBLIC_URL is https]
    #[arg(long, env = "COOKIE_SECURE", value_name = "COOKIE_SECURE")]
    cookie_secure: Option<bool>,

    #[command(flatten)]
    proxies: ProxyArgs,

    /// How long a session lasts, s
    #[arg(
        long,
        env = "SESSION_MAX_AGE_S",
        value_name = "SESSION_MAX_AGE_S",
        default_value = "2592000",
        value_parser = RangedU64ValueParser::<u64>::new().range(60..=34_560_000)
    )]
    session_max_age_s: u64,

    /// Requests a second that one address may make in the long run; static files are not counted
    #[arg(
        long,
        env = "RATE_LIMIT_PER_S",
        value_name = "RATE_LIMIT_PER_S",
        default_value = "20",
        value_parser = at_least_one
    )]
    rate_limit_per_s: NonZeroU32,

    /// Requests that one address may make at once
    #[arg(
        long,
        env = "RATE_LIMIT_BURST",
        value_name = "RATE_LIMIT_BURST",
        default_value = "100",
        value_parser = at_least_one
    )]
    rate_limit_burst: NonZeroU32,

    /// Wrong passwords before a visitor is locked out
    #[arg(
        long,
        env = "LOCKOUT_ATTEMPTS",
        value_name = "LOCKOUT_ATTEMPTS",
        default_value = "5",
        value_parser = clap::value_parser!(u32).range(1..=100)
    )]
    lockout_attempts: u32,

    /// How long a visitor is locked out, s
    #[arg(
        long,
        env = "LOCKOUT_S",
        value_name = "LOCKOUT_S",
        default_value = "900",
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=86_400)
    )]
    lockout_s: u64,

    /// How long a live socket may stay open, s
    #[arg(
        long,
        env = "STREAM_CAP_S",
        value_name = "STREAM_CAP_S",
        default_value = "900",
        value_parser = RangedU64ValueParser::<u64>::new().range(1..=86_400)
    )]
    stream_cap_s: u64,

    /// Live sockets at once, over this process
    #[arg(
        long,
        env = "MAX_STREAMS",
        value_name = "MAX_STREAMS",
        default_value = "20000",
        value_parser = RangedU64ValueParser::<usize>::new().range(0..=1_000_000)
    )]
    max_streams: usize,

    /// Live sockets at once with one session
    #[arg(
        long,
        env = "MAX_STREAMS_PER_SESSION",
        value_name = "MAX_STREAMS_PER_SESSION",
        default_value = "20",
        value_parser = RangedU64ValueParser::<usize>::new().range(0..=1_000_000)
    )]
    max_streams_per_session: usize,

    /// A local address for GET /metrics in Prometheus text format [default: none]
    #[arg(long, env = "METRICS_LISTEN", value_name = "METRICS_LISTEN", value_parser = local)]
    metrics_listen: Option<SocketAddr>,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    map: MapArgs,

    #[command(flatten)]
    workers: WorkerArgs,
}

/// The settings, checked.
pub(crate) struct Config {
    pub(crate) database: DatabaseUrl,
    pub(crate) keys: Keys,
    pub(crate) slmm: slmm::Config,
    pub(crate) portal: PortalSettings,
    pub(crate) server: ServerOptions,
    pub(crate) metrics: Option<SocketAddr>,
    pub(crate) verifier_threads: usize,
}

impl Config {
    /// Checks what clap could not.
    pub(crate) fn of(args: Args) -> Result<Self, Refusal> {
        let server = ServerOptions {
            listen: args.portal.public.listen(),
            workers: args.portal.workers.count(),
            stop_by_signal: true,
        };
        Ok(Self {
            database: args.database.url()?,
            keys: args.key.keys()?,
            slmm: args.slmm.config()?,
            metrics: args.portal.metrics_listen,
            portal: args.portal.settings(args.slmm.zone())?,
            server,
            verifier_threads: (settings::cores() / 2).max(1),
        })
    }
}

impl PortalArgs {
    fn settings(self, slmm_zone: TimeZone) -> Result<PortalSettings, Refusal> {
        let origin = self.public.origin()?;
        let cookie_secure = self.cookie_secure.unwrap_or(origin.is_https());
        let site = self.site.site()?;
        Ok(PortalSettings {
            brand: site.brand,
            origin,
            cookie_secure,
            trusted_proxies: self.proxies.trusted(),
            session_max_age: Duration::from_secs(self.session_max_age_s),
            rate_limit: RateLimit {
                per_s: self.rate_limit_per_s,
                burst: self.rate_limit_burst,
            },
            lockout: LockoutPolicy {
                attempts: self.lockout_attempts,
                lock_for: Duration::from_secs(self.lockout_s),
            },
            headline: site.headline,
            ln1_label: site.ln1_label,
            ln2_label: site.ln2_label,
            stale_after: site.stale_after,
            stream_cap: Duration::from_secs(self.stream_cap_s),
            heartbeat: PortalSettings::HEARTBEAT,
            ping_every: PortalSettings::PING_EVERY,
            live: LiveLimits {
                viewers: self.max_streams,
                per_session: self.max_streams_per_session,
            },
            map: self.map.tiles()?,
            site_zone: site.zone,
            slmm_zone,
        })
    }
}

fn at_least_one(text: &str) -> Result<NonZeroU32, String> {
    text.parse()
        .map_err(|problem| format!("{problem}; write a whole number, 1 or more"))
}

/// Metrics are for the firm's own eyes.
fn local(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|problem| format!("{problem}, such as 127.0.0.1:9100"))?;
    if web::is_local(address.ip()) {
        Ok(address)
    } else {
        Err("metrics are not for the internet: use a loopback or private address such as 127.0.0.1:9100".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_settings_are_documented_as_they_are() {
        testkit::docs::assert_current(
            "docs/CONFIG.md",
            "portal-server",
            &settings::table(&Args::command()),
        );
    }

    fn config(arguments: &[&str]) -> Result<Config, String> {
        let all = ["portal-server"]
            .into_iter()
            .chain(arguments.iter().copied());
        let args = Args::try_parse_from(all).map_err(|error| error.to_string())?;
        Config::of(args).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn the_defaults_need_a_key_or_dev_alone() {
        let dev = config(&["--dev"]).unwrap();
        assert!(dev.keys.is_temporary && !dev.portal.cookie_secure);
        assert_eq!(dev.portal.origin.as_str(), "http://127.0.0.1:8000");
        let refusal = config(&[]).err().unwrap();
        assert!(
            refusal.starts_with("SECRET_KEY: ") && refusal.contains("openssl rand"),
            "{refusal}"
        );
    }

    #[test]
    fn cookies_are_for_tls_where_the_portal_is() {
        let url = "--portal-public-url=https://portal.example.com";
        assert!(config(&["--dev", url]).unwrap().portal.cookie_secure);
        assert!(
            !config(&["--dev", url, "--cookie-secure=false"])
                .unwrap()
                .portal
                .cookie_secure
        );
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_would_be_right() {
        for (argument, name, right) in [
            ("--secret-key=short", "SECRET_KEY", "32"),
            ("--database-url=mysql://x", "DATABASE_URL", "postgres://"),
            ("--slmm-base-url=ftp://x", "SLMM_BASE_URL", "http"),
            ("--slmm-timeout-ms=0", "SLMM_TIMEOUT_MS", "50"),
            ("--slmm-max-requests=15", "SLMM_MAX_REQUESTS", "14"),
            ("--slmm-timezone-offset=99", "SLMM_TIMEZONE_OFFSET", "14"),
            ("--portal-listen=localhost", "PORTAL_LISTEN", ""),
            (
                "--portal-public-url=portal.example.com",
                "PORTAL_PUBLIC_URL",
                "https://",
            ),
            ("--trusted-proxies=10.0.0.0/40", "TRUSTED_PROXIES", "CIDR"),
            ("--headline-metric=lmin", "HEADLINE_METRIC", "lp, leq"),
            (
                "--site-time-zone=Mars/Olympus",
                "SITE_TIME_ZONE",
                "America/New_York",
            ),
            ("--brand-name= ", "BRAND_NAME", "1 to 80"),
            ("--workers=0", "WORKERS", "1"),
            ("--rate-limit-per-s=0", "RATE_LIMIT_PER_S", "1"),
            ("--rate-limit-burst=many", "RATE_LIMIT_BURST", ""),
            ("--metrics-listen=0.0.0.0:9100", "METRICS_LISTEN", "private"),
            ("--slmm-max-feeds=0", "SLMM_MAX_FEEDS", "1"),
            ("--stream-cap-s=0", "STREAM_CAP_S", "1"),
            ("--log-format=xml", "LOG_FORMAT", ""),
            ("--map-tile-url=/tiles", "MAP_TILE_URL", "{z}"),
            (
                "--map-tile-url=https://t.example.org/{z}/{x}/{y}.png",
                "MAP_TILE_ATTRIBUTION",
                "OpenStreetMap",
            ),
        ] {
            let refusal = config(&["--dev", argument])
                .err()
                .unwrap_or_else(|| panic!("{argument} was taken"));
            assert!(
                refusal.contains(name) && refusal.contains(right),
                "{argument}: {refusal}"
            );
        }
    }

    #[test]
    fn a_secret_is_never_repeated() {
        for argument in [
            "--secret-key=hunter2hunter2",
            "--database-url=postgres://u:hunter2@h:x/d",
        ] {
            let refusal = config(&["--dev", argument]).err().unwrap();
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
        let help = Args::command().render_long_help().to_string();
        assert!(help.contains("SECRET_KEY") && !help.contains("hunter2"));
    }
}

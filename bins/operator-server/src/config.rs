//! What the operator app can be told, and what it makes of it.

use std::net::SocketAddr;

use clap::{CommandFactory, Parser};
use settings::{
    DatabaseArgs, KeyArgs, Keys, LogArgs, MapArgs, ProxyArgs, PublicArgs, Refusal, SiteArgs,
    SlmmArgs, WorkerArgs,
};
use store::DatabaseUrl;
use web::ServerOptions;
use web_operator::{Access, OperatorSettings, Watching};

/// The operator app of a noise monitoring firm, for its own staff. Each setting is a flag or an environment variable.
#[derive(Debug, Parser)]
#[command(name = "operator-server", version)]
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
    operator: OperatorArgs,
}

#[derive(Debug, clap::Args)]
struct OperatorArgs {
    /// The address to listen on; never one that the internet reaches
    #[arg(
        long,
        env = "OPERATOR_LISTEN",
        value_name = "OPERATOR_LISTEN",
        default_value = "127.0.0.1:8001"
    )]
    operator_listen: SocketAddr,

    /// Whether staff sign in: true or false; unset, the app is open on a loopback address and refuses any other
    #[arg(
        long,
        env = "OPERATOR_AUTH_ENABLED",
        value_name = "OPERATOR_AUTH_ENABLED"
    )]
    operator_auth_enabled: Option<bool>,

    #[command(flatten)]
    proxies: ProxyArgs,

    /// Whether the session cookie is for TLS only, true or false: true behind a proxy that ends TLS
    #[arg(
        long,
        env = "COOKIE_SECURE",
        value_name = "COOKIE_SECURE",
        default_value_t = false,
        action = clap::ArgAction::Set
    )]
    cookie_secure: bool,

    #[command(flatten)]
    public: PublicArgs,

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
    pub(crate) operator: OperatorSettings,
    pub(crate) server: ServerOptions,
}

/// What this program asks of SLMM unless it is told otherwise: what the defaults of one
/// `portal-server`, 4 requests and 8 feeds, leave of the 14 that SLMM bears.
const REQUESTS: &str = "1";
const FEEDS: &str = "1";

/// The program's arguments with its own defaults.
pub(crate) fn command() -> clap::Command {
    Args::command()
        .mut_arg("max_requests", |argument| argument.default_value(REQUESTS))
        .mut_arg("max_feeds", |argument| argument.default_value(FEEDS))
}

impl Config {
    /// Checks what clap could not.
    pub(crate) fn of(args: Args) -> Result<Self, Refusal> {
        let operator = args.operator;
        let server = ServerOptions {
            listen: operator.operator_listen,
            workers: operator.workers.count(),
            stop_by_signal: true,
        };
        let proxies = operator.proxies.trusted();
        let access = Access::asked(operator.operator_auth_enabled, server.listen, &proxies)
            .map_err(|problem| Refusal::new("OPERATOR_AUTH_ENABLED", problem))?;
        let site = operator.site.site()?;
        Ok(Self {
            database: args.database.url()?,
            keys: args.key.keys()?,
            slmm: args.slmm.config()?,
            operator: OperatorSettings {
                brand: site.brand,
                access,
                cookie_secure: operator.cookie_secure,
                trusted_proxies: proxies,
                portal_origin: operator.public.origin()?,
                headline: site.headline,
                ln1_label: site.ln1_label,
                ln2_label: site.ln2_label,
                stale_after: site.stale_after,
                map: operator.map.tiles()?,
                site_zone: site.zone,
                slmm_zone: args.slmm.zone(),
                watching: Watching::default(),
            },
            server,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    #[test]
    fn the_settings_are_documented_as_they_are() {
        testkit::docs::assert_current(
            "docs/CONFIG.md",
            "operator-server",
            &settings::table(&command()),
        );
    }

    fn config(arguments: &[&str]) -> Result<Config, String> {
        let all = ["operator-server", "--dev"]
            .into_iter()
            .chain(arguments.iter().copied());
        let told = command()
            .try_get_matches_from(all)
            .map_err(|error| error.to_string())?;
        let args = Args::from_arg_matches(&told).map_err(|error| error.to_string())?;
        Config::of(args).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn beside_a_portal_of_the_usual_size_slmm_bears_it() {
        let slmm = config(&[]).unwrap().slmm;
        assert_eq!((slmm.max_requests(), slmm.max_feeds()), (1, 1));
        let portal = 4 + 8;
        assert!(portal + slmm.max_requests() + slmm.max_feeds() <= settings::SLMM_BEARS);
        let more = config(&["--slmm-max-requests=3", "--slmm-max-feeds=5"]);
        let more = more.unwrap().slmm;
        assert_eq!((more.max_requests(), more.max_feeds()), (3, 5));
    }

    #[test]
    fn it_is_open_to_a_network_only_where_somebody_said_so() {
        assert_eq!(
            config(&[]).map(|config| config.operator.access),
            Ok(Access::Open)
        );
        assert!(!config(&[]).unwrap().operator.cookie_secure);
        let behind_tls = config(&["--cookie-secure=true"]).unwrap();
        assert!(behind_tls.operator.cookie_secure);
        let lan = "--operator-listen=192.168.1.5:8001";
        let refusal = config(&[lan]).err().unwrap();
        assert!(
            refusal.starts_with("OPERATOR_AUTH_ENABLED: ") && refusal.contains("loopback"),
            "{refusal}"
        );
        for (said, access) in [("true", Access::SignedIn), ("false", Access::Open)] {
            let said = format!("--operator-auth-enabled={said}");
            assert_eq!(
                config(&[lan, &said]).map(|config| config.operator.access),
                Ok(access)
            );
        }
    }
}

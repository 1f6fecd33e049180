//! The portal as visitors meet it: the built router on a port, in a thread of its own.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{Data, ServiceConfig};
use auth::{HashParams, LockoutPolicy, SecretKey, Signer, Verifier};
use domain::{Clock, ProcessId, TimeZone, fixed_zone};
use slmm::{FeedTimes, Slmm};
use store::Database;
use web::live::LiveLimits;
use web::{Metrics, RateLimit, RecentLog, ServerOptions};
use web_portal::{Portal, PortalSettings, Reporter, serve_with};

use crate::SeededRandom;

/// How a portal is set up. The defaults are those of the product but for what would make tests
/// slow: hashing is cheap, SLMM is waited for at most 10 s, however busy the machine is, and an
/// address may ask as often as it likes.
pub struct PortalOptions {
    /// The portal's own settings.
    pub settings: PortalSettings,
    /// Signs.
    pub key: SecretKey,
    /// Still verify.
    pub previous_keys: Vec<SecretKey>,
    /// The longest wait for SLMM.
    pub slmm_timeout: Duration,
    /// Requests to SLMM at once.
    pub slmm_max_requests: usize,
    /// Meters watched live at once.
    pub slmm_max_feeds: usize,
    /// How feeds time themselves.
    pub feed_times: FeedTimes,
    /// Password checks at once.
    pub verifier_threads: usize,
    /// Password checks waiting.
    pub verifier_queue: usize,
    /// The cost of a password check.
    pub hash_params: HashParams,
    /// Worker threads.
    pub workers: usize,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// How often the process reports to staff; it does not where nothing is said.
    pub report_every: Option<Duration>,
    /// The warnings and errors that it reports.
    pub log: RecentLog,
    /// Routes beside the portal's own.
    pub more: fn(&mut ServiceConfig),
}

impl Default for PortalOptions {
    fn default() -> Self {
        Self {
            settings: PortalSettings {
                brand: "Terra-View".into(),
                origin: "http://127.0.0.1:8000".parse().expect("an origin"),
                cookie_secure: false,
                trusted_proxies: "127.0.0.0/8".parse().expect("a network"),
                session_max_age: Duration::from_secs(2_592_000),
                rate_limit: RateLimit {
                    per_s: NonZeroU32::new(1_000_000).expect("more than zero"),
                    burst: NonZeroU32::new(1_000_000).expect("more than zero"),
                },
                lockout: LockoutPolicy {
                    attempts: 5,
                    lock_for: Duration::from_secs(900),
                },
                headline: "leq".parse().expect("a metric"),
                ln1_label: "L1".into(),
                ln2_label: "L10".into(),
                stale_after: Duration::from_secs(60),
                stream_cap: Duration::from_mins(15),
                heartbeat: PortalSettings::HEARTBEAT,
                ping_every: PortalSettings::PING_EVERY,
                live: LiveLimits {
                    viewers: 20_000,
                    per_session: 20,
                },
                map: None,
                site_zone: TimeZone::get("America/New_York").expect("a zone"),
                slmm_zone: fixed_zone(-5),
            },
            key: test_key(),
            previous_keys: Vec::new(),
            slmm_timeout: Duration::from_secs(10),
            slmm_max_requests: 4,
            slmm_max_feeds: 8,
            feed_times: FeedTimes::default(),
            verifier_threads: 1,
            verifier_queue: 64,
            hash_params: HashParams::new(8, 1, 1).expect("argon2's least parameters"),
            workers: 2,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            report_every: None,
            log: RecentLog::default(),
            more: |_| {},
        }
    }
}

/// The key of every test portal, so that two of them are servers of one deployment.
pub fn test_key() -> SecretKey {
    SecretKey::random(&SeededRandom::new(0x5eed)).expect("the test's chance never fails")
}

/// A portal that is being served. Dropping it stops it and waits for its end.
pub struct PortalApp {
    address: SocketAddr,
    verifier: Verifier,
    slmm: Slmm,
    portal: Data<Portal>,
    reporter: Option<Reporter>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl PortalApp {
    /// Serves a portal over this data and this SLMM.
    ///
    /// # Panics
    /// When the portal cannot be put together or listen.
    pub fn start(
        database: Database,
        slmm_url: &str,
        clock: Arc<dyn Clock>,
        options: PortalOptions,
    ) -> Self {
        let random = Arc::new(SeededRandom::new(7));
        let config = slmm::Config::new(slmm_url, options.slmm_timeout, options.slmm_max_requests)
            .and_then(|config| config.with_max_feeds(options.slmm_max_feeds))
            .expect("SLMM's URL and limits")
            .with_feed_times(options.feed_times);
        let slmm =
            Slmm::start(config, clock.clone(), random.clone()).expect("SLMM's client starts");
        let verifier = Verifier::new(
            options.verifier_threads,
            options.verifier_queue,
            options.hash_params.clone(),
            random,
        );
        let signer = Signer::new(&options.key, &options.previous_keys);
        let portal = Portal::new(
            options.settings,
            database,
            slmm.clone(),
            signer,
            verifier.clone(),
            clock.clone(),
        )
        .expect("the portal is put together");
        let portal = Data::new(portal);
        let served = portal.clone();
        let listening = ServerOptions {
            listen: options.listen,
            workers: options.workers,
            stop_by_signal: false,
        };
        let more = options.more;
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_rt::System::new().block_on(async move {
                let (server, address) =
                    serve_with(&served, listening, more).expect("the portal listens");
                tell.send((server.handle(), address))
                    .expect("the test waits for the portal");
                server.await.expect("the portal serves");
            });
        });
        let (server, address) = told.recv().expect("the portal starts");
        let log = options.log;
        let reporter = options.report_every.map(|every| {
            let chance = SeededRandom::new(u64::from(address.port()));
            let process = ProcessId::generate(&*clock, &chance).expect("an id");
            Reporter::start(&portal, process, address, log, every).expect("a thread")
        });
        Self {
            address,
            verifier,
            slmm,
            portal,
            reporter,
            server,
            thread: Some(thread),
        }
    }

    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often a password was hashed to be compared.
    pub fn verifications(&self) -> u64 {
        self.verifier.verifications()
    }

    /// Its way to SLMM.
    pub fn slmm(&self) -> &Slmm {
        &self.slmm
    }

    /// What it counted so far.
    pub fn metrics(&self) -> Metrics {
        self.portal.metrics()
    }
}

impl Drop for PortalApp {
    fn drop(&mut self) {
        self.portal.close_live();
        drop(self.reporter.take());
        // The command is sent at once; the thread ends when it has been carried out.
        drop(self.server.stop(true));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(
                ended.is_ok() || std::thread::panicking(),
                "the portal's thread panicked"
            );
        }
    }
}

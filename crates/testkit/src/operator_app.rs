//! The operator app as staff meet it: the built router on a port, in a thread of its own.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use auth::{HashParams, Signer, Verifier};
use domain::{Clock, TimeZone, fixed_zone};
use slmm::{FeedTimes, Slmm};
use slmm_operator::Control;
use store::Database;
use web::{RateLimit, RecentLog, ServerOptions};
use web_operator::{Access, Office, OperatorSettings, Passwords, Watching, serve};

use crate::SeededRandom;
use crate::apps::test_key;

/// How an operator app is set up. The defaults are those of the product but for what would make
/// tests slow: hashing is cheap, and SLMM is waited for at most 10 s, however busy the machine is.
pub struct OperatorOptions {
    /// The app's own settings.
    pub settings: OperatorSettings,
    /// The longest wait for SLMM.
    pub slmm_timeout: Duration,
    /// Requests to SLMM at once.
    pub slmm_max_requests: usize,
    /// Meters watched live at once.
    pub slmm_max_feeds: usize,
    /// How feeds are kept.
    pub feed_times: FeedTimes,
    /// Password checks waiting, of strangers and of whoever is in each.
    pub verifier_queue: usize,
    /// The cost of a password check.
    pub hash_params: HashParams,
    /// How often one address may try to sign in. Unlike the product's own it never ends, for all
    /// of a test is one address and its time stands still.
    pub tries: RateLimit,
    /// The seed of its chance: two apps over one database need two, and have them.
    pub seed: u64,
    /// The warnings and errors that the system page shows.
    pub log: RecentLog,
}

/// The next app's seed.
static SEED: AtomicU64 = AtomicU64::new(11);

impl Default for OperatorOptions {
    fn default() -> Self {
        Self {
            settings: OperatorSettings {
                brand: "Terra-View".into(),
                access: Access::Open,
                cookie_secure: false,
                trusted_proxies: "".parse().expect("no proxy"),
                portal_origin: "http://127.0.0.1:8000".parse().expect("an origin"),
                headline: "leq".parse().expect("a metric"),
                ln1_label: "L1".into(),
                ln2_label: "L10".into(),
                stale_after: Duration::from_secs(60),
                map: None,
                site_zone: TimeZone::get("America/New_York").expect("a zone"),
                slmm_zone: fixed_zone(-5),
                watching: Watching::default(),
            },
            slmm_timeout: Duration::from_secs(10),
            slmm_max_requests: 4,
            slmm_max_feeds: 8,
            feed_times: FeedTimes::default(),
            verifier_queue: 64,
            hash_params: HashParams::new(8, 1, 1).expect("argon2's least parameters"),
            tries: RateLimit {
                per_s: NonZeroU32::MIN.saturating_add(9_999),
                burst: NonZeroU32::MIN.saturating_add(9_999),
            },
            seed: SEED.fetch_add(1, Ordering::Relaxed),
            log: RecentLog::default(),
        }
    }
}

/// An operator app that is being served. Dropping it stops it and waits for its end.
pub struct OperatorApp {
    address: SocketAddr,
    passwords: Passwords,
    office: Data<Office>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl OperatorApp {
    /// Serves the app over this data and this SLMM. Its key is that of every test portal.
    ///
    /// # Panics
    /// When the app cannot be put together or listen.
    pub fn start(
        database: Database,
        slmm_url: &str,
        clock: Arc<dyn Clock>,
        options: OperatorOptions,
    ) -> Self {
        let random = Arc::new(SeededRandom::new(options.seed));
        let config = slmm::Config::new(slmm_url, options.slmm_timeout, options.slmm_max_requests)
            .and_then(|config| config.with_max_feeds(options.slmm_max_feeds))
            .expect("SLMM's URL and limits")
            .with_feed_times(options.feed_times);
        let slmm =
            Slmm::start(config, clock.clone(), random.clone()).expect("SLMM's client starts");
        let control = slmm::Config::new(slmm_url, options.slmm_timeout, 2)
            .map(Control::start)
            .expect("SLMM's URL")
            .expect("SLMM's control starts");
        let verifier = || {
            let params = options.hash_params.clone();
            Verifier::new(1, options.verifier_queue, params, random.clone())
        };
        let passwords = Passwords {
            at_the_door: verifier(),
            at_work: verifier(),
            tries: options.tries,
        };
        let office = Office::new(
            options.settings,
            database,
            (slmm, control),
            Signer::new(&test_key(), &[]),
            passwords.clone(),
            clock,
            random,
        );
        let office = office.expect("the app is put together");
        let office = Data::new(office.with_log(options.log));
        let served = office.clone();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let listening = ServerOptions {
                listen: SocketAddr::from(([127, 0, 0, 1], 0)),
                workers: 2,
                stop_by_signal: false,
            };
            actix_rt::System::new().block_on(async move {
                let (server, address) = serve(&served, listening).expect("the app listens");
                tell.send((server.handle(), address))
                    .expect("the test waits for the app");
                server.await.expect("the app serves");
            });
        });
        let (server, address) = told.recv().expect("the app starts");
        Self {
            address,
            passwords,
            office,
            server,
            thread: Some(thread),
        }
    }

    /// How many passwords have been checked.
    pub fn verifications(&self) -> u64 {
        self.passwords.verifications()
    }

    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for OperatorApp {
    fn drop(&mut self) {
        self.office.close_live();
        // The command is sent at once; the thread ends when it has been carried out.
        drop(self.server.stop(true));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(
                ended.is_ok() || std::thread::panicking(),
                "the operator app's thread panicked"
            );
        }
    }
}

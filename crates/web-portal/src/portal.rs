//! The app's shared state, made once and used by every worker.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web::Data;
use auth::{PortalSession, Signer, Verifier};
use domain::{Clock, TimeZone, Timestamp};
use slmm::Slmm;
use store::{ChangeWatch, Database, ProjectScope, StoreError, Watching};
use web::live::HubError;
use web::{
    Assets, Metrics, Page, RateLimiter, SecurityHeaders, TemplateError, Templates, WebError,
};

use crate::face::PortalFace;
use crate::kept::Kept;
use crate::live::LiveHub;
use crate::page::{PortalTemplates, globals};
use crate::presence::{Presence, Seat};
use crate::settings::PortalSettings;
use crate::statics::{PortalAssets, STYLES};

/// Everything a request may need.
pub struct Portal {
    pub(crate) settings: PortalSettings,
    pub(crate) database: Database,
    pub(crate) slmm: Slmm,
    pub(crate) signer: Signer,
    pub(crate) verifier: Verifier,
    pub(crate) templates: Templates,
    pub(crate) assets: Assets,
    pub(crate) live: LiveHub,
    pub(crate) limiter: RateLimiter,
    pub(crate) kept: Kept,
    /// Never awaited itself: each channel waits with a clone of its own.
    pub(crate) changes: ChangeWatch,
    /// Who is watching.
    pub(crate) presence: Arc<Presence>,
    clock: Arc<dyn Clock>,
    /// Whether the process has been asked to stop.
    leaving: AtomicBool,
}

impl web::Leaves for Portal {
    fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    fn close(&self) {
        self.close_live();
    }
}

/// The portal cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// A template does not parse.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// There is no thread for the live sockets.
    #[error(transparent)]
    Live(#[from] HubError),
    /// Changes of the database cannot be watched.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Portal {
    /// Puts the portal together.
    ///
    /// # Errors
    /// [`PortalError`]: a template that does not parse, or no thread to be had.
    pub fn new(
        settings: PortalSettings,
        database: Database,
        slmm: Slmm,
        signer: Signer,
        verifier: Verifier,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PortalError> {
        let assets = Assets::embed::<PortalAssets>("/portal/static", STYLES);
        let templates = PortalTemplates::parse(&globals(&settings, &assets))?;
        let live = LiveHub::start(settings.live)?;
        let changes = database.watch_changes()?;
        let kept = Kept::new(clock.clone());
        let limiter = RateLimiter::new(settings.rate_limit, clock.clone());
        Ok(Self {
            settings,
            database,
            slmm,
            signer,
            verifier,
            templates,
            assets,
            live,
            limiter,
            kept,
            changes,
            presence: Arc::default(),
            clock,
            leaving: AtomicBool::new(false),
        })
    }

    /// The shield that stands round this app.
    pub fn shield(portal: &Data<Self>) -> Data<web::shield::Shield> {
        Data::new(web::shield::Shield {
            headers: SecurityHeaders::of(&portal.settings.origin, portal.settings.map.as_ref()),
            face: Arc::new(PortalFace::new(portal.clone())),
        })
    }

    /// Ends every live socket: the server is going down.
    pub fn close_live(&self) {
        self.live.close();
    }

    /// Whether the process has been asked to stop.
    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// What was counted so far.
    pub fn metrics(&self) -> Metrics {
        Metrics {
            slmm: self.slmm.counters(),
            feeds: self.slmm.feed_counters(),
            live: self.live.counters(),
            changes: self.changes.counters(),
            verifications: self.verifier.verifications(),
        }
    }

    /// Notes that a session is being used. Staff who look at a preview are nobody's audience.
    pub(crate) fn note_presence(&self, session: &PortalSession) {
        if !session.preview {
            self.presence.saw(session, self.clock.elapsed());
        }
    }

    /// A seat for a live socket of that session.
    pub(crate) fn seat(&self, session: &PortalSession) -> Option<Seat> {
        let elapsed = self.clock.elapsed();
        (!session.preview).then(|| Presence::sit(&self.presence, session, elapsed))
    }

    /// Who is watching now.
    pub(crate) fn watching(&self) -> Vec<Watching> {
        self.presence.count(self.clock.elapsed())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The local time in which a project's pages are told.
    pub(crate) fn zone_of<'a>(&'a self, scope: &'a ProjectScope) -> &'a TimeZone {
        scope.time_zone().unwrap_or(&self.settings.site_zone)
    }

    pub(crate) fn render<P: Page>(&self, page: &P) -> Result<String, WebError> {
        Ok(self.templates.render(page)?)
    }
}

//! The app's shared state, made once and used by every worker.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web::Data;
use auth::Signer;
use domain::{Clock, RandomSource, Timestamp};
use slmm::Slmm;
use slmm_operator::Control;
use store::{ChangeWatch, Database, StoreError};
use web::live::HubError;
use web::{Assets, Page, RecentLog, SecurityHeaders, TemplateError, Templates, WebError};

use crate::desk::Desk;
use crate::door::Door;
use crate::face::OperatorFace;
use crate::live::LiveHub;
use crate::page::{OperatorTemplates, globals};
use crate::passwords::Passwords;
use crate::settings::OperatorSettings;
use crate::statics::{OperatorAssets, STYLES};
use crate::survey::Survey;

/// Everything a request may need.
pub struct Office {
    pub(crate) settings: OperatorSettings,
    pub(crate) database: Database,
    pub(crate) desk: Desk,
    /// Where people sign in.
    pub(crate) door: Door,
    pub(crate) slmm: Slmm,
    /// What staff may ask of SLMM beyond what the portal reads, and change there.
    pub(crate) control: Control,
    /// The look at the meters.
    pub(crate) survey: Survey,
    /// Staff who watch a meter live.
    pub(crate) live: LiveHub,
    /// Tells of commits that may have ended a session, by whatever process.
    pub(crate) changes: ChangeWatch,
    pub(crate) signer: Signer,
    /// Checks and makes passwords.
    pub(crate) passwords: Passwords,
    pub(crate) random: Arc<dyn RandomSource>,
    pub(crate) templates: Templates,
    pub(crate) assets: Assets,
    /// The newest warnings and errors of this process.
    pub(crate) log: RecentLog,
    clock: Arc<dyn Clock>,
    /// Whether the process has been asked to stop.
    leaving: AtomicBool,
}

impl web::Leaves for Office {
    fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    fn close(&self) {
        self.close_live();
    }
}

/// The app cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
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

impl Office {
    /// Puts the app together.
    ///
    /// # Errors
    /// [`OfficeError`]: a template that does not parse, or no thread to be had.
    pub fn new(
        settings: OperatorSettings,
        database: Database,
        (slmm, control): (Slmm, Control),
        signer: Signer,
        passwords: Passwords,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, OfficeError> {
        let assets = Assets::embed::<OperatorAssets>("/static", STYLES);
        let templates = OperatorTemplates::parse(&globals(&settings, &assets))?;
        Ok(Self {
            desk: Desk::new(database.clone(), clock.clone(), random.clone()),
            door: Door::new(database.clone(), clock.clone(), random.clone(), &passwords),
            survey: Survey::new(slmm.clone(), clock.clone()),
            live: LiveHub::start(settings.watching.limits)?,
            changes: database.watch_changes()?,
            settings,
            database,
            slmm,
            control,
            signer,
            passwords,
            random,
            templates,
            assets,
            log: RecentLog::default(),
            clock,
            leaving: AtomicBool::new(false),
        })
    }

    /// The same, showing the warnings and errors that are kept there.
    #[must_use]
    pub fn with_log(mut self, log: RecentLog) -> Self {
        self.log = log;
        self
    }

    /// The shield that stands round this app.
    pub fn shield(office: &Data<Self>) -> Data<web::shield::Shield> {
        Data::new(web::shield::Shield {
            headers: SecurityHeaders::of_lan(office.settings.map.as_ref()),
            face: Arc::new(OperatorFace::new(office.clone())),
        })
    }

    /// Whether the process has been asked to stop.
    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn render<P: Page>(&self, page: &P) -> Result<String, WebError> {
        Ok(self.templates.render(page)?)
    }
}

//! The app's shared state, made once and used by every worker.

use std::sync::Arc;

use actix_web::web::Data;
use auth::{Signer, Verifier};
use domain::{Clock, Timestamp};
use slmm::Slmm;
use store::Database;
use web::{Assets, Page, SecurityHeaders, TemplateError, Templates, WebError};

use crate::face::PortalFace;
use crate::page::{PortalTemplates, globals};
use crate::settings::PortalSettings;
use crate::statics::PortalAssets;

/// Everything a request may need.
pub struct Portal {
    pub(crate) settings: PortalSettings,
    pub(crate) database: Database,
    pub(crate) slmm: Slmm,
    pub(crate) signer: Signer,
    pub(crate) verifier: Verifier,
    pub(crate) templates: Templates,
    pub(crate) assets: Assets,
    clock: Arc<dyn Clock>,
}

/// The portal cannot be put together: a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// A template does not parse.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

impl Portal {
    /// Puts the portal together.
    ///
    /// # Errors
    /// [`PortalError::Template`] names the template that does not parse.
    pub fn new(
        settings: PortalSettings,
        database: Database,
        slmm: Slmm,
        signer: Signer,
        verifier: Verifier,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PortalError> {
        let assets = Assets::embed::<PortalAssets>("/portal/static");
        let templates = PortalTemplates::parse(&globals(&settings, &assets))?;
        Ok(Self {
            settings,
            database,
            slmm,
            signer,
            verifier,
            templates,
            assets,
            clock,
        })
    }

    /// The shield that stands round this app.
    pub fn shield(portal: &Data<Self>) -> Data<web::shield::Shield> {
        Data::new(web::shield::Shield {
            headers: SecurityHeaders::of(&portal.settings.origin),
            face: Arc::new(PortalFace::new(portal.clone())),
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn render<P: Page>(&self, page: &P) -> Result<String, WebError> {
        Ok(self.templates.render(page)?)
    }
}

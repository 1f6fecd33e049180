//! The password prompt.

use serde::Serialize;
use web::Page;

/// Why the last attempt did not let the visitor in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Refusal {
    /// The password is not right.
    Wrong,
    /// Too many attempts.
    Locked {
        /// Whole minutes until the next attempt.
        minutes: String,
        /// The end of the lock and the time of this page, RFC 3339: the script counts down by
        /// them, whatever the visitor's clock says.
        until: String,
        at: String,
    },
}

/// `portal/prompt.html`
#[derive(Debug, Serialize)]
pub(crate) struct PromptPage {
    project: String,
    pub(super) refusal: Option<Refusal>,
}

impl PromptPage {
    pub(crate) fn new(project: &str, refusal: Option<Refusal>) -> Self {
        Self {
            project: project.to_owned(),
            refusal,
        }
    }
}

impl Page for PromptPage {
    const TEMPLATE: &'static str = "portal/prompt.html";

    fn samples() -> Vec<Self> {
        vec![
            Self::new("Harbour <Tower>", None),
            Self::new("Harbour Tower", Some(Refusal::Wrong)),
            Self::new(
                "Harbour Tower",
                Some(Refusal::Locked {
                    minutes: "15".into(),
                    until: "2026-11-21T04:15:00Z".into(),
                    at: "2026-11-21T04:00:00Z".into(),
                }),
            ),
            Self::new(
                "Harbour Tower",
                Some(Refusal::Locked {
                    minutes: "1".into(),
                    until: "2026-11-21T04:15:00Z".into(),
                    at: "2026-11-21T04:00:00Z".into(),
                }),
            ),
        ]
    }
}

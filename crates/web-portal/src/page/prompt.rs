//! The password prompt.

use std::time::Duration;

use domain::Timestamp;
use serde::Serialize;
use web::{Lock, Page};

/// Why the last attempt did not let the visitor in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Refusal {
    /// The password is not right.
    Wrong,
    /// Too many attempts.
    Locked(Lock),
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
        let at = Timestamp::from_second(1_795_233_600).unwrap_or_default();
        let locked = |minutes| Refusal::Locked(Lock::new(at + Duration::from_mins(minutes), at));
        vec![
            Self::new("Harbour <Tower>", None),
            Self::new("Harbour Tower", Some(Refusal::Wrong)),
            Self::new("Harbour Tower", Some(locked(15))),
            Self::new("Harbour Tower", Some(locked(1))),
        ]
    }
}

//! Why a call came to nothing, as staff are told.

/// What SLMM does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The meter: it is not on SLMM's roster.
    Meter,
    /// The rule: this meter has none of that id.
    Rule,
    /// The event: this meter has none of that id.
    Event,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Meter => "meter",
            Self::Rule => "rule",
            Self::Event => "event",
        })
    }
}

/// Why a call came to nothing. What SLMM said about it stands in the log only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// SLMM says that there is none, or the roster does.
    #[error("SLMM knows no such {0}")]
    NotFound(Missing),
    /// SLMM is away, or too busy with ours already. A write was certainly not done.
    #[error("SLMM does not answer")]
    Unavailable,
    /// A write was sent and SLMM did not confirm it: it may be done or not. Look before repeating
    /// it: SLMM stores a rule twice without a word. Reads never end so.
    #[error("SLMM did not confirm it; whether it is done is not known")]
    Unsure,
    /// SLMM understood the write and would not do it.
    #[error("SLMM refused it (status {status})")]
    Refused {
        /// The HTTP status, from 400 to 499.
        status: u16,
    },
    /// What answered did not say what SLMM says. A write was not done.
    #[error("the answer is not SLMM's")]
    Faulty,
    /// SLMM cannot list this meter's rules, which it says of one whose threshold is beyond all
    /// numbers. Deleting that rule by its id mends it.
    #[error("SLMM cannot list the rules: one with an impossible threshold is stored")]
    RulesUnlistable,
}

//! Acts on the device layer, which keeps no record of who did them.

use std::fmt::Display;

use domain::UnitId;

use super::State;
use crate::Operator;
use crate::act::Change;
use crate::error::OperatorError;

/// What was done to a meter, or to its alert rules and events, in SLMM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceAct {
    /// A rule was made: there is an after.
    CreateRule,
    /// A rule was replaced: there are a before and an after.
    ChangeRule,
    /// A rule was deleted: there is a before.
    DeleteRule,
    /// Somebody has seen an event.
    AcknowledgeEvent,
    /// The meter is asked every 10 s from now on, also while nobody watches.
    KeepaliveOn,
    /// It is no longer.
    KeepaliveOff,
}

impl DeviceAct {
    /// As the log writes it, `unit.…`: the subject is the meter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CreateRule => "unit.create-rule",
            Self::ChangeRule => "unit.change-rule",
            Self::DeleteRule => "unit.delete-rule",
            Self::AcknowledgeEvent => "unit.acknowledge-event",
            Self::KeepaliveOn => "unit.keepalive-on",
            Self::KeepaliveOff => "unit.keepalive-off",
        }
    }
}

/// What may be said of such an act. It is a list of what goes in: there is no name under which a
/// credential, a recipient or a channel could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// SLMM's number of the rule.
    Rule,
    /// What people call the rule.
    Name,
    /// Whether it is watched.
    Enabled,
    /// Which level.
    Metric,
    /// Above or below.
    Comparison,
    /// The threshold, dB.
    ThresholdDb,
    /// How far back the level has to come, dB.
    ClearMarginDb,
    /// For how long it has to be broken, s.
    DurationS,
    /// For how long nothing new is told afterwards, s.
    CooldownS,
    /// The hours of the day.
    Schedule,
    /// The days of the week.
    Days,
    /// SLMM's number of the event.
    Event,
    /// When the event began.
    OnsetAt,
    /// Under which name it was acknowledged.
    AcknowledgedBy,
    /// What came of it, where SLMM did not confirm it.
    Outcome,
}

impl Fact {
    fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Name => "name",
            Self::Enabled => "enabled",
            Self::Metric => "metric",
            Self::Comparison => "comparison",
            Self::ThresholdDb => "threshold_db",
            Self::ClearMarginDb => "clear_margin_db",
            Self::DurationS => "duration_s",
            Self::CooldownS => "cooldown_s",
            Self::Schedule => "schedule",
            Self::Days => "days",
            Self::Event => "event",
            Self::OnsetAt => "onset_at",
            Self::AcknowledgedBy => "acknowledged_by",
            Self::Outcome => "outcome",
        }
    }
}

/// What was so before an act on SLMM, and what is so after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    before: Vec<(Fact, String)>,
    after: Vec<(Fact, String)>,
}

impl Details {
    /// The longest value that is written down, characters.
    const LONGEST: usize = 200;

    /// This was so before.
    #[must_use]
    pub fn before(mut self, fact: Fact, value: &(impl Display + ?Sized)) -> Self {
        self.before.push((fact, value.to_string()));
        self
    }

    /// This is so now.
    #[must_use]
    pub fn after(mut self, fact: Fact, value: &(impl Display + ?Sized)) -> Self {
        self.after.push((fact, value.to_string()));
        self
    }
}

fn state(facts: &[(Fact, String)]) -> Option<State> {
    let write = |state: State, (fact, value): &(Fact, String)| {
        let value: String = value.chars().take(Details::LONGEST).collect();
        state.text(fact.as_str(), value)
    };
    (!facts.is_empty()).then(|| facts.iter().fold(State::default(), write))
}

impl Operator {
    /// Puts an act on SLMM on the record, after SLMM has done it, or may have. The meter need not be of the
    /// roster: what was done was done.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when it cannot be written.
    pub fn record(
        &self,
        act: DeviceAct,
        unit: &UnitId,
        details: &Details,
    ) -> Result<(), OperatorError> {
        let change = Change {
            action: act.as_str(),
            subject: unit.as_str().to_owned(),
            projects: Vec::new(),
            before: state(&details.before),
            after: state(&details.after),
        };
        self.act(|_db| Ok(((), Some(change))))
    }
}

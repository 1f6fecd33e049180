//! The handle that the operator app holds.

use std::sync::Arc;

use domain::{RunState, UnitId};
use futures_util::future::{join, join3};
use slmm::plumbing::{Failure, Reply};
use slmm::{Config, SlmmError};

use crate::answer;
use crate::call::Call;
use crate::device::{Contact, Device, Health, Monitor, Power, RosterUnit};
use crate::draft::RuleDraft;
use crate::error::{ControlError, Missing};
use crate::event::RuleEvent;
use crate::hub::Hub;
use crate::log::{self, Log};
use crate::outcome::{Missed, Outcome};
use crate::rule::Rule;
use crate::staff::StaffName;
use crate::wire::{self, Monitors, Roster, Stored};

/// The status under which SLMM cannot say its own rules.
const UNLISTABLE: Failure = Failure::Status(500);

/// The way to ask SLMM, and to change it, on behalf of the firm's staff. Clones are cheap and share
/// everything; when the last one is dropped the thread behind it ends, after what is under way.
///
/// Each method asks anew and once. It waits for its turn no longer than the configured time-out, and
/// as long again for each request that it needs; those that need two or three send them at once. A
/// method whose future is dropped before its turn has come does nothing.
#[derive(Debug, Clone)]
pub struct Control {
    hub: Hub,
    log: Arc<Log>,
}

impl Control {
    /// How many events a meter is asked for at most.
    pub const MOST_EVENTS: u16 = 500;

    /// Starts the thread that talks to SLMM. Of the configuration it takes base URL, time-out and
    /// number of requests at once. A clone of the configuration of `slmm` shares its turns with it;
    /// another comes on top. SLMM bears 14 of everything, over all processes.
    ///
    /// # Errors
    /// [`SlmmError::Start`] when the thread cannot be had.
    pub fn start(config: Config) -> Result<Self, SlmmError> {
        Ok(Self {
            hub: Hub::start(config)?,
            log: Arc::default(),
        })
    }

    /// What SLMM says of itself, whatever becomes of its meters.
    ///
    /// # Errors
    /// [`ControlError::Unavailable`], [`ControlError::Faulty`].
    pub async fn health(&self) -> Result<Health, ControlError> {
        self.ask(Call::Health, wire::health).await
    }

    /// Every meter SLMM has, in its order. Where it does not tell of its monitors, the word of the
    /// poller on reachability has to do.
    ///
    /// # Errors
    /// [`ControlError::Unavailable`], [`ControlError::Faulty`].
    pub async fn roster(&self) -> Result<Vec<RosterUnit>, ControlError> {
        let (roster, monitors) = join(self.entries(), self.monitors()).await;
        let monitors = monitors.ok();
        let units = roster?.0.into_iter();
        Ok(units.map(|entry| entry.with(monitors.as_ref())).collect())
    }

    /// What SLMM has on a meter of its roster. It is cached there: the meter itself is not asked.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of a meter that is not on the roster;
    /// [`ControlError::Unavailable`], [`ControlError::Faulty`].
    pub async fn device(&self, unit: &UnitId) -> Result<Device, ControlError> {
        let row = self.ask(Call::Status(unit.clone()), |reply| {
            wire::status(reply, unit)
        });
        let (roster, row, monitors) = join3(self.entries(), row, self.monitors()).await;
        let roster = roster?;
        let entry = known(&roster, unit)?;
        let monitor = monitors
            .ok()
            .map(|told| told.of(unit.as_str(), entry.starts_with_slmm));
        let (status, contact, power) = match row? {
            Some(row) => (Some(row.status), row.contact, row.power),
            None => (None, Contact::default(), Power::default()),
        };
        Ok(Device {
            unit: unit.clone(),
            run: status.map_or(RunState::Unknown, |status| status.run),
            measuring_since: status.and_then(|status| status.measuring_since),
            reading: status.and_then(|status| status.reading),
            contact: contact.beside(monitor.as_ref()),
            power,
            polling: entry.polling,
            monitor,
        })
    }

    /// The monitor of a meter of the roster, with its keepalive switch.
    ///
    /// # Errors
    /// As of [`Self::device`].
    pub async fn monitor_status(&self, unit: &UnitId) -> Result<Monitor, ControlError> {
        let (roster, monitors) = join(self.entries(), self.monitors()).await;
        let roster = roster?;
        let entry = known(&roster, unit)?;
        Ok(monitors?.of(unit.as_str(), entry.starts_with_slmm))
    }

    /// A meter's rules in SLMM's order. Also of a meter that has left the roster, as long as SLMM
    /// keeps rules for it.
    ///
    /// # Errors
    /// [`ControlError::RulesUnlistable`]; else as of [`Self::device`].
    pub async fn rules(&self, unit: &UnitId) -> Result<Vec<Rule>, ControlError> {
        let stored = self.stored(unit).await?;
        if stored.is_empty() {
            self.know(unit).await?;
        }
        Ok(stored.into_iter().map(|stored| stored.rule).collect())
    }

    /// A meter's newest events, newest first: 1 to [`Self::MOST_EVENTS`] of them. Also of a meter
    /// that has left the roster, as long as SLMM keeps events of it.
    ///
    /// # Errors
    /// As of [`Self::device`].
    pub async fn events(&self, unit: &UnitId, limit: u16) -> Result<Vec<RuleEvent>, ControlError> {
        let call = Call::Events(unit.clone(), limit.clamp(1, Self::MOST_EVENTS));
        let events = self.ask(call, |reply| wire::events(reply, unit)).await?;
        if events.is_empty() {
            self.know(unit).await?;
        }
        Ok(events)
    }

    /// Stores a new rule of a meter of the roster. If it is enabled, SLMM keeps the meter's monitor
    /// alive from then on, and no deletion ends that: [`Self::keep_alive`] does.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of the meter, and whatever a write comes to.
    pub async fn create_rule(
        &self,
        unit: &UnitId,
        draft: &RuleDraft,
    ) -> Result<Rule, ControlError> {
        self.know(unit).await?;
        let body = wire::rule_body(draft, None).map_err(|_unsaid| ControlError::Faulty)?;
        let call = Call::CreateRule(unit.clone(), body);
        self.change(call, Missing::Meter, |reply| wire::rule(reply, unit))
            .await
    }

    /// Puts a rule in the place of another of the same meter. An event of it that is open ends at
    /// once. SLMM's inert `channels` and `recipients` stay as they are.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of the meter or of the rule, and whatever a write comes to.
    pub async fn update_rule(
        &self,
        unit: &UnitId,
        id: i64,
        draft: &RuleDraft,
    ) -> Result<Rule, ControlError> {
        let (meter, stored) = join(self.know(unit), self.stored(unit)).await;
        meter?;
        let stored = stored?;
        let before = stored.iter().find(|stored| stored.rule.id == id);
        let before = before.ok_or(ControlError::NotFound(Missing::Rule))?;
        let body = wire::rule_body(draft, Some(before)).map_err(|_unsaid| ControlError::Faulty)?;
        let call = Call::ReplaceRule(unit.clone(), id, body);
        self.change(call, Missing::Rule, |reply| {
            let rule = wire::rule(reply, unit)?;
            (rule.id == id).then_some(rule).ok_or(Failure::Mixed)
        })
        .await
    }

    /// Deletes a rule. An event of it that is open ends at once; its events stay, and SLMM gives its
    /// id to the next rule. The meter's monitor stays alive.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of the rule, and whatever a write comes to.
    pub async fn delete_rule(&self, unit: &UnitId, id: i64) -> Result<(), ControlError> {
        let call = Call::DeleteRule(unit.clone(), id);
        self.change(call, Missing::Rule, |reply| wire::deleted(reply, id))
            .await
    }

    /// Marks an event as seen, under somebody's name. It ends nothing, cannot be taken back, and
    /// overwrites an earlier mark.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of the event, and whatever a write comes to.
    pub async fn acknowledge(
        &self,
        unit: &UnitId,
        event: i64,
        by: &StaffName,
    ) -> Result<(), ControlError> {
        let call = Call::Acknowledge(unit.clone(), event, by.as_str().to_owned());
        self.change(call, Missing::Event, |reply| {
            wire::acknowledged(reply, event)
        })
        .await
    }

    /// Keeps the monitor of a meter of the roster alive while nobody watches, also over restarts of
    /// SLMM, or no longer. Alive it polls every 10 s, by cellular network, where the poller comes
    /// once a minute; not alive, the meter's rules fire only while somebody watches.
    ///
    /// # Errors
    /// [`ControlError::NotFound`] of the meter, and whatever a write comes to.
    pub async fn keep_alive(&self, unit: &UnitId, on: bool) -> Result<(), ControlError> {
        self.know(unit).await?;
        let call = Call::KeepAlive(unit.clone(), on);
        self.change(call, Missing::Meter, |reply| {
            wire::kept_alive(reply, unit, on)
        })
        .await
    }

    async fn entries(&self) -> Result<Roster, ControlError> {
        self.ask(Call::Roster, wire::roster).await
    }

    async fn monitors(&self) -> Result<Monitors, ControlError> {
        self.ask(Call::Monitors, wire::monitors).await
    }

    /// That a meter is on the roster. SLMM stores rules for any name, and polls what is none.
    async fn know(&self, unit: &UnitId) -> Result<(), ControlError> {
        let roster = self.entries().await?;
        known(&roster, unit).map(|_entry| ())
    }

    async fn stored(&self, unit: &UnitId) -> Result<Vec<Stored>, ControlError> {
        let call = Arc::new(Call::Rules(unit.clone()));
        let reply = self.reply(&call).await.map_err(Missed::of_question)?;
        wire::rules(&reply, unit).or_else(|failure| {
            if failure == UNLISTABLE {
                log::failed(&call, failure);
                return Err(ControlError::RulesUnlistable);
            }
            answer::to_question(&call, &reply, |_| Err(failure))
        })
    }

    async fn ask<T>(
        &self,
        call: Call,
        parse: impl FnOnce(&Reply) -> Result<T, Failure>,
    ) -> Result<T, ControlError> {
        let call = Arc::new(call);
        let reply = self.reply(&call).await.map_err(Missed::of_question)?;
        answer::to_question(&call, &reply, parse)
    }

    async fn change<T>(
        &self,
        call: Call,
        missing: Missing,
        parse: impl FnOnce(&Reply) -> Result<T, Failure>,
    ) -> Result<T, ControlError> {
        let call = Arc::new(call);
        let reply = self.reply(&call).await.map_err(Missed::of_write)?;
        answer::to_write(&call, &reply, missing, parse)
    }

    async fn reply(&self, call: &Arc<Call>) -> Outcome {
        let outcome = self.hub.make(Arc::clone(call)).await;
        match &outcome {
            Ok(_) => self.log.answered(),
            Err(missed) => self.log.missed(call, *missed),
        }
        outcome
    }
}

fn known<'a>(roster: &'a Roster, unit: &UnitId) -> Result<&'a wire::Entry, ControlError> {
    let entry = roster.find(unit);
    entry.ok_or(ControlError::NotFound(Missing::Meter))
}

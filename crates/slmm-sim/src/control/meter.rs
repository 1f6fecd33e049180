//! What can be done to a meter. Like anything a meter does, it is seen at the next poll:
//! [`Sim::poll`] makes one now. A unit that is not registered is [`SimError::UnknownUnit`].

use std::sync::Arc;

use domain::{Metric, Timestamp};

use crate::error::SimError;
use crate::meter::{Meter, Reach};
use crate::sim::Sim;
use crate::snapshot::Tamper;

impl Sim {
    /// The meter hears this constant level, dB, instead of the site; `None` the site again.
    /// Averages, maxima and percentiles follow it.
    pub fn set_level(&self, unit: &str, db: Option<f64>) -> Result<(), SimError> {
        self.instruct(unit, |meter, now| meter.script(db, now.as_second()))
    }

    /// The meter sends this text for a metric, whatever it hears; `None` the truth again.
    pub fn force(&self, unit: &str, metric: Metric, text: Option<&str>) -> Result<(), SimError> {
        self.tamper(unit, |tamper| match text {
            Some(text) => drop(tamper.fields.insert(metric, text.to_owned())),
            None => drop(tamper.fields.remove(&metric)),
        })
    }

    /// SLMM tells this for a metric, although the meter's reply says something else; `None` is
    /// told as `null`.
    pub fn force_named(
        &self,
        unit: &str,
        metric: Metric,
        text: Option<&str>,
    ) -> Result<(), SimError> {
        self.tamper(unit, |tamper| {
            tamper.named.insert(metric, text.map(str::to_owned));
        })
    }

    /// The meter has no value at all: `-.-` everywhere.
    pub fn blank(&self, unit: &str) -> Result<(), SimError> {
        self.tamper(unit, |tamper| tamper.blank = true)
    }

    /// The meter leaves its first field empty, so that SLMM shifts the rest.
    pub fn shift_fields(&self, unit: &str) -> Result<(), SimError> {
        self.tamper(unit, |tamper| tamper.shifted = true)
    }

    /// The meter's whole reply.
    pub fn set_raw(&self, unit: &str, text: &str) -> Result<(), SimError> {
        self.tamper(unit, |tamper| tamper.raw = Some(text.to_owned()))
    }

    /// The meter's answer to the question whether it measures; `None` the truth again.
    pub fn set_run_state(&self, unit: &str, text: Option<&str>) -> Result<(), SimError> {
        self.instruct(unit, |meter, _| meter.state = text.map(str::to_owned))
    }

    /// Undoes everything above.
    pub fn restore(&self, unit: &str) -> Result<(), SimError> {
        self.instruct(unit, |meter, now| {
            meter.tamper = Arc::default();
            meter.state = None;
            meter.script(None, now.as_second());
        })
    }

    /// How the meter answers its port.
    pub fn set_reach(&self, unit: &str, reach: Reach) -> Result<(), SimError> {
        self.instruct(unit, |meter, _| meter.reach = reach)
    }

    /// The meter starts a new measurement.
    pub fn start_measuring(&self, unit: &str) -> Result<(), SimError> {
        self.instruct(unit, |meter, now| meter.start(now.as_second()))
    }

    /// The meter stops, and holds its results.
    pub fn stop_measuring(&self, unit: &str) -> Result<(), SimError> {
        self.instruct(unit, |meter, now| meter.stop(now.as_second()))
    }

    /// The meter forgets its results, as at power-on.
    pub fn reset_results(&self, unit: &str) -> Result<(), SimError> {
        self.instruct(unit, |meter, now| meter.reset(now.as_second()))
    }

    /// The measurement began at `at`, UTC: the meter has heard everything since, and SLMM noticed
    /// at once. Rows already in the trail stay as they are.
    pub fn set_measuring_since(&self, unit: &str, at: Timestamp) -> Result<(), SimError> {
        self.instruct(unit, |meter, _| meter.start(at.as_second()))?;
        self.with_unit(unit, |unit, _| {
            if let Some(row) = &mut unit.row {
                row.measurement_start_time = Some(at);
                "Start".clone_into(&mut row.measurement_state);
            }
        })
    }

    fn tamper(&self, unit: &str, change: impl FnOnce(&mut Tamper)) -> Result<(), SimError> {
        self.instruct(unit, |meter, _| change(Arc::make_mut(&mut meter.tamper)))
    }

    /// The run state is asked for anew at the next poll, without SLMM's half minute of memory.
    fn instruct(
        &self,
        id: &str,
        change: impl FnOnce(&mut Meter, Timestamp),
    ) -> Result<(), SimError> {
        self.with_unit(id, |unit, now| change(&mut unit.meter, now))?;
        if let Some(monitor) = self.world().monitors.get_mut(id) {
            monitor.state = None;
        }
        Ok(())
    }
}

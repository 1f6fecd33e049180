//! What the business is, with no I/O, no async and no serialisation.
//!
//! A monitoring firm's meters stand at *locations* of a client's *project*; meters move, so each
//! stay is a *window* of time that scopes everything said of that location. Levels are in dB,
//! durations in seconds where not typed, times are UTC.

pub mod clock;
pub mod event;
pub mod headline;
pub mod id;
pub mod level;
pub mod limit;
pub mod margin;
pub mod names;
#[cfg(any(test, fuzzing))]
pub mod properties;
pub mod random;
pub mod reading;
pub mod schedule;
pub mod state;
pub mod tenure;
pub mod trail;
pub mod window;

pub use clock::{Clock, SystemClock};
pub use event::{AlarmSource, AlertEvent, Breach, BreachStatus, EventKind, Events, Interruption};
pub use headline::{Headline, HeadlineError};
pub use id::{
    AssignmentId, AuditId, ClientId, IdError, LocationId, OperatorUserId, ProcessId, ProjectId,
    TicketId,
};
pub use jiff::Timestamp;
pub use jiff::tz::TimeZone;
pub use level::{Decibel, energy_mean};
pub use limit::{Comparison, Limit};
pub use margin::{Margin, in_force};
pub use meter_id::UnitId;
pub use names::{DeviceKind, LocationKind, NameError, ProjectStatus};
pub use random::{RandomError, RandomSource};
pub use reading::{Levels, MeterStatus, Metric, Reading, RunState};
pub use schedule::{LocalTime, Schedule, ScheduleError, fixed_zone};
pub use state::{LocationState, Observation, observe};
pub use tenure::Tenure;
pub use trail::{Trail, TrailPoint};
pub use window::Window;

//! What the firm's own staff may ask and change at SLMM, beyond what the portal reads.
//!
//! The `slmm` crate, which the public portal links, cannot change anything; this one can, and
//! `portal-server` must never link it. [`Control`] asks SLMM each time: there is no cache, no breaker
//! and no second attempt, for staff act seldom and want to see what is so now. What protects SLMM is
//! that only a few requests of a `Control` are in flight at once.
//!
//! **After a write** the portals need not be told. They remember a meter's rules and events for at
//! most 10 s, in processes of their own, and see the change when they ask next.
//!
//! A rule is written from a [`RuleDraft`], and there is no way to one but [`RuleDraft::check`]: SLMM
//! itself checks nothing, stores what can never fire, and stops watching a meter at a malformed hour.
//!
//! SLMM's JSON is read in `wire` and does not leave this crate; what SLMM says of itself in a
//! refusal goes to the log and nowhere else.

mod answer;
mod call;
mod control;
mod device;
mod draft;
mod error;
mod event;
mod hub;
mod log;
mod outcome;
#[cfg(any(test, fuzzing))]
pub mod properties;
mod rule;
mod staff;
mod wire;

pub use control::Control;
pub use device::{
    Contact, Device, Health, Monitor, MonitorMode, Polling, Power, Registration, RosterUnit,
};
pub use draft::{FieldError, Given, RuleDraft, RuleInput, RuleTerms};
pub use error::{ControlError, Missing};
pub use event::{Acknowledgement, EventSubject, RuleEvent};
pub use rule::{Rule, RuleStanding};
pub use staff::StaffName;

//! What the page says of the meter: how it is, how it sounds, its rules and its events.

mod device;
mod events;
mod live;
mod rules;

pub(crate) use device::{DevicePart, MonitorPart};
pub(crate) use events::EventLine;
pub(in crate::page) use events::believed;
pub(crate) use live::{Card, LivePart, Shape};
pub(in crate::page) use live::{Percentiles, percentiles, symbol};
pub(crate) use rules::RuleLine;
pub(in crate::page) use rules::clock_note;

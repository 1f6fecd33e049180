//! A simulator of SLMM 0.4.0, the service that the portal has its levels from.
//!
//! It speaks SLMM's API with its traps over simulated meters whose sound is a pure function of
//! seed and time. A control API, as methods of [`Sim`] and under `/_sim`, forces every state.
//! Time enters through [`domain::Clock`] alone: with a manual clock the world stands still until
//! the clock moves.

mod alerts;
mod answer;
mod config;
mod connection;
mod control;
mod counters;
mod endpoint;
mod engine;
mod error;
mod event;
mod faults;
mod guard;
mod measurement;
mod meter;
mod monitor;
mod polling;
mod reply;
mod routes;
mod rule;
mod rule_body;
mod server;
mod sessions;
mod sim;
mod snapshot;
mod sound;
mod times;
mod trail;
mod unit;
mod validate;
mod wire;
mod world;

pub use config::{Capacity, FTP_PASSWORD, FTP_USERNAME, SimConfig};
pub use control::Command;
pub use counters::Counters;
pub use endpoint::Endpoint;
pub use error::SimError;
pub use event::Event;
pub use faults::{Fault, Scope};
pub use meter::Reach;
pub use rule::{Rule, RuleSpec};
pub use server::RunningSim;
pub use sim::Sim;
pub use trail::TrailRow;

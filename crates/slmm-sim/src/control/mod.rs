//! What can be done to the simulation, from a test or over `/_sim`.

mod command;
mod meter;
mod slmm;

pub use command::Command;

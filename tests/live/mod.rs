//! The live socket over real connections.

mod closing;
mod frames;
mod refusals;
mod sharing;

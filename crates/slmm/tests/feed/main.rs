//! Meters watched live: against the simulator, and against peers that misbehave.

#![cfg(test)]

mod captures;
mod crowd;
mod items;
mod misbehaviour;
mod outage;
mod peer;
mod sharing;
mod support;

//! The device layer against a scripted upstream on a real socket.

#![cfg(test)]

mod captures;
mod garbage;
mod gentleness;
mod keeping;
mod logging;
mod memory;
mod outage;
mod reachability;
mod support;
mod upstream;

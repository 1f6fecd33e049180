//! The device layer against a scripted upstream on a real socket.

#![cfg(test)]

mod captures;
mod garbage;
mod gentleness;
mod memory;
mod reachability;
mod support;

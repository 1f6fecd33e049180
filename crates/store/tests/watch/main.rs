//! Whoever watches hears of every change that anybody commits, and of nothing else.

#![cfg(test)]

mod handles;
mod outage;
mod quiet;
mod support;
mod told;

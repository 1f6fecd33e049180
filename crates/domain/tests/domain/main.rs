//! The rules of the field, as people would say them.

#![cfg(test)]

mod build;
mod events;
mod margin;
mod names;
mod schedule;
mod state;
mod tenure;
mod trail;

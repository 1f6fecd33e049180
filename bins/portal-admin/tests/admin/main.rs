//! The built program, on a fresh database of each engine.

#![cfg(test)]

mod assignments;
mod audit;
mod backup;
mod chain;
mod desk;
mod operator;
mod operator_words;
mod portal;
mod refusals;
mod status;
mod usage;

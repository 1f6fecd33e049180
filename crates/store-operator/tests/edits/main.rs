//! What is said anew of what there is: checked, on the record, noticed, and all of it or nothing.

#![cfg(test)]

mod clients;
mod devices;
mod locations;
mod order;
mod projects;
mod seen;
mod stays;
mod support;
mod together;
mod units;

//! Tests of the whole product from outside, in one test binary.
#![cfg(test)]

mod boundaries;
mod faults;
mod fresh;
mod leak;
mod live;
mod machines;
mod operator;
mod portal;
mod schedules;

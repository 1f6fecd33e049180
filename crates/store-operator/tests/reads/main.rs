//! What the firm's staff are shown.

#![cfg(test)]

mod audit;
mod board;
mod detail;
mod history;
mod lists;

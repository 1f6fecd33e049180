//! What must never leave: another client's anything, and the inside of the firm's own data.

mod askers;
mod canaries;
mod columns;
mod errors;
pub(crate) mod log;
mod routes;
mod scene;
pub(crate) mod secrets;
mod table;
mod upstream;

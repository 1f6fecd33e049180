//! The operator app over real sockets: the built router, a simulated SLMM, SQLite and PostgreSQL.

mod audit;
mod board;
mod guard;
mod meter;
mod portal_access;
mod system;
mod units;
mod words;

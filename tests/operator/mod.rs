//! The operator app over real sockets: the built router, a simulated SLMM, SQLite and PostgreSQL.

mod board;
mod guard;
mod meter;
mod portal_access;
mod units;
mod words;

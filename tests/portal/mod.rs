//! The portal over real sockets: the built router, a simulated SLMM, SQLite and PostgreSQL.

mod gate;
mod headers;
mod json;
mod lockout;
mod moved;
mod pages;
mod sessions;

//! The portal over real sockets: the built router, a simulated SLMM, SQLite and PostgreSQL.

mod breach_states;
mod gate;
mod guest;
mod headers;
mod json;
mod kept;
mod levels;
mod lockout;
mod moved;
mod pages;
mod pressure;
mod rate_limit;
mod sessions;
mod states;
mod upstream;
mod upstream_partial;
mod words;

//! The operator app over real sockets: the built router, a simulated SLMM, SQLite and PostgreSQL.

mod asked;
mod audience;
mod audit;
mod board;
mod clients;
mod guard;
mod live;
mod locations;
mod lockout;
mod meter;
mod meters;
mod portal_access;
mod portal_pages;
mod project_live;
mod projects;
mod roles;
mod second_factor;
mod secrets;
mod sessions;
mod sign_in;
mod sockets;
mod staff;
mod system;
mod units;
mod words;

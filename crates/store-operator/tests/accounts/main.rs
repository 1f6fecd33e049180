//! Accounts of staff: kept by the rules, signed in to, locked out, and on the record.

#![cfg(test)]

mod lockout;
mod manage;
mod profile;
mod record;
mod revoked;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod support;

//! Members of staff: what they are called, what they may, and how they prove who they are.

#![cfg(test)]

mod lockout;
mod qr;
mod recovery;
mod texts;
mod tokens;
mod totp;

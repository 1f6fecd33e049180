//! The firm's staff at a simulated SLMM, over real sockets.

#![cfg(test)]

mod misbehaviour;
mod reads;
mod restraint;
mod support;
mod writes;

//! The tools of this crate for `slmm-operator`, which asks SLMM for what the portal never does.
//!
//! A client that follows nothing, replies bounded in size, a thread to use it on, and a reading of
//! JSON that holds nothing for granted. None of it knows a path of SLMM's.

pub use crate::failure::Failure;
pub use crate::http::{Reply, client, unsent, whole};
pub use crate::thread::own_thread;
pub use crate::wire::{Entry, Loose, OfScalar, Scalar, is_of, meter_status, read, says_unknown};

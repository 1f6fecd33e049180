//! The JSON routes, for the app's own scripts.

pub(crate) mod portal_access;
pub(crate) mod slmm;

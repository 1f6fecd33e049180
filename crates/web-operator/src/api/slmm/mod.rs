//! `/api/slmm/{unit_id}/…`: what staff may ask of SLMM about a meter of the roster, and change
//! there.

pub(crate) mod device;
pub(crate) mod events;
pub(crate) mod history;
pub(crate) mod rules;
pub(crate) mod view;

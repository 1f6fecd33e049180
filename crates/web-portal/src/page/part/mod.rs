//! What pages are made of. A part is what a template shows, worked out; the template itself
//! decides nothing but where it stands.

pub(crate) mod breaches;
pub(crate) mod chart;
pub(crate) mod code;
pub(crate) mod glance;
pub(crate) mod limits;
pub(crate) mod panel;
pub(crate) mod rail;
pub(crate) mod spark;
pub(crate) mod standing;
pub(crate) mod strip;
pub(crate) mod symbol;
pub(crate) mod table;
pub(crate) mod tile;
pub(crate) mod verdict;
pub(crate) mod why;

//! The live socket of a location.

mod pump;
mod stream;

pub(crate) use stream::stream;

use std::sync::Arc;

use domain::LocationId;

/// A channel is of one location, as the sessions of one epoch see it: when they end, it ends for
/// all of them together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    pub(crate) location: LocationId,
    pub(crate) epoch: i64,
}

/// The hub of all live sockets of this process.
pub(crate) type LiveHub = web::live::Hub<Subject>;

/// What a channel's speaker shares with the portal.
pub(crate) type Shared = Arc<crate::Portal>;

//! The live socket of a meter, for staff.

mod frame;
mod pump;
mod stream;

pub(crate) use stream::stream;

use std::time::Duration;

use auth::OperatorSession;
use domain::{
    MeterStatus, Observation, OperatorUserId, Tenure, Timestamp, UnitId, Window, observe,
};
use web::live::LiveLimits;

use crate::Office;

/// A channel is of one meter, as the sessions see it that end together: those of one account since
/// something last ended all that it had. Their feed of the meter is one and the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    meter: UnitId,
    /// `None` while nobody is asked to sign in.
    sessions: Option<(OperatorUserId, Timestamp)>,
}

impl Subject {
    fn of(meter: UnitId, session: Option<&OperatorSession>) -> Self {
        Self {
            meter,
            sessions: session.map(|session| (session.user, session.valid_from)),
        }
    }
}

/// The hub of all live sockets of this process.
pub(crate) type LiveHub = web::live::Hub<Subject>;

/// For how long and how many may watch meters live.
#[derive(Debug, Clone, Copy)]
pub struct Watching {
    /// The longest a page watches without a click: a forgotten one would keep its meter on the fast
    /// rate, over a cellular line.
    pub cap: Duration,
    /// How long a socket is silent before it says that it is still there.
    pub heartbeat: Duration,
    /// How often a page is asked whether it is there.
    pub ping_every: Duration,
    /// How many at once, in all and from one desk.
    pub limits: LiveLimits,
}

impl Default for Watching {
    fn default() -> Self {
        Self {
            cap: Duration::from_mins(15),
            heartbeat: Duration::from_secs(5),
            ping_every: Duration::from_secs(20),
            limits: LiveLimits {
                viewers: 500,
                per_session: 50,
            },
        }
    }
}

impl Office {
    /// Ends every live socket: the server is going down.
    pub fn close_live(&self) {
        self.live.close();
    }

    /// What a meter's status means to staff, wherever the meter stands or stood.
    pub(crate) fn observe(&self, status: &MeterStatus, now: Timestamp) -> Observation {
        observe(status, &anywhere(), self.settings.stale_after, now)
    }
}

/// A stay that covers everything: a meter by itself, wherever it stands.
pub(crate) fn anywhere() -> Tenure {
    Tenure {
        window: Window {
            from: Timestamp::MIN,
            until: None,
        },
        left_elsewhere_at: None,
    }
}

//! What the firm's staff do: unscoped reads, and every management write.
//!
//! The public portal does not link this crate. Everything here blocks for a moment, on the thread
//! that calls. Each act is one transaction, writes one record of the audit log, and tells whoever
//! remembers the projects it touches (by their revision) that they have changed.

mod accounts;
mod act;
mod assignments;
mod audit;
mod board;
mod clients;
mod counts;
mod error;
mod field;
mod locations;
mod paging;
mod portal;
mod preview;
mod processes;
mod projects;
mod resolve;
mod seen;
mod standing;
mod units;

use std::sync::Arc;

use domain::{Clock, RandomSource};
use store::Database;

pub use accounts::{
    AccountDetail, AccountFilter, AccountRecord, Asker, Authority, LiveAccount, NewAccount,
    SecondFactor, SecondFactorThen, SecondStep, SignIn, SignInAttempt, SignInStart,
    check_operator_session,
};
pub use assignments::{AssignmentRecord, InTheWay, StayRecord};
pub use audit::{
    Actor, AuditCursor, AuditExport, AuditFilter, AuditPage, AuditRecord, Details, DeviceAct, Fact,
};
pub use board::{BoardPlace, BoardProject};
pub use clients::{ClientDetail, ClientEdit, ClientRecord, NewClient};
pub use counts::Counts;
pub use error::OperatorError;
pub use field::{date, time, unit_id};
pub use locations::{LocationEdit, LocationRecord, NewLocation};
pub use paging::{Page, Paged};
pub use portal::{PortalAccess, PortalOpened};
pub use processes::PortalProcess;
pub use projects::{
    NewProject, PlaceDetail, ProjectClient, ProjectDetail, ProjectFilter, ProjectRecord,
};
pub use seen::Seen;
pub use standing::StandingMeter;
pub use units::{NewUnit, UnitDetail, UnitEdit, UnitFilter, UnitPlaced, UnitRecord};

/// Somebody at work on the database.
#[derive(Clone)]
pub struct Operator {
    database: Database,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    actor: Actor,
}

impl Operator {
    /// Lets `actor` work: every record of the audit log names them.
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
        actor: Actor,
    ) -> Self {
        Self {
            database,
            clock,
            random,
            actor,
        }
    }
}

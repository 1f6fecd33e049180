//! What is logged of the traffic to SLMM: changes, once, and never what a body said.

use crate::breaker::Shift;
use crate::failure::Failure;
use crate::health::Turn;
use crate::query::Query;

/// Says what a result changed: nothing while all stays as it is, and nothing of single keys while
/// SLMM as a whole is `away`.
pub(crate) fn tell(
    query: &Query,
    went: Result<(), Failure>,
    shift: Option<Shift>,
    turn: Turn,
    away: bool,
) {
    let (kind, unit) = (query.kind(), query.unit());
    match (shift, went) {
        (Some(Shift::Opened), Err(failure)) => {
            tracing::warn!(kind, %failure, "SLMM does not answer: it is left alone for a while");
        }
        (Some(Shift::Closed), _) => tracing::info!("SLMM answers again"),
        _ => {}
    }
    match (turn, went) {
        (Turn::Broke, Err(failure)) if !away => {
            tracing::warn!(kind, unit, %failure, "a request to SLMM failed");
        }
        (Turn::Mended, _) => tracing::info!(kind, unit, "a request to SLMM succeeds again"),
        _ => {}
    }
}

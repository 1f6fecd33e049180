//! Writing the log out.

use super::{AuditCursor, AuditFilter, AuditRecord};
use crate::Operator;
use crate::error::OperatorError;

impl Operator {
    /// All of the log that the filter lets through, newest first, for writing it out. It is read
    /// piece by piece, and keeps no connection between.
    pub fn audit_export(&self, filter: AuditFilter) -> AuditExport {
        AuditExport {
            operator: self.clone(),
            filter,
            next: Next::First,
        }
    }
}

/// Records of the log, piece by piece, of which the first may be empty. After an error there is
/// none.
pub struct AuditExport {
    operator: Operator,
    filter: AuditFilter,
    next: Next,
}

enum Next {
    First,
    After(AuditCursor),
    None,
}

impl AuditExport {
    /// Records read at once.
    const PIECE: u32 = 500;
}

impl Iterator for AuditExport {
    type Item = Result<Vec<AuditRecord>, OperatorError>;

    fn next(&mut self) -> Option<Self::Item> {
        let before = match std::mem::replace(&mut self.next, Next::None) {
            Next::First => None,
            Next::After(cursor) => Some(cursor),
            Next::None => return None,
        };
        match self
            .operator
            .audit_page(&self.filter, before.as_ref(), Self::PIECE)
        {
            Ok(page) => {
                self.next = page.next.map_or(Next::None, Next::After);
                Some(Ok(page.records))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

//! From what somebody calls a thing to the thing.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{ClientId, LocationId, ProjectId, ProjectStatus, UnitId};
use store::internal::schema::{clients, monitoring_locations, projects};

use crate::Operator;
use crate::error::OperatorError;
use crate::field;
use crate::units::expect_unit;

/// Looks by id where the text is one, and by name otherwise. An id finds what is deleted too, a
/// name does not.
macro_rules! resolve {
    ($self:ident, $asked:ident, $kind:literal, $table:ident, $id:ty, $kept:expr) => {
        $self.read(|db| {
            let found: Vec<String> = if $asked.parse::<$id>().is_ok() {
                $table::table
                    .filter($table::id.eq($asked))
                    .select($table::id)
                    .load(db)?
            } else {
                $table::table
                    .filter($table::name.eq($asked))
                    .filter($kept)
                    .select($table::id)
                    .load(db)?
            };
            one($kind, $asked, &found).and_then(|id| field::stored_id($kind, "id", id))
        })
    };
}

impl Operator {
    /// The client of that id, or of that name if it is the only one.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`], [`OperatorError::Ambiguous`].
    pub fn client(&self, asked: &str) -> Result<ClientId, OperatorError> {
        resolve!(
            self,
            asked,
            "client",
            clients,
            ClientId,
            clients::id.is_not_null()
        )
    }

    /// The project of that id, or of that name if it is the only one that is not deleted.
    ///
    /// # Errors
    /// As [`Self::client`].
    pub fn project(&self, asked: &str) -> Result<ProjectId, OperatorError> {
        let kept = projects::status.ne(ProjectStatus::Deleted.as_str());
        resolve!(self, asked, "project", projects, ProjectId, kept)
    }

    /// The location of that id, or of that name if it is the only one that is not removed.
    ///
    /// # Errors
    /// As [`Self::client`].
    pub fn location(&self, asked: &str) -> Result<LocationId, OperatorError> {
        let kept = monitoring_locations::removed_at.is_null();
        resolve!(
            self,
            asked,
            "location",
            monitoring_locations,
            LocationId,
            kept
        )
    }

    /// The unit of that id in the roster.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a text that is no id, [`OperatorError::NotFound`].
    pub fn unit(&self, asked: &str) -> Result<UnitId, OperatorError> {
        let unit = field::unit_id(asked)?;
        self.read(|db| expect_unit(db, &unit).map(drop))?;
        Ok(unit)
    }
}

fn one<'a>(kind: &'static str, asked: &str, found: &'a [String]) -> Result<&'a str, OperatorError> {
    match found {
        [] => Err(OperatorError::not_found(kind, asked)),
        [id] => Ok(id),
        several => Err(OperatorError::Ambiguous {
            kind,
            asked: asked.to_owned(),
            count: several.len(),
        }),
    }
}

//! Many projects.

use diesel::{ExpressionMethods, NullableExpressionMethods, QueryDsl};
use diesel::{RunQueryDsl, SelectableHelper};
use domain::ProjectStatus;
use store::internal::schema::{clients, projects};

use super::{ProjectRecord, StoredProject, read};
use crate::Operator;
use crate::error::OperatorError;
use crate::paging::{Page, Paged, Words, by_name};

/// Which projects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectFilter {
    /// Words, each of which stands in the name, the number, the client's name or the address, in
    /// whatever case.
    pub search: String,
    /// Where they stand; where it is not said, all that are not deleted.
    pub status: Option<ProjectStatus>,
}

impl Operator {
    /// A page of the projects that the filter lets through, by name.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn find_projects(
        &self,
        filter: &ProjectFilter,
        page: Page,
    ) -> Result<Paged<ProjectRecord>, OperatorError> {
        let words = Words::of(&filter.search);
        self.read(|db| {
            let mut query = projects::table
                .left_join(clients::table)
                .select((StoredProject::as_select(), clients::name.nullable()))
                .into_boxed();
            query = match filter.status {
                Some(status) => query.filter(projects::status.eq(status.as_str())),
                None => query.filter(projects::status.ne(ProjectStatus::Deleted.as_str())),
            };
            let mut rows: Vec<(StoredProject, Option<String>)> = query.load(db)?;
            rows.retain(|(row, client_name)| {
                words.found_in(&[
                    Some(&row.name),
                    row.number.as_deref(),
                    row.client_name.as_deref(),
                    client_name.as_deref(),
                    row.address.as_deref(),
                ])
            });
            rows.sort_by_cached_key(|(row, _)| (by_name(&row.name), row.id.clone()));
            let Paged { items, total, page } = Paged::cut(rows, page);
            let items = items
                .into_iter()
                .map(|(row, client_name)| read(row, client_name))
                .collect::<Result<_, _>>()?;
            Ok(Paged { items, total, page })
        })
    }

    /// All projects by name, deleted ones too.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_projects(&self) -> Result<Vec<ProjectRecord>, OperatorError> {
        self.read(|db| {
            let rows: Vec<(StoredProject, Option<String>)> = projects::table
                .left_join(clients::table)
                .order((projects::name.asc(), projects::id.asc()))
                .select((StoredProject::as_select(), clients::name.nullable()))
                .load(db)?;
            rows.into_iter()
                .map(|(row, client_name)| read(row, client_name))
                .collect()
        })
    }
}

//! How an act is watched.

use std::time::Duration;

use domain::ProjectId;
use store_operator::{AuditRecord, Operator, OperatorError};
use testkit::TestDatabase;

/// Does an act, and answers its one record and the projects that have noticed.
pub(crate) fn done<T>(
    test: &TestDatabase,
    act: impl FnOnce(&Operator) -> Result<T, OperatorError>,
) -> (AuditRecord, Vec<ProjectId>) {
    // Records of one moment have no order.
    test.clock().advance(Duration::from_millis(1));
    let (revisions, records) = (revisions(test), records(test));
    act(&test.operator()).unwrap();
    let mut log = test.operator().audit_log(1000).unwrap();
    assert_eq!(log.len(), records + 1, "one act, one record");
    (log.remove(0), noticed(test, &revisions))
}

/// What the record says: the action, the subject, before and after.
pub(crate) fn words(record: &AuditRecord) -> (&str, &str, Option<&str>, Option<&str>) {
    (
        &record.action,
        &record.subject_id,
        record.before.as_deref(),
        record.after.as_deref(),
    )
}

/// Does what changes nothing.
pub(crate) fn idle(test: &TestDatabase, act: impl FnOnce(&Operator) -> Result<(), OperatorError>) {
    let before = everything(test);
    act(&test.operator()).unwrap();
    assert_eq!(everything(test), before);
}

/// Tries what is refused, and leaves nothing.
pub(crate) fn refused<T: std::fmt::Debug>(
    test: &TestDatabase,
    act: impl FnOnce(&Operator) -> Result<T, OperatorError>,
) -> OperatorError {
    let before = everything(test);
    let error = act(&test.operator()).unwrap_err();
    assert_eq!(everything(test), before, "{error}");
    error
}

/// The field that was refused, which the words do not leave alone.
pub(crate) fn field(error: &OperatorError) -> &'static str {
    match error {
        OperatorError::Invalid { field, problem } => {
            assert!(problem.len() > 10, "{problem}");
            field
        }
        OperatorError::InTheWay(stay) => stay.field.expect("a field"),
        other => panic!("{other:?}"),
    }
}

/// The words of a refusal that is of no field.
pub(crate) fn conflict(error: OperatorError) -> String {
    match error {
        OperatorError::Conflict(words) => words,
        OperatorError::InTheWay(stay) if stay.field.is_none() => stay.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Whatever an act may change.
pub(crate) fn everything(test: &TestDatabase) -> String {
    let staff = test.operator();
    format!(
        "{:#?}",
        (
            staff.list_clients().unwrap(),
            staff.list_projects().unwrap(),
            staff.list_locations(None).unwrap(),
            staff.list_units().unwrap(),
            staff.list_assignments(false).unwrap(),
            staff.audit_log(1000).unwrap(),
            revisions(test),
        )
    )
}

fn records(test: &TestDatabase) -> usize {
    test.operator().audit_log(1000).unwrap().len()
}

fn revisions(test: &TestDatabase) -> Vec<(ProjectId, i64)> {
    let revision = |project: ProjectId| {
        let sql = format!("SELECT revision FROM projects WHERE id = '{project}'");
        (project, test.raw().number(&sql))
    };
    let projects = test.operator().list_projects().unwrap();
    projects
        .iter()
        .map(|project| revision(project.id))
        .collect()
}

fn noticed(test: &TestDatabase, before: &[(ProjectId, i64)]) -> Vec<ProjectId> {
    let grown = |((project, old), (_, new)): (&(ProjectId, i64), &(ProjectId, i64))| {
        assert!(new - old == 0 || new - old == 1, "by {}", new - old);
        (new > old).then_some(*project)
    };
    before
        .iter()
        .zip(&revisions(test))
        .filter_map(grown)
        .collect()
}

//! The end of a stay.

use store_operator::OperatorError;
use testkit::{TestDatabase, at, on_both_engines};

use crate::support::{conflict, done, refused};

on_both_engines! {
    async fn the_very_stay_that_is_meant_is_ended(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let staff = test.operator();
        let first = staff.list_assignments(true).unwrap().remove(0).id;
        let second = staff.assign_unit(&site.unit, south, None, None).unwrap();
        // Somebody whose page is old ends what is over already, and nothing else.
        assert_eq!(
            conflict(refused(&test, |staff| staff.end_stay(first))),
            "that stay of unit SLM-1 is over already"
        );
        assert_eq!(staff.list_assignments(true).unwrap().len(), 1);
        test.clock().advance(std::time::Duration::from_hours(1));
        let (record, noticed) = done(&test, |staff| staff.end_stay(second));
        let last = staff.stays_of_unit(&site.unit).unwrap().remove(0).assignment;
        assert_eq!((last.location, last.active), (south, false));
        assert_eq!(last.window.until, Some(at("2026-11-21T05:00:00.001Z")));
        assert_eq!((record.action.as_str(), record.subject_id.as_str()), ("unit.end-assignment", "SLM-1"));
        assert_eq!(noticed, [site.project]);
        let nothing = domain::AssignmentId::from_bytes([7; 16]);
        let error = refused(&test, |staff| staff.end_stay(nothing));
        assert!(matches!(error, OperatorError::NotFound { kind: "stay", .. }));
    }
}

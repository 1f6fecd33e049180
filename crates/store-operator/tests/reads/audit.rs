//! The log, filtered, page by page and as a whole.

use std::time::Duration;

use domain::UnitId;
use store_operator::{
    AuditCursor, AuditFilter, AuditPage, AuditRecord, Details, DeviceAct, OperatorError,
};
use testkit::{TestDatabase, at, on_both_engines, unit_id};

fn act(test: &TestDatabase, actor: &str, act: DeviceAct, unit: &UnitId) {
    let staff = test.operator_of(test.database().clone(), actor);
    staff.record(act, unit, &Details::default()).unwrap();
}

/// Seven acts, a second apart but for the last three, which are of one moment.
fn seven_acts(test: &TestDatabase) {
    let (one, two) = (unit_id("SLM-1"), unit_id("SLM-2"));
    for (actor, what, unit) in [
        ("anna", DeviceAct::CreateRule, &one),
        ("anna", DeviceAct::ChangeRule, &one),
        ("bert", DeviceAct::CreateRule, &two),
        ("bert", DeviceAct::KeepaliveOn, &one),
    ] {
        act(test, actor, what, unit);
        test.clock().advance(Duration::from_secs(1));
    }
    for unit in [&one, &two, &one] {
        act(test, "carl", DeviceAct::AcknowledgeEvent, unit);
    }
}

fn all(test: &TestDatabase, filter: AuditFilter) -> Vec<AuditRecord> {
    let pieces: Result<Vec<_>, _> = test.operator().audit_export(filter).collect();
    pieces.unwrap().concat()
}

fn shown(records: &[AuditRecord]) -> Vec<String> {
    let line = |record: &AuditRecord| {
        let AuditRecord {
            actor,
            action,
            subject_id,
            ..
        } = record;
        format!("{} {action} {subject_id}", actor.name)
    };
    records.iter().map(line).collect()
}

fn pages(test: &TestDatabase, filter: &AuditFilter, limit: u32) -> Vec<AuditPage> {
    let mut pages: Vec<AuditPage> = Vec::new();
    loop {
        assert!(pages.len() < 20, "the pages do not end");
        let before: Option<AuditCursor> = match pages.last() {
            Some(page) => match page.next {
                // As it goes through an address.
                Some(cursor) => Some(cursor.to_string().parse().unwrap()),
                None => return pages,
            },
            None => None,
        };
        pages.push(
            test.operator()
                .audit_page(filter, before.as_ref(), limit)
                .unwrap(),
        );
    }
}

on_both_engines! {
    async fn the_log_is_read_page_by_page(test: TestDatabase) {
        seven_acts(&test);
        let all = test.operator().audit_log(100).unwrap();
        assert_eq!(shown(&all)[3..], [
            "bert unit.keepalive-on SLM-1", "bert unit.create-rule SLM-2",
            "anna unit.change-rule SLM-1", "anna unit.create-rule SLM-1",
        ]);
        let filter = AuditFilter::default();
        for (limit, lengths) in [(1, vec![1; 7]), (2, vec![2, 2, 2, 1]), (6, vec![6, 1]), (7, vec![7]), (9, vec![7])] {
            let pages = pages(&test, &filter, limit);
            let found: Vec<_> = pages.iter().map(|page| page.records.len()).collect();
            assert_eq!(found, lengths);
            let joined: Vec<_> = pages.into_iter().flat_map(|page| page.records).collect();
            assert_eq!(joined, all, "each record once, records of one moment too");
        }
    }

    async fn what_is_recorded_meanwhile_moves_no_page(test: TestDatabase) {
        seven_acts(&test);
        let all = test.operator().audit_log(100).unwrap();
        let first = test.operator().audit_page(&AuditFilter::default(), None, 3).unwrap();
        test.clock().advance(Duration::from_secs(1));
        act(&test, "dora", DeviceAct::KeepaliveOff, &unit_id("SLM-1"));
        let second = test.operator()
            .audit_page(&AuditFilter::default(), first.next.as_ref(), 100).unwrap();
        assert_eq!(second.records, all[3..]);
    }

    async fn the_log_is_filtered(test: TestDatabase) {
        seven_acts(&test);
        test.client("Harbour");
        let some = |text: &str| Some(text.to_owned());
        let none = AuditFilter::default;
        for (filter, count) in [
            (none(), 8),
            (AuditFilter { actor: some("bert"), ..none() }, 2),
            (AuditFilter { actor: some("ber"), ..none() }, 0),
            (AuditFilter { action: some("unit.create-rule"), ..none() }, 2),
            (AuditFilter { actor: some("anna"), action: some("unit.create-rule"), ..none() }, 1),
            (AuditFilter { subject_kind: some("client"), ..none() }, 1),
            (AuditFilter { subject_kind: some("unit"), subject_id: some("SLM-2"), ..none() }, 2),
            (AuditFilter { subject_kind: some("client"), subject_id: some("SLM-2"), ..none() }, 0),
            (AuditFilter { from: Some(at("2026-11-21T04:00:03Z")), ..none() }, 5),
            (AuditFilter { until: Some(at("2026-11-21T04:00:03Z")), ..none() }, 3),
            (AuditFilter {
                from: Some(at("2026-11-21T04:00:01Z")), until: Some(at("2026-11-21T04:00:02Z")), ..none()
            }, 1),
        ] {
            let page = test.operator().audit_page(&filter, None, 100).unwrap();
            assert_eq!(page.records.len(), count, "{filter:?}");
            let paged: usize = pages(&test, &filter, 1).iter().map(|page| page.records.len()).sum();
            assert_eq!(paged, count, "{filter:?}");
        }
    }

    async fn all_of_the_log_is_written_out(test: TestDatabase) {
        assert_eq!(all(&test, AuditFilter::default()).len(), 0);
        // More than are read at once, and of one moment.
        test.raw().execute(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 1203) \
             INSERT INTO audit_log (id, at, actor, origin, action, subject_kind, subject_id) \
             SELECT '00000000-0000-7000-8000-' || substr(CAST(100000000000 + n AS TEXT), 1, 12), \
             1795233600000, 'x', 'y', 'unit.edit', 'unit', CAST(n AS TEXT) FROM many",
        );
        let subjects: Vec<_> =
            all(&test, AuditFilter::default()).into_iter().map(|record| record.subject_id).collect();
        let expected: Vec<_> = (1..=1203).rev().map(|number| number.to_string()).collect();
        assert_eq!(subjects, expected);
        let filter = AuditFilter { subject_id: Some("7".to_owned()), ..AuditFilter::default() };
        assert_eq!(all(&test, filter).len(), 1);
        let pieces = test.operator().audit_export(AuditFilter::default());
        let sizes: Vec<_> = pieces.map(|piece| piece.unwrap().len()).collect();
        assert_eq!(sizes, [500, 500, 203]);
        let mut cut = test.operator().audit_export(AuditFilter::default());
        test.raw().execute("ALTER TABLE audit_log RENAME TO mislaid");
        assert!(matches!(cut.next(), Some(Err(OperatorError::Store(_)))));
        assert!(cut.next().is_none(), "it does not go on as if nothing were");
    }
}

#[test]
fn a_cursor_is_taken_as_it_was_told_only() {
    for text in [
        "",
        "7",
        "7.",
        ".x",
        "x.0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01",
        "7.0192D3F4",
    ] {
        let error = text.parse::<AuditCursor>().unwrap_err();
        assert!(
            matches!(
                error,
                OperatorError::Invalid {
                    field: "before",
                    ..
                }
            ),
            "{text}"
        );
    }
    let text = "1795233600000.0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";
    assert_eq!(text.parse::<AuditCursor>().unwrap().to_string(), text);
}

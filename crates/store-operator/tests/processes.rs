//! What portal processes report, and what staff read of it.

#![cfg(test)]

use std::time::Duration;

use domain::{ProcessId, ProjectId};
use store::{ProcessReport, Watching};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

fn report(test: &TestDatabase, number: u8, watching: &[(ProjectId, i64, u64)]) -> ProcessReport {
    let now = domain::Clock::now(&**test.clock());
    ProcessReport {
        process: ProcessId::from_bytes([number; 16]),
        address: format!("127.0.0.1:800{number}"),
        version: "0.1.0".to_owned(),
        started_at: now,
        at: now,
        feeds: 3,
        viewers: 5,
        people: watching.iter().map(|(_, _, people)| people).sum(),
        warnings: 7,
        errors: 1,
        recent: "[]".to_owned(),
        watching: watching
            .iter()
            .map(|&(project, epoch, people)| Watching {
                project,
                epoch,
                people,
            })
            .collect(),
    }
}

fn watching(test: &TestDatabase, project: ProjectId) -> Option<i64> {
    test.operator().portal_show(project).unwrap().watching
}

on_both_engines! {
    async fn the_people_of_all_processes_are_added_up(test: TestDatabase) {
        let (site, other) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        assert_eq!(watching(&test, site.project), None, "nobody reports");
        let database = test.database();
        database.report_process(&report(&test, 1, &[])).unwrap();
        assert_eq!(watching(&test, site.project), Some(0));
        let both = [(site.project, 0, 2), (other.project, 0, 4)];
        database.report_process(&report(&test, 1, &both)).unwrap();
        database.report_process(&report(&test, 2, &[(site.project, 0, 1)])).unwrap();
        assert_eq!(watching(&test, site.project), Some(3));
        assert_eq!(test.operator().project_detail(other.project).unwrap().portal.watching, Some(4));
        // Each report takes the place of the last, whom it counted included.
        database.report_process(&report(&test, 1, &[(other.project, 0, 1)])).unwrap();
        assert_eq!((watching(&test, site.project), watching(&test, other.project)), (Some(1), Some(1)));
        let told = test.operator().portal_processes().unwrap();
        assert_eq!(told.len(), 2);
        let first = &told[0];
        assert_eq!((first.address.as_str(), first.people, first.viewers), ("127.0.0.1:8001", 1, 5));
        assert_eq!((first.feeds, first.warnings, first.errors), (3, 7, 1));
    }

    async fn a_silent_process_is_believed_for_45_seconds_and_forgotten_after_a_day(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.database().report_process(&report(&test, 1, &[(site.project, 0, 2)])).unwrap();
        test.clock().advance(Duration::from_secs(45));
        assert_eq!(watching(&test, site.project), Some(2));
        test.clock().advance(Duration::from_millis(1));
        assert_eq!(watching(&test, site.project), None);
        assert_eq!(test.operator().portal_processes().unwrap(), []);
        let kept = |table: &str| test.raw().number(&format!("SELECT count(*) FROM {table}"));
        test.clock().advance(Duration::from_hours(24) - Duration::from_secs(46));
        test.database().report_process(&report(&test, 2, &[])).unwrap();
        assert_eq!((kept("portal_processes"), kept("portal_watching")), (2, 1));
        test.clock().advance(Duration::from_secs(1));
        test.database().report_process(&report(&test, 2, &[])).unwrap();
        assert_eq!((kept("portal_processes"), kept("portal_watching")), (1, 0));
        test.database().end_process(ProcessId::from_bytes([2; 16])).unwrap();
        assert_eq!(kept("portal_processes"), 0);
    }

    /// They were signed out; their process has not yet reported that they are gone.
    async fn whoever_was_signed_out_watches_no_more(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.database().report_process(&report(&test, 1, &[(site.project, 0, 2)])).unwrap();
        assert_eq!(watching(&test, site.project), Some(2));
        let hash = cheap_hash(&site.portal.password, &**test.random());
        test.operator().portal_password(site.project, &hash).unwrap();
        assert_eq!(watching(&test, site.project), Some(0));
    }

    async fn a_report_of_too_many_projects_is_cut(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut report = report(&test, 1, &[]);
        let most = store::Database::MOST_WATCHED;
        let raw = "INSERT INTO projects (id, name) VALUES";
        for number in 0..=most {
            let project = ProjectId::from_bytes([number.to_be_bytes(), [9; 8]].concat().try_into().unwrap());
            test.raw().execute(&format!("{raw} ('{project}', 'P')"));
            report.watching.push(Watching { project, epoch: 0, people: 1 });
        }
        test.database().report_process(&report).unwrap();
        assert_eq!(test.raw().number("SELECT count(*) FROM portal_watching"), i64::try_from(most).unwrap());
        assert_eq!(watching(&test, site.project), Some(0));
    }

    /// Of a project that is not there nobody can be counted, and then nothing of the report is.
    async fn a_report_is_written_whole_or_not_at_all(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.database().report_process(&report(&test, 1, &[(site.project, 0, 2)])).unwrap();
        let nowhere = ProjectId::from_bytes([7; 16]);
        let mixed = [(site.project, 0, 1), (nowhere, 0, 1)];
        assert!(test.database().report_process(&report(&test, 1, &mixed)).is_err());
        assert_eq!(watching(&test, site.project), Some(2));
    }

    async fn the_address_of_an_opening_stands_until_the_next(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let shown = || test.operator().portal_show(site.project).unwrap();
        assert_eq!((shown().last_opened_at, shown().last_opened_from), (None, None));
        let database = test.database();
        let gate = database.gate_by_link(&site.portal.link).await.unwrap().unwrap();
        for from in ["203.0.113.9", "2001:db8::7"] {
            let now = domain::Clock::now(&**test.clock());
            database.record_opening(&gate, from.parse().unwrap(), now).await.unwrap();
            assert_eq!((shown().last_opened_at, shown().last_opened_from.as_deref()), (Some(now), Some(from)));
        }
        // What staff do to the portal leaves it as it is.
        test.operator().portal_rotate_link(site.project).unwrap();
        assert_eq!(shown().last_opened_from.as_deref(), Some("2001:db8::7"));
    }
}

//! An SLMM that is away, slow, broken, or something else altogether.

use std::time::Duration;

use slmm_operator::{ControlError, Missing, StaffName};
use slmm_sim::{Endpoint, Fault, RuleSpec, Scope};

use crate::support::{AMPLE, Bench, captured, control, meter, some_draft};

/// What every read says of an SLMM like this one.
async fn assert_reads(bench: &Bench, error: ControlError) {
    let control = &bench.control;
    assert_eq!(control.health().await.unwrap_err(), error, "health");
    assert_eq!(control.roster().await.unwrap_err(), error, "roster");
    assert_eq!(control.device(&meter()).await.unwrap_err(), error, "device");
    assert_eq!(
        control.monitor_status(&meter()).await.unwrap_err(),
        error,
        "monitor"
    );
    assert_eq!(control.rules(&meter()).await.unwrap_err(), error, "rules");
    assert_eq!(
        control.events(&meter(), 50).await.unwrap_err(),
        error,
        "events"
    );
}

/// What every write says where SLMM answers to writes alone like this.
async fn assert_writes(bench: &Bench, fault: Fault, error: ControlError) {
    let control = &bench.control;
    let by = StaffName::check("Jo").unwrap();
    for endpoint in [Endpoint::Rules, Endpoint::Events, Endpoint::MonitorControl] {
        bench
            .sim
            .set_fault(Scope::endpoint(endpoint), fault.clone());
    }
    let created = control.create_rule(&meter(), &some_draft()).await;
    assert_eq!(created.unwrap_err(), error, "create, {fault:?}");
    assert_eq!(
        control.delete_rule(&meter(), 1).await.unwrap_err(),
        error,
        "delete, {fault:?}"
    );
    let acked = control.acknowledge(&meter(), 1, &by).await;
    assert_eq!(acked.unwrap_err(), error, "acknowledge, {fault:?}");
    let kept = control.keep_alive(&meter(), true).await;
    assert_eq!(kept.unwrap_err(), error, "keepalive, {fault:?}");
    bench.sim.clear_faults();
}

#[tokio::test]
async fn an_slmm_that_is_not_there_is_unavailable_for_all() {
    let bench = Bench::new();
    let url = bench.running.base_url();
    bench.running.stop().await;
    let control = control(&url, AMPLE, 2);
    let away = ControlError::Unavailable;
    assert_eq!(control.health().await.unwrap_err(), away);
    assert_eq!(control.device(&meter()).await.unwrap_err(), away);
    assert_eq!(control.rules(&meter()).await.unwrap_err(), away);
    assert_eq!(
        control
            .create_rule(&meter(), &some_draft())
            .await
            .unwrap_err(),
        away
    );
    assert_eq!(
        control
            .update_rule(&meter(), 1, &some_draft())
            .await
            .unwrap_err(),
        away
    );
    // It was not even connected: nothing can have happened.
    assert_eq!(control.delete_rule(&meter(), 1).await.unwrap_err(), away);
    assert_eq!(control.keep_alive(&meter(), true).await.unwrap_err(), away);
}

#[tokio::test]
async fn an_slmm_that_closes_or_hangs_is_unavailable_for_reads() {
    let bench = Bench::hasty();
    for fault in [Fault::Close, Fault::Stalled, Fault::Hold] {
        bench.sim.set_fault(Scope::all(), fault);
        assert_reads(&bench, ControlError::Unavailable).await;
        bench.sim.clear_faults();
    }
    for status in [502, 503, 504] {
        bench.sim.set_fault(Scope::all(), Fault::Status(status));
        assert_reads(&bench, ControlError::Unavailable).await;
    }
    bench.sim.clear_faults();
    let patient = control(&bench.running.base_url(), AMPLE, 2);
    assert!(patient.device(&meter()).await.is_ok(), "and back at once");
}

#[tokio::test]
async fn what_is_not_slmms_answer_is_faulty_for_reads() {
    let bench = Bench::new();
    for fault in [
        Fault::Html,
        Fault::Empty,
        Fault::Nested(10_000),
        Fault::Truncated,
        Fault::Body("null".to_owned()),
        Fault::Status(404),
        Fault::Answer(404, r#"{"detail":"Not Found"}"#.to_owned()),
        Fault::Answer(422, captured("events_422.json")),
    ] {
        bench.sim.set_fault(Scope::all(), fault);
        assert_reads(&bench, ControlError::Faulty).await;
    }
}

#[tokio::test]
async fn fifty_megabytes_are_not_read() {
    let bench = Bench::new();
    bench.sim.set_fault(Scope::all(), Fault::Huge(50 << 20));
    assert_reads(&bench, ControlError::Faulty).await;
    bench.sim.clear_faults();
    assert_writes(&bench, Fault::Huge(50 << 20), ControlError::Unsure).await;
}

#[tokio::test]
async fn a_redirect_is_followed_nowhere() {
    let (bench, elsewhere) = (Bench::new(), Bench::new());
    let to = Fault::Redirect(format!("{}/health", elsewhere.running.base_url()));
    bench.sim.set_fault(Scope::all(), to.clone());
    assert_reads(&bench, ControlError::Faulty).await;
    bench.sim.clear_faults();
    assert_writes(&bench, to, ControlError::Faulty).await;
    assert_eq!(elsewhere.sim.counters().requests(Endpoint::Health), 0);
}

#[tokio::test]
async fn a_write_without_a_word_may_be_done_or_not() {
    let hasty = Bench::with(Duration::from_secs(1), 2);
    assert_writes(&hasty, Fault::Stalled, ControlError::Unsure).await;
    let bench = Bench::new();
    for fault in [
        Fault::Close,
        Fault::Html,
        Fault::Empty,
        Fault::InternalError,
        Fault::Status(502),
        Fault::Body(
            r#"{"status":"error","deleted":7,"acknowledged":7,"rule":{"id":1,"unit_id":"SLM-1"}}"#
                .to_owned(),
        ),
    ] {
        assert_writes(&bench, fault, ControlError::Unsure).await;
    }
}

#[tokio::test]
async fn a_rule_may_be_stored_though_nobody_said_so() {
    let bench = Bench::new();
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Rules), Fault::Truncated);
    let created = bench.control.create_rule(&meter(), &some_draft()).await;
    assert_eq!(created.unwrap_err(), ControlError::Unsure);
    bench.sim.clear_faults();
    assert_eq!(bench.control.rules(&meter()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_slmm_refuses_is_refused() {
    let bench = Bench::new();
    for (status, name) in [
        (422, "rule_422_types.json"),
        (422, "rule_422_missing_threshold.json"),
        (409, "roster_409.json"),
    ] {
        let fault = Fault::Answer(status, captured(name));
        assert_writes(&bench, fault, ControlError::Refused { status }).await;
    }
    assert_writes(
        &bench,
        Fault::Status(403),
        ControlError::Refused { status: 403 },
    )
    .await;
    // A path that SLMM does not have is something else's answer.
    assert_writes(&bench, Fault::Status(404), ControlError::Faulty).await;
    assert!(bench.sim.rules("SLM-102").is_empty());
}

#[tokio::test]
async fn slmms_own_words_for_nothing_there_are_believed() {
    let bench = Bench::new();
    let gone = Fault::Answer(404, captured("rule_404_delete.json"));
    bench.sim.set_fault(Scope::endpoint(Endpoint::Rules), gone);
    let deleted = bench.control.delete_rule(&meter(), 1).await;
    assert_eq!(deleted.unwrap_err(), ControlError::NotFound(Missing::Rule));
    let gone = Fault::Answer(404, captured("event_ack_404.json"));
    bench.sim.set_fault(Scope::endpoint(Endpoint::Events), gone);
    let by = StaffName::check("Jo").unwrap();
    let acked = bench.control.acknowledge(&meter(), 1, &by).await;
    assert_eq!(acked.unwrap_err(), ControlError::NotFound(Missing::Event));
}

#[tokio::test]
async fn a_stored_threshold_beyond_all_numbers_is_told_and_can_be_deleted() {
    let bench = Bench::new();
    let impossible = RuleSpec {
        threshold_db: f64::INFINITY,
        ..RuleSpec::default()
    };
    let id = bench.sim.insert_rule("SLM-102", impossible).id;
    let unlistable = ControlError::RulesUnlistable;
    assert_eq!(bench.control.rules(&meter()).await.unwrap_err(), unlistable);
    let updated = bench.control.update_rule(&meter(), id, &some_draft()).await;
    assert_eq!(updated.unwrap_err(), unlistable);
    bench.control.delete_rule(&meter(), id).await.unwrap();
    assert!(bench.control.rules(&meter()).await.unwrap().is_empty());
}

#[tokio::test]
async fn monitors_that_are_not_told_leave_the_rest_readable() {
    let bench = Bench::new();
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::MonitorStatus), Fault::Html);
    let device = bench.control.device(&meter()).await.unwrap();
    assert_eq!(
        (device.monitor, device.contact.reachable),
        (None, Some(true))
    );
    let roster = bench.control.roster().await.unwrap();
    assert!(roster.iter().all(|unit| unit.monitor.is_none()));
    let monitor = bench.control.monitor_status(&meter()).await;
    assert_eq!(monitor.unwrap_err(), ControlError::Faulty);
}

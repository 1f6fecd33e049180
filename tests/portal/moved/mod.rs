//! A meter goes from one client to another. Each keeps what happened at its own place, and sees
//! nothing of the other's.

mod world;

use std::time::Duration;

use domain::Metric;
use serde_json::{Value, json};
use testkit::{House, on_both_engines};

use self::world::{
    METER, Move, RUNNING_AFTER, RUNNING_BEFORE, assert_shows_none, column, marks_of_the_first,
    marks_of_the_second, numbers,
};
use crate::fresh::refresh;

const NOTHING: Value = Value::Null;

on_both_engines! {
    async fn before_the_move_each_sees_their_own(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        let first = clients.first.everything().await;
        let unseen: Vec<_> = marks_of_the_first().into_iter().filter(|mark| !first.contains(mark)).collect();
        assert!(unseen.is_empty(), "a mark that nobody sees proves nothing: {unseen:?}");
        assert_eq!(clients.first.get("events").await["active"], 1);
        assert_eq!(clients.first.running().await, numbers(RUNNING_BEFORE));
        let second = clients.second.everything().await;
        assert_shows_none(&second, &marks_of_the_first());
        assert!(second.contains("no_meter"));
    }

    async fn the_second_client_sees_nothing_from_before_the_move(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        let moved_at = 1_795_233_660;
        clients.first.everything().await;
        clients.carry();
        assert_shows_none(&clients.second.everything().await, &marks_of_the_first());
        clients.pass(150).await;
        let live = clients.second.get("live").await;
        assert_eq!((live["state"].clone(), live["reading"]["lp"].clone()), ("measuring".into(), 61.4.into()));
        assert_eq!((clients.second.running().await, live["measuring_since"].clone()), (vec![NOTHING; 5], NOTHING));
        for hours in [2, 24, 48] {
            let history = clients.second.get(&format!("history?hours={hours}")).await;
            assert!(column(&history, "at").iter().all(|at| *at >= f64::from(moved_at)), "{history}");
            assert!(!column(&history, "lp").is_empty() && column(&history, "lp").iter().all(|lp| (lp - 61.4).abs() < 0.01));
            for name in ["leq", "lmax", "ln1", "ln2"] {
                assert_eq!(column(&history, name), [] as [f64; 0], "{name}");
            }
        }
        assert_eq!(clients.second.get("events").await, json!({"active": 0, "events": [], "interruptions": []}));
        assert_eq!(clients.second.visitor.get("/portal/api/overview").await.json()["rollup"]["above_limit"], 0);
        assert_shows_none(&clients.second.everything().await, &marks_of_the_first());

        // Standing still, it holds the results of a measurement that was the first client's.
        clients.house.sim().stop_measuring(METER).unwrap();
        clients.pass(60).await;
        assert_eq!(clients.second.get("live").await["state"], "stopped");
        assert_eq!(clients.second.running().await, vec![NOTHING; 5]);
        assert_shows_none(&clients.second.everything().await, &marks_of_the_first());
    }

    /// After its own order to stop, SLMM believes for a while that the meter began anew.
    async fn a_start_that_slmm_imagines_brings_nothing_over(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        clients.carry();
        clients.pass(120).await;
        for (state, seconds) in [("Stop", 5), ("Start", 19), ("Stop", 90)] {
            clients.house.sim().set_run_state(METER, Some(state)).unwrap();
            clients.house.sim().poll(METER).unwrap();
            clients.pass(seconds).await;
            assert_eq!(clients.second.running().await, vec![NOTHING; 5], "{state}");
            assert_shows_none(&clients.second.everything().await, &marks_of_the_first());
        }
    }

    async fn a_new_measurement_is_the_second_clients_own(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        clients.carry();
        clients.pass(120).await;
        clients.restart();
        clients.pass(150).await;
        let live = clients.second.get("live").await;
        assert_eq!(clients.second.running().await, numbers(RUNNING_AFTER));
        assert_eq!(live["measuring_since"], "2026-11-21T04:03:00Z");
        let history = clients.second.get("history").await;
        let leq = column(&history, "leq");
        assert!(!leq.is_empty() && leq.len() < column(&history, "lp").len(), "{history}");
        assert!(leq.iter().all(|leq| (leq - 63.2).abs() < 0.01), "{history}");
        clients.house.sim().force(METER, Metric::Lp, Some("97.9")).unwrap();
        clients.pass(15).await;
        assert_eq!(clients.second.get("events").await["events"][0]["onset_db"], 97.9);
        let second = clients.second.everything().await;
        assert_shows_none(&second, &marks_of_the_first());
        let unseen: Vec<_> = marks_of_the_second().into_iter().filter(|mark| !second.contains(mark)).collect();
        assert!(unseen.is_empty(), "{unseen:?}");
        assert_shows_none(&clients.first.everything().await, &["97.9"]);
    }

    async fn the_first_client_keeps_what_was_and_gets_nothing_new(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        let history_before = clients.first.get("history?hours=48").await;
        clients.carry();
        clients.restart();
        clients.pass(300).await;
        let live = clients.first.get("live").await;
        assert_eq!((live["state"].clone(), live["reading"].clone()), ("no_meter".into(), NOTHING));
        assert_eq!(clients.first.get("thresholds").await, json!({"limits": []}));
        assert_eq!(clients.first.get("history?hours=48").await, history_before);
        assert!(column(&history_before, "leq").contains(&100.8));
        let events = clients.first.get("events").await;
        let of = |index: usize, name: &str| events["events"][index][name].clone();
        assert_eq!(events["events"].as_array().unwrap().len(), 2);
        // SLMM told its end, and its peak, only after the move.
        assert_eq!((of(0, "limit"), of(0, "status")), ("Night limit".into(), "lapsed".into()));
        assert_eq!((of(0, "onset_db"), of(0, "peak_db"), of(0, "clear_at")), (99.1.into(), NOTHING, NOTHING));
        assert_eq!((of(1, "limit"), of(1, "status"), of(1, "peak_db")), ("Brickworks limit".into(), "cleared".into(), 103.7.into()));
        assert_eq!(events["interruptions"], json!([{"from": "2026-11-21T01:00:00Z", "to": "2026-11-21T01:05:00Z"}]));
        assert_eq!(events["active"], 0);
        assert_shows_none(&clients.first.everything().await, &marks_of_the_second());
    }

    async fn what_slmm_last_said_before_the_move_is_remembered_for_nobody(house: House) {
        let clients = Move::of(house).await;
        clients.pass(60).await;
        clients.first.everything().await;
        clients.house.sim().set_down(true);
        clients.house.data.assign(&clients.site.unit, clients.second.location);
        clients.house.pass(Duration::from_secs(31));
        assert_eq!(clients.second.get("live").await["reading"], NOTHING);
        assert_shows_none(&clients.second.everything().await, &marks_of_the_first());
        assert_eq!(clients.first.get("live").await["reading"], NOTHING);
    }

    async fn an_assignment_to_come_is_not_there_yet_and_one_that_ended_is_history(house: House) {
        let clients = Move::of(house).await;
        let data = &clients.house.data;
        let unit = data.unit("SLM-102");
        let place = &clients.second;
        let project = data.operator().list_locations(None).unwrap();
        let project = project.iter().find(|one| one.id == place.location).unwrap().project;
        let bare = data.location(project, "Almshouse yard");
        data.assign_for(&unit, place.location, "2026-11-21T05:00:00Z", "2026-11-21T06:00:00Z");
        for what in ["live", "history", "history?hours=48", "events", "thresholds"] {
            let path = format!("/portal/api/location/{bare}/{what}");
            let told = place.visitor.get(&path).await.body.replace(&bare.to_string(), &place.location.to_string());
            assert_eq!(place.get(what).await.to_string(), serde_json::from_str::<Value>(&told).unwrap().to_string());
        }
        assert_eq!(place.get("live").await["state"], "no_meter");

        clients.pass(3615).await;
        refresh(&clients.app, &unit).await;
        assert_eq!(place.get("live").await["state"], "measuring");
        clients.pass(3600).await;
        refresh(&clients.app, &unit).await;
        assert_eq!(place.get("live").await["state"], "no_meter");
        let history = place.get("history?hours=48").await;
        let during = |at: &f64| (1_795_237_200.0..1_795_240_800.0).contains(at);
        assert!(column(&history, "at").len() > 55 && column(&history, "at").iter().all(during), "{history}");
    }
}

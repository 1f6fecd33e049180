//! Live sockets of staff end with the session that opened them.

use std::time::Duration;

use auth::Role;
use testkit::{House, News, Viewer, Visitor, on_both_engines};

use super::live::keep_passing;
use super::sessions::ENDINGS;
use super::sign_in::closed;

const UNIT: &str = "SLM-101";

async fn watches(visitor: &Visitor) -> Viewer {
    let mut viewer = visitor.watch_meter(UNIT).await.unwrap();
    viewer.frame("reading").await;
    viewer
}

on_both_engines! {
    async fn what_ends_a_session_closes_its_sockets_everywhere_and_no_others(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let colleague = house.data.member(Role::Admin);
        let apps = [closed(&house), closed(&house)];
        let mut spared = Vec::new();
        for app in &apps {
            let visitor = Visitor::at(&app.url()).signed_in(&colleague).await;
            spared.push(watches(&visitor).await);
        }
        for (name, end) in ENDINGS {
            let member = house.data.member(Role::Admin);
            let mut condemned = Vec::new();
            for app in &apps {
                for _ in 0..2 {
                    let visitor = Visitor::at(&app.url()).signed_in(&member).await;
                    condemned.push(watches(&visitor).await);
                }
            }
            end(&house, &house.data.operator(), &member);
            let ending = async {
                for viewer in &mut condemned {
                    assert_eq!(viewer.closed().await, 4401, "{name}");
                }
            };
            let ended = tokio::time::timeout(Duration::from_secs(2), ending).await;
            ended.unwrap_or_else(|_late| panic!("{name}: not within two seconds"));
        }
        // The others hear of what happens after it.
        house.sim().set_level(UNIT, Some(97.0)).unwrap();
        let loud = |news: &News| matches!(news, News::Frame(frame) if frame["lp"].as_f64().is_some_and(|lp| lp > 90.0));
        for viewer in &mut spared {
            tokio::select! {
                _ = viewer.until(loud) => {}
                () = keep_passing(&house) => unreachable!(),
            }
        }
    }

    async fn ones_own_new_password_closes_what_is_open_elsewhere(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let member = house.data.member(Role::Operator);
        let (here, there) = (closed(&house), closed(&house));
        let staff = Visitor::at(&here.url()).signed_in(&member).await;
        let elsewhere = Visitor::at(&there.url()).signed_in(&member).await;
        let mut viewers = [watches(&staff).await, watches(&elsewhere).await];
        let form = [("password", member.password.reveal()), ("new", "a better one, long"), ("again", "a better one, long")];
        assert_eq!(staff.submit("/profile/password", &form).await.status, 303);
        let ending = async {
            for viewer in &mut viewers {
                assert_eq!(viewer.closed().await, 4401);
            }
        };
        tokio::time::timeout(Duration::from_secs(2), ending).await.expect("within two seconds");
        // Whoever changed it stays signed in, and watches anew.
        watches(&staff).await;
    }

    async fn a_socket_does_not_outlast_its_session(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        house.clock().advance(Duration::from_hours(12) - Duration::from_millis(300));
        let mut viewer = staff.watch_meter(UNIT).await.unwrap();
        assert_eq!(viewer.closed().await, 4401);
    }

    async fn without_a_session_there_is_none(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let app = closed(&house);
        assert_eq!(Visitor::at(&app.url()).watch_meter(UNIT).await.err(), Some(401));
        assert_eq!(house.sim().counters().feeds(), 0);
    }
}

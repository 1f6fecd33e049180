//! A server that is killed from one moment to the next, with writes under way.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth::{PreviewTicket, Token as _};
use domain::Clock as _;
use futures_util::future::{join, join_all};
use testkit::{Installation, News, Program, RawConnection, Running, Site, Visitor};

use super::{eventually, is_whole};

/// Browsers that write at once.
const WRITERS: usize = 12;
/// A program is killed when so many of its answers have come.
const ANSWERS: usize = 40;
const KILLS: usize = 3;

/// Lets everybody write until the program is killed under their hands: a writer answers whether it
/// was answered.
async fn until_killed(running: Running, writes: impl AsyncFn(usize) -> bool) {
    let answered = AtomicUsize::new(0);
    let writers = join_all((0..WRITERS).map(|writer| {
        let (answered, writes) = (&answered, &writes);
        async move {
            while writes(writer).await {
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    }));
    let killer = async {
        eventually("it answers", async || {
            answered.load(Ordering::Relaxed) >= ANSWERS
        })
        .await;
        running.kill();
    };
    join(writers, killer).await;
}

fn start(program: Program, word: &str) -> (Running, String) {
    let mut running = program.start();
    let address = running.address(word);
    (running, format!("http://{address}"))
}

fn portal(house: &Installation) -> (Running, String) {
    start(house.portal(), "the portal is open")
}

fn office(house: &Installation) -> (Running, String) {
    start(house.office(), "the operator app is open")
}

/// How many guesses of somebody are counted. The key is opaque but for the address at its end.
fn counted(raw: &mut RawConnection, address: &str) -> i64 {
    raw.number(&format!(
        "SELECT coalesce(sum(count), 0) FROM login_failures WHERE key LIKE '% {address}'"
    ))
}

/// A ticket of the machine's own time, as staff hand it out.
fn ticket(house: &Installation, site: &Site) -> PreviewTicket {
    let now = domain::SystemClock.now();
    house.data.clock().step_to(now);
    let issued = house.data.operator().issue_preview_ticket(site.project);
    issued.expect("a ticket")
}

testkit::on_both_engines! {
    /// Sessions outlive the process that began them.
    async fn a_killed_portal_is_back_with_its_sessions(house: Installation) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let (running, address) = portal(&house);
        let visitor = Visitor::at(&address).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        running.kill();
        let end = viewer.until(|news| !matches!(news, News::Frame(_))).await;
        assert!(matches!(end, News::Cut), "{end:?}");

        let (running, address) = portal(&house);
        let again = visitor.moves_to_address(&address);
        assert_eq!(again.get("/portal").await.status, 200);
        again.watch(site.location).await.unwrap().frame("reading").await;
        assert!(running.stop().success());
    }

    /// Every wrong password that was answered is counted, so that no kill gives guesses away.
    async fn guesses_are_counted_whatever_is_killed(house: Installation) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = format!("/portal/p/{}", site.portal.link.as_str());
        // Of each address: guesses sent, and those that were answered as wrong.
        let tally: Vec<_> = (0..40).map(|_| (AtomicUsize::new(0), AtomicUsize::new(0))).collect();
        let next = AtomicUsize::new(0);
        for _ in 0..KILLS {
            let (running, address) = portal(&house);
            until_killed(running, async |_| {
                let number = next.fetch_add(1, Ordering::Relaxed) % tally.len();
                let guesser = Visitor::at(&address).from_address(&format!("203.0.113.{number}"));
                let (sent, wrong) = &tally[number];
                sent.fetch_add(1, Ordering::Relaxed);
                let Some(reply) = guesser.tries(&link, &[("password", "guess")]).await else {
                    return false;
                };
                assert!([401, 429, 503].contains(&reply.status), "{}", reply.status);
                wrong.fetch_add(usize::from(reply.status == 401), Ordering::Relaxed);
                true
            })
            .await;
        }
        is_whole(&house.data);
        let mut raw = house.data.raw();
        for (number, (sent, wrong)) in tally.iter().enumerate() {
            let counted = counted(&mut raw, &format!("203.0.113.{number}"));
            let (sent, wrong) = (sent.load(Ordering::Relaxed), wrong.load(Ordering::Relaxed));
            let counted = usize::try_from(counted).unwrap();
            assert!((wrong..=sent.min(5)).contains(&counted), "{number}: {wrong}, {counted}, {sent}");
        }
    }

    /// A ticket opens one session, whichever process is asked, and coming in is noted.
    async fn tickets_open_once_and_openings_are_noted(house: Installation) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = format!("/portal/p/{}", site.portal.link.as_str());
        let paths: Vec<_> = (0..120)
            .map(|_| {
                let signer = auth::Signer::new(&Installation::key(), &[]);
                format!("/portal/preview/{}", ticket(&house, &site).seal(&signer))
            })
            .collect();
        let opened: Vec<_> = paths.iter().map(|_| AtomicUsize::new(0)).collect();
        let last = Mutex::new(String::new());
        let next = AtomicUsize::new(0);
        for round in 0..KILLS {
            let (running, address) = portal(&house);
            let from = format!("198.51.100.{}", round + 1);
            Visitor::at(&address).from_address(&from).enter(&site.portal).await;
            *last.lock().unwrap() = from;
            until_killed(running, async |writer| {
                if writer == 0 {
                    let from = format!("198.51.100.{}", round + 1);
                    let visitor = Visitor::at(&address).from_address(&from);
                    let fields = [("password", site.portal.password.reveal())];
                    let Some(reply) = visitor.tries(&link, &fields).await else {
                        return false;
                    };
                    assert!([303, 503].contains(&reply.status), "{}", reply.status);
                    if reply.status == 303 {
                        *last.lock().unwrap() = from;
                    }
                    return true;
                }
                // Two of them try each ticket at about the same time.
                let number = next.fetch_add(1, Ordering::Relaxed) / 2 % paths.len();
                let request = Visitor::at(&address);
                let Some(reply) = request.tries_to_open(&paths[number]).await else {
                    return false;
                };
                assert!([303, 404, 503].contains(&reply.status), "{}", reply.status);
                opened[number].fetch_add(usize::from(reply.status == 303), Ordering::Relaxed);
                true
            })
            .await;
        }
        is_whole(&house.data);
        let mut raw = house.data.raw();
        // The last that was answered, or one that was not answered any more.
        let from = raw.text("SELECT portal_opened_from FROM projects");
        assert!(from.is_some() && from >= Some(last.into_inner().unwrap()), "{from:?}");
        let (running, address) = portal(&house);
        for (path, opened) in paths.iter().zip(&opened) {
            let opened = opened.load(Ordering::Relaxed);
            assert!(opened <= 1, "{opened} sessions by one ticket");
            if opened == 1 {
                assert_eq!(Visitor::at(&address).get(path).await.status, 404, "it was used");
            }
        }
        assert!(opened.iter().any(|opened| opened.load(Ordering::Relaxed) == 1));
        assert!(running.stop().success());
    }

    /// What staff were told is done is there with its record, and nothing is there by half.
    async fn every_act_that_was_answered_is_there_with_its_record(house: Installation) {
        let (made, placed) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let next = AtomicUsize::new(0);
        for _ in 0..KILLS {
            let (running, address) = office(&house);
            until_killed(running, async |_| {
                let staff = Visitor::at(&address);
                let number = next.fetch_add(1, Ordering::Relaxed);
                let fields = [("name", &*format!("Site {number}")), ("client_name", "The Town")];
                let Some(reply) = staff.tries("/projects/new", &fields).await else {
                    return false;
                };
                if reply.status == 503 {
                    return true;
                }
                assert_eq!(reply.status, 303, "{}", reply.body);
                let project = reply.header("location").trim_start_matches("/projects/").to_owned();
                made.lock().unwrap().push(project.clone());
                // A location, a meter that is new, and its stay there: one act, three records.
                let unit = format!("SLM-{number}");
                let fields = [("name", "North gate"), ("unit", unit.as_str())];
                let path = format!("/projects/{project}/locations/new");
                let Some(reply) = staff.tries(&path, &fields).await else {
                    return false;
                };
                assert!([303, 503].contains(&reply.status), "{}", reply.body);
                if reply.status == 303 {
                    placed.lock().unwrap().push(unit);
                }
                true
            })
            .await;
        }
        is_whole(&house.data);
        let (made, placed) = (made.into_inner().unwrap(), placed.into_inner().unwrap());
        assert!(made.len() >= ANSWERS && placed.len() >= ANSWERS, "{} {}", made.len(), placed.len());
        let mut raw = house.data.raw();
        let mut count = |table: &str, of: &str| raw.number(&format!("SELECT count(*) FROM {table} WHERE {of}"));
        for project in &made {
            assert_eq!(count("projects", &format!("id = '{project}'")), 1, "{project}");
        }
        for unit in &placed {
            let stays = count("unit_assignments", &format!("unit_id = '{unit}' AND status = 'active'"));
            assert_eq!(stays, 1, "{unit}");
        }
        let halves = [
            ("projects", "id", "project.create"),
            ("monitoring_locations", "id", "location.add"),
            ("roster_units", "id", "unit.add"),
            ("unit_assignments", "unit_id", "unit.assign"),
        ];
        for (table, id, action) in halves {
            let recorded = format!("{id} NOT IN (SELECT subject_id FROM audit_log WHERE action = '{action}')");
            assert_eq!(count(table, &recorded), 0, "{table} without a record");
            let there = format!("action = '{action}' AND subject_id NOT IN (SELECT {id} FROM {table})");
            assert_eq!(count("audit_log", &there), 0, "a record of {action} without what it tells of");
        }
        assert_eq!(count("monitoring_locations", "TRUE"), count("unit_assignments", "TRUE"));
        let (running, address) = office(&house);
        assert_eq!(Visitor::at(&address).get("/projects").await.status, 200);
        assert!(running.stop().success());
    }
}

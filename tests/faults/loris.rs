//! A thousand connections that take their time: heads and bodies that dribble, and silence.

use std::fs;
use std::time::Duration;

use futures_util::future::join_all;
use testkit::{Engine, Installation, OnEngine as _, Running, Visitor};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::{AMPLE, Shop};

/// How a connection takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Silent,
    Head,
    SecondHead,
    Body,
    BodyOfAReader,
}

const MANNERS: [Manner; 5] = [
    Manner::Silent,
    Manner::Head,
    Manner::SecondHead,
    Manner::Body,
    Manner::BodyOfAReader,
];

/// Ten seconds are promised for a head and for a body; the rest is for a busy machine.
const PROMISED: Duration = Duration::from_secs(20);

/// Dribbles on for as long as the server lets it: the manner, if that was too long.
async fn dribble(address: String, post_to: String, manner: Manner) -> Option<Manner> {
    let mut connection = TcpStream::connect(&address).await.expect("it is let in");
    let (begin, more) = match manner {
        Manner::Silent => (String::new(), ""),
        Manner::Head => (
            format!("GET /portal HTTP/1.1\r\nHost: {address}\r\n"),
            "X-More: 1\r\n",
        ),
        Manner::SecondHead => (
            format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\nGET /he"),
            "a",
        ),
        Manner::Body => (
            format!(
                "POST {post_to} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3000\r\n\r\n"
            ),
            "a",
        ),
        Manner::BodyOfAReader => (
            format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nContent-Length: 3000\r\n\r\n"),
            "a",
        ),
    };
    connection
        .write_all(begin.as_bytes())
        .await
        .expect("it is read");
    let (mut from, mut to) = connection.split();
    let dribbling = async {
        while to.write_all(more.as_bytes()).await.is_ok() {
            sleep(Duration::from_millis(500)).await;
        }
        // Closed at its end: what it said is still to be read.
        std::future::pending::<()>().await;
    };
    let reading = async {
        let mut said = [0; 4096];
        while from.read(&mut said).await.is_ok_and(|read| read > 0) {}
    };
    let closed = timeout(PROMISED, async {
        tokio::select! { () = dribbling => {}, () = reading => {} }
    });
    closed.await.is_err().then_some(manner)
}

/// So many of each manner at once; whoever is in is served meanwhile, as long as that takes.
async fn besiege(address: &str, post_to: &str, each: usize, meanwhile: impl AsyncFn()) {
    let crowd = MANNERS
        .into_iter()
        .flat_map(|manner| std::iter::repeat_n(manner, each));
    let siege = tokio::spawn(join_all(crowd.map(|manner| {
        tokio::spawn(dribble(address.to_owned(), post_to.to_owned(), manner))
    })));
    let mut rounds = 0;
    while !siege.is_finished() {
        meanwhile().await;
        rounds += 1;
        sleep(Duration::from_millis(100)).await;
    }
    assert!(rounds > 3, "{rounds}");
    let outcomes = siege.await.expect("no panic");
    let left: Vec<_> = outcomes
        .into_iter()
        .filter_map(|one| one.expect("no panic"))
        .collect();
    for manner in MANNERS {
        let of_it = left.iter().filter(|one| **one == manner).count();
        assert_eq!(of_it, 0, "{manner:?} was never closed");
    }
}

/// What a program holds: descriptors, and memory in KiB.
fn held(running: &Running) -> (usize, u64) {
    let pid = running.pid();
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd"))
        .expect("a process")
        .count();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = resident.and_then(|line| line.split_whitespace().next());
    (
        descriptors,
        kib.and_then(|kib| kib.parse().ok()).expect("a number"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_are_closed_in_time_and_nobody_else_notices() {
    let house = Installation::on(Engine::Sqlite);
    let (portal, office, shop, mut viewer) = Shop::open(&house).await;
    let before = held(&portal);

    let serves = async || {
        for path in [
            "/portal",
            "/portal/api/overview",
            &shop.path("live"),
            "/healthz",
        ] {
            let reply = timeout(AMPLE, shop.visitor.get(path)).await;
            assert_eq!(reply.expect("soon").status, 200, "{path}");
        }
    };
    let address = shop.portal.trim_start_matches("http://").to_owned();
    let prompt = shop.prompt();
    let besieged = besiege(&address, &prompt, 200, serves);
    let watching = async {
        loop {
            viewer.frame("reading").await;
        }
    };
    tokio::select! { () = besieged => {}, () = watching => {} }

    super::eventually("the descriptors are given back", async || {
        held(&portal).0 <= before.0 + 10
    })
    .await;
    let grown = held(&portal).1.saturating_sub(before.1);
    assert!(grown < 40 * 1024, "{grown} KiB more than before");
    // Nobody's guess was counted: not one body came whole.
    assert_eq!(
        house
            .data
            .raw()
            .number("SELECT count(*) FROM login_failures"),
        0
    );
    assert!(portal.stop().success() && office.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_app_keeps_the_same_times() {
    let house = Installation::on(Engine::Sqlite);
    let mut office = house.office().start();
    let address = office.address("the operator app is open");
    let staff = Visitor::at(&format!("http://{address}"));
    let serves = async || assert_eq!(staff.get("/projects").await.status, 200);
    besiege(&address, "/projects/new", 20, serves).await;
    assert_eq!(house.data.raw().number("SELECT count(*) FROM projects"), 0);
    assert!(office.stop().success());
}

//! What a stranger can do through nginx with the shipped site, and by whom it is counted.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Client, RequestBuilder, Response};
use testkit::{Engine, Installation, Nginx, OnEngine, Running, free_address};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::{PATIENCE, site};

/// A portal with the limits of an installation, behind nginx.
struct Front {
    house: Installation,
    nginx: Nginx,
    _portal: Running,
}

impl Front {
    fn start() -> Self {
        let house = Installation::on(Engine::Sqlite);
        let (place, front) = (free_address("127.0.0.11"), free_address("127.0.0.13"));
        let mut portal = (house.portal_at(place, front))
            .setting("RATE_LIMIT_PER_S", "20")
            .setting("RATE_LIMIT_BURST", "100")
            .start();
        portal.until("the portal is open");
        let nginx = Nginx::start(house.folder(), front, &[place]);
        Self {
            house,
            nginx,
            _portal: portal,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.nginx.url())
    }
}

/// Somebody who comes from there.
fn from(address: &str) -> Client {
    let address: IpAddr = address.parse().expect("an address");
    let client = Client::builder().local_address(address);
    client.build().expect("an HTTP client")
}

async fn answer(request: RequestBuilder) -> Response {
    request.send().await.expect("nginx answers")
}

fn retry_after(answer: &Response) -> Option<u32> {
    answer
        .headers()
        .get("retry-after")?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_address_has_its_own_pace_whatever_it_says_of_itself() {
    let front = Front::start();
    let (noisy, calm) = (from("127.0.0.2"), from("127.0.0.3"));
    let url = front.url("/portal/access");
    // As fast as it can: far more than a burst and what a few seconds allow.
    let asking = (0..600).map(|number| {
        let forged = format!("203.0.113.{}, 198.51.100.{}", number % 250, number % 250);
        answer(noisy.get(&url).header("x-forwarded-for", forged))
    });
    let answers = join_all(asking).await;
    let of = |status| {
        answers
            .iter()
            .filter(move |answer| answer.status() == status)
    };
    assert!(of(200).count() >= 100, "a burst is let in");
    assert!(of(429).count() >= 100, "{} turned away", of(429).count());
    assert_eq!(of(200).count() + of(429).count(), 600);
    assert!(of(429).all(|answer| retry_after(answer) == Some(1)));
    let other = answer(calm.get(&url).header("x-forwarded-for", "127.0.0.2")).await;
    assert_eq!(other.status(), 200, "nobody stands in another's way");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_counted_by_the_address_that_nginx_sees() {
    let front = Front::start();
    let site = site(&front.house, "Harbour Tower", &["SLM-101"]);
    let url = front.url(&format!("/portal/p/{}", site.portal.link.as_str()));
    let guess = async |client: &Client, forged: &str, password: &str| {
        let request = (client.post(&url))
            .header("origin", front.nginx.url())
            .header("x-forwarded-for", forged)
            .header("content-type", "application/x-www-form-urlencoded");
        answer(request.body(format!("password={password}"))).await
    };
    let (guesser, owner) = (from("127.0.0.2"), from("127.0.0.3"));
    for number in 1..=5 {
        let answer = guess(&guesser, &format!("203.0.113.{number}"), "wrong").await;
        assert_eq!(answer.status(), 401);
    }
    let refused = guess(&guesser, "203.0.113.99", "wrong").await;
    assert_eq!(refused.status(), 429);
    assert!(retry_after(&refused).is_some_and(|wait| wait > 800));
    // Whoever says to be the guesser is not: neither locked out, nor able to lock out.
    let right = guess(&owner, "127.0.0.2", site.portal.password.reveal()).await;
    assert_ne!(right.status(), 429);
    let log = front.nginx.requests();
    assert!(!log.contains(site.portal.link.as_str()) && log.contains("POST /portal/p/- 429"));
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_and_bodies_have_a_size() {
    let front = Front::start();
    let client = from("127.0.0.2");
    let access = front.url("/portal/access");
    let gate = front.url("/portal/p/nobodys");
    let long = |length| "a".repeat(length);
    for (length, status) in [(7_000, 200), (9_000, 400)] {
        let got = answer(client.get(&access).header("x-noise", long(length))).await;
        assert_eq!(got.status(), status, "a header of {length}");
    }
    let lines = (0..40).map(|number| (format!("x-noise-{number}"), long(1_000)));
    let many = lines.fold(client.get(&access), |request, (name, value)| {
        request.header(name, value)
    });
    assert_eq!(answer(many).await.status(), 400, "40 kB of headers");
    let got = answer(client.get(format!("{access}?{}", long(9_000)))).await;
    assert_eq!(got.status(), 414);
    // nginx refuses beyond 64 KiB by itself; the portal, at its gate, beyond 4.
    for (length, by_nginx) in [(70_000, true), (60_000, false), (5_000, false)] {
        let form = (client.post(&gate)).header("content-type", "application/x-www-form-urlencoded");
        let got = answer(form.body(long(length))).await;
        assert_eq!(got.status(), 413, "a body of {length}");
        let told = got.text().await.unwrap();
        assert_eq!(told.contains("<center>nginx</center>"), by_nginx, "{told}");
    }
}

/// Who sends half of something is given 10 s; nobody else waits for that.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_slowly_is_let_go() {
    let front = Front::start();
    let address = front.nginx.address();
    let heads = ["GET /portal/access HTTP/1.1\r\nHost: portal\r\nX-Slow: a"; 100];
    let bodies =
        ["POST /portal/p/nobodys HTTP/1.1\r\nHost: portal\r\nContent-Length: 100\r\n\r\npass"; 50];
    let slow = heads.into_iter().chain(bodies);
    let ends = join_all(slow.map(|half| says_half(address, half)));
    let dribbling = join_all((0..20).map(|_| dribbles(address)));
    let calm = async {
        let client = from("127.0.0.3");
        for _ in 0..20 {
            let got = answer(client.get(front.url("/portal/access"))).await;
            assert_eq!(got.status(), 200);
        }
    };
    let slow = tokio::time::timeout(PATIENCE, async { tokio::join!(ends, dribbling) });
    let (ends, ()) = tokio::join!(slow, calm);
    let (ends, dribbled) = ends.expect("they are let go");
    assert_eq!(dribbled.len(), 20);
    for end in ends {
        // nginx closes without a word, or says 408 before; of half a form the portal says so.
        let said = ["HTTP/1.1 408", "HTTP/1.1 400"];
        assert!(
            end.is_empty() || said.iter().any(|status| end.starts_with(status)),
            "{end}"
        );
    }
}

/// Sends a body byte by byte, never silent for long, until the connection is closed.
async fn dribbles(address: SocketAddr) {
    let mut stream = comes([127, 0, 0, 4], address).await;
    let head = "POST /portal/p/nobodys HTTP/1.1\r\nHost: portal\r\nContent-Length: 4000\r\n\r\n";
    stream
        .write_all(head.as_bytes())
        .await
        .expect("it takes that");
    let mut said = [0; 1024];
    loop {
        tokio::select! {
            read = stream.read(&mut said) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            },
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                if stream.write_all(b"a").await.is_err() {
                    return;
                }
            }
        }
    }
}

/// A connection from an address of its own.
async fn comes(from: [u8; 4], address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind((from, 0).into()).expect("an address");
    socket.connect(address).await.expect("nginx listens")
}

/// Sends this and nothing more; what comes until the connection is closed.
async fn says_half(address: SocketAddr, half: &str) -> String {
    let mut stream = comes([127, 0, 0, 2], address).await;
    stream
        .write_all(half.as_bytes())
        .await
        .expect("it takes that");
    let mut said = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(40), stream.read_to_end(&mut said));
    closed
        .await
        .expect("it is closed")
        .expect("it is closed in order");
    String::from_utf8(said).expect("text")
}

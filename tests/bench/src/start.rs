//! How soon a program answers after its start over a database that is there, and what memory it
//! takes when nobody asks it anything.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use domain::{Clock, SystemClock};
use load::{Delays, Process};
use slmm_sim::SimConfig;
use testkit::Program;

use crate::house::House;
use crate::table::Line;

const STARTS: usize = 11;
const LOOK_EVERY: Duration = Duration::from_micros(500);
/// After which a program that was just started does nothing any more but wait.
const SETTLED: Duration = Duration::from_secs(2);

/// Starts both servers again and again.
pub async fn measure() -> Vec<Line> {
    let house = House::of(&SimConfig::default(), 1);
    let link = house.portals[0].link.as_str();
    let mut lines = Vec::new();
    for (name, listen, path) in [
        (
            "portal-server",
            "PORTAL_LISTEN",
            format!("/portal/p/{link}"),
        ),
        ("operator-server", "OPERATOR_LISTEN", "/projects".to_owned()),
    ] {
        let program = || match name {
            "portal-server" => house.programs.portal(),
            _ => house.programs.office(),
        };
        let mut took = Vec::new();
        let mut idle_kib = 0;
        for number in 0..STARTS {
            let address = free_address();
            let begun = SystemClock.elapsed();
            let running = set(program(), listen, address).start();
            first_answer(address, &path).await;
            took.push(SystemClock.elapsed().saturating_sub(begun));
            if number + 1 == STARTS {
                tokio::time::sleep(SETTLED).await;
                idle_kib = Process(running.pid()).memory_kib();
            }
            assert!(running.stop().success(), "{name} stops in order");
        }
        let took: Delays = took.into_iter().collect();
        println!("{name}, start to the first answer: {took}");
        let median = took.quantile_ms(1, 2).expect("starts");
        let longest = took.quantile_ms(1, 1).expect("starts");
        let what = format!("`{name}`: start to first answered request, median of {STARTS}");
        lines.extend([
            Line::most(&what, median, 150.0, "ms").of(&format!("longest {longest:.0} ms")),
            Line::most("… idle memory", idle_kib as f64 / 1024.0, 25.0, "MiB"),
        ]);
    }
    lines
}

fn set(program: Program, listen: &str, address: SocketAddr) -> Program {
    program.setting(listen, address.to_string())
}

/// One that nobody listens on.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address")
}

async fn first_answer(address: SocketAddr, path: &str) {
    let mut stream = loop {
        match TcpStream::connect(address) {
            Ok(stream) => break stream,
            Err(_not_yet) => tokio::time::sleep(LOOK_EVERY).await,
        }
    };
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
}

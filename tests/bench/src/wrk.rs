//! wrk, and what it says.

use std::process::Command;

/// What browsers can read.
const CODINGS: &str = "gzip, br";

/// How hard and how long.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Seconds.
    pub seconds: u32,
    /// Connections.
    pub connections: u32,
}

/// What one run came to.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Requests a second.
    pub per_second: f64,
    /// Half were answered within, ms.
    pub p50_ms: f64,
    /// 99 % were answered within, ms.
    pub p99_ms: f64,
    /// Processor time a request, µs; 0 where it was not looked at.
    pub cpu_us: f64,
}

impl Measured {
    /// The median of each figure.
    pub fn median(runs: &[Self]) -> Self {
        let median = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = runs.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        Self {
            per_second: median(|m| m.per_second),
            p50_ms: median(|m| m.p50_ms),
            p99_ms: median(|m| m.p99_ms),
            cpu_us: median(|m| m.cpu_us),
        }
    }
}

/// Runs wrk against a URL with a cookie, `name=value`. Any answer but 200 ends the measurement: it
/// would not be one.
pub fn run(url: &str, cookie: Option<&str>, load: Load) -> Measured {
    let mut command = Command::new("wrk");
    command.args(["-t", "1", "--latency", "--timeout", "10s"]);
    command.args([
        "-c",
        &load.connections.to_string(),
        "-d",
        &format!("{}s", load.seconds),
    ]);
    command.args(["-H", &format!("Accept-Encoding: {CODINGS}")]);
    if let Some(cookie) = cookie {
        command.args(["-H", &format!("Cookie: {cookie}")]);
    }
    let output = command
        .arg(url)
        .output()
        .expect("wrk is installed (Debian's package wrk)");
    let text = String::from_utf8(output.stdout).expect("wrk writes ASCII");
    assert!(
        !text.contains("Non-2xx") && !text.contains("Socket errors"),
        "{text}"
    );
    Measured {
        per_second: field(&text, "Requests/sec:").parse().expect("a number"),
        p50_ms: milliseconds(&field(&text, "50%")),
        p99_ms: milliseconds(&field(&text, "99%")),
        cpu_us: 0.0,
    }
}

/// The bytes of an answer's body as wrk gets it.
pub fn weigh(url: &str, cookie: &str) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let body = async {
        let request = (reqwest::Client::new().get(url))
            .header("accept-encoding", CODINGS)
            .header("cookie", cookie);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{url}");
        answer.bytes().await.expect("a whole answer").len()
    };
    runtime.expect("a runtime").block_on(body)
}

fn field(text: &str, name: &str) -> String {
    let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
    line.unwrap_or_else(|| panic!("wrk did not say {name}: {text}"))
        .trim()
        .to_owned()
}

fn milliseconds(text: &str) -> f64 {
    let (number, factor) = match text {
        us if us.ends_with("us") => (us.trim_end_matches("us"), 0.001),
        ms if ms.ends_with("ms") => (ms.trim_end_matches("ms"), 1.0),
        s => (s.trim_end_matches('s'), 1000.0),
    };
    number.parse::<f64>().expect("a number") * factor
}

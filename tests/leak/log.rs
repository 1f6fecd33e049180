//! Everything that the process logs, at every level, whoever logs it.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::secrets::Secrets;

/// Starts to collect. Whatever this process logs from now on is in [`assert_without`]'s sight.
pub(crate) fn collect() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(|| Collector)
            .init();
    });
}

/// No line of the log holds any of these; the log of the portal, of whose routes one is in it.
pub(crate) fn assert_without(secrets: &Secrets) {
    assert_of_route_without("/portal/p/{link_token}", secrets);
}

/// The same for a log of which that route is a part.
pub(crate) fn assert_of_route_without(route: &str, secrets: &Secrets) {
    let log = lines().clone();
    let text = String::from_utf8_lossy(&log);
    assert!(text.contains(route), "nothing was logged");
    for line in text.lines() {
        // The time is of digits, as a code is.
        let line = line.split_once(' ').map_or(line, |(_time, rest)| rest);
        let found = secrets.found_in(line);
        assert!(found.is_empty(), "{found:?} in the log: {line}");
    }
}

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn lines() -> MutexGuard<'static, Vec<u8>> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Collector;

impl Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lines().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! What a process takes of the machine (proc(5)).

use std::fs;
use std::time::Duration;

/// A process, by its id.
#[derive(Debug, Clone, Copy)]
pub struct Process(pub u32);

/// Linux tells times in hundredths of a second to user space, whatever it counts in itself.
const TICKS_PER_S: f64 = 100.0;

/// All of these panic when there is no such process.
impl Process {
    /// The load program.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    /// Memory in RAM (`VmRSS`), KiB.
    pub fn memory_kib(self) -> u64 {
        let status = self.read("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let text = line.expect("VmRSS").trim().trim_end_matches(" kB");
        text.parse().expect("a number of kB")
    }

    /// Processor time since its start, of all threads.
    pub fn cpu(self) -> Duration {
        let stat = self.read("stat");
        // The name in parentheses may hold anything; the fields after it are counted from 3.
        let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
        let ticks = fields.split_whitespace().skip(14 - 3).take(2);
        let ticks: f64 = ticks
            .map(|field| field.parse::<f64>().expect("ticks"))
            .sum();
        Duration::from_secs_f64(ticks / TICKS_PER_S)
    }

    fn read(self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.0)).expect("the process runs")
    }
}

/// Load average of the last minute: whether the machine had other things to do.
pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

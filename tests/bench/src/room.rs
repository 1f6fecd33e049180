//! Room for thousands of open files: a viewer takes one here and one in the server.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Starts this program again with that many files allowed, unless they are allowed already; the
/// servers that it starts are then allowed as many.
///
/// # Panics
/// When the system does not allow it, with what would.
pub fn make(files: u64) {
    let (soft, hard) = limits();
    if soft >= files {
        return;
    }
    assert!(
        hard >= files,
        "10,000 viewers take {files} open files a process, and here no more than {hard} are \
         allowed: raise the hard limit (ulimit -Hn, as root), or ask for fewer --viewers"
    );
    let this = std::env::current_exe().expect("this program's path");
    let failed = Command::new("sh")
        .args(["-c", &format!("ulimit -Sn {files}; exec \"$0\" \"$@\"")])
        .arg(this)
        .args(std::env::args_os().skip(1))
        .exec();
    panic!("sh cannot be run: {failed}");
}

/// How many files may be open, and to how many that may be raised (proc(5)).
fn limits() -> (u64, u64) {
    let limits = fs::read_to_string("/proc/self/limits").expect("the system tells its limits");
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))
        .expect("a limit of open files");
    let mut numbers = line.split_whitespace().map(|word| match word {
        "unlimited" => u64::MAX,
        number => number.parse().expect("a number of files"),
    });
    let mut next = || numbers.next().expect("two limits");
    (next(), next())
}

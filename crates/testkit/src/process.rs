//! Our programs as their supervisor sees them: started with settings, told by signals, killed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a program may take to say or do what is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A built program and what it is started with. It inherits no environment.
pub struct Program(Command);

impl Program {
    /// One of the workspace's programs. Cargo builds the program of a package's own tests and of no
    /// other package, so `tools/test` builds them all before.
    ///
    /// # Panics
    /// When it was not built.
    pub fn named(name: &str) -> Self {
        let this = std::env::current_exe().expect("this program's own path");
        // Tests stand in a folder `deps` beside the programs, the benchmark is one of them.
        let folders = this.ancestors().skip(1).take(2);
        let mut built = folders.map(|folder| folder.join(name));
        let path = built.find(|path| path.is_file());
        Self::at(path.unwrap_or_else(|| {
            panic!(
                "{name} is missing beside {}: cargo build --workspace --bins",
                this.display()
            )
        }))
    }

    /// The program at a path.
    pub fn at(path: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(path);
        command.env_clear().stdin(Stdio::null());
        Self(command)
    }

    /// With a working folder.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn setting(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// With arguments of the command line.
    #[must_use]
    pub fn arguments<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.0.args(arguments);
        self
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// When it does not start.
    pub fn run(mut self) -> Output {
        self.0.output().expect("the program starts")
    }

    /// Starts it and reads its log, standard error, from then on.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(mut self) -> Running {
        let mut child = (self.0.stdout(Stdio::null()).stderr(Stdio::piped()))
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Log::default());
        let stderr = child.stderr.take().expect("a pipe");
        let written = log.clone();
        std::thread::spawn(move || written.follow(BufReader::new(stderr)));
        Running {
            child,
            log,
            read: 0,
        }
    }
}

/// A program at work, killed with the test.
pub struct Running {
    child: Child,
    log: Arc<Log>,
    read: usize,
}

impl Running {
    /// The next line of the log with these words; lines before it are passed over.
    ///
    /// # Panics
    /// When the log ends, or a minute passes, without them.
    pub fn until(&mut self, words: &str) -> String {
        let mut lines = self.log.lines();
        loop {
            if let Some(at) = lines.all[self.read..]
                .iter()
                .position(|l| l.contains(words))
            {
                self.read += at + 1;
                return lines.all[self.read - 1].clone();
            }
            assert!(
                !lines.ended,
                "the log ended without {words:?}:\n{}",
                lines.tail()
            );
            let waited = self.log.news.wait_timeout(lines, PATIENCE);
            let (now, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            lines = now;
            assert!(
                !timeout.timed_out(),
                "no {words:?} in the log:\n{}",
                lines.tail()
            );
        }
    }

    /// The address in the next line of the log with these words, `LOG_FORMAT=json`.
    ///
    /// # Panics
    /// When there is no such line, or no address in it.
    pub fn address(&mut self, words: &str) -> String {
        let line = self.until(words);
        let rest = line.split("\"address\":\"").nth(1);
        let address = rest.and_then(|rest| rest.split('"').next());
        address.expect("an address in the line").to_owned()
    }

    /// Everything it has said so far.
    pub fn log(&self) -> String {
        self.log.lines().all.join("\n")
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has not ended.
    ///
    /// # Panics
    /// When the system does not tell.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the system tells").is_none()
    }

    /// Sends a signal: `TERM`, `STOP`, `CONT`…
    ///
    /// # Panics
    /// When there is nobody to send it to.
    pub fn signal(&self, name: &str) {
        let told = Command::new("kill")
            .args([&format!("-{name}"), &self.pid().to_string()])
            .status()
            .expect("kill runs");
        assert!(told.success(), "SIG{name} was not sent");
    }

    /// Ends it from one moment to the next, as a failing power supply does: `SIGKILL`.
    pub fn kill(mut self) {
        self.end_at_once();
    }

    /// Tells it to stop, `SIGTERM`, and waits until it has.
    ///
    /// # Panics
    /// When the system does not tell how it ended.
    pub fn stop(mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().expect("it ends")
    }

    fn end_at_once(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end_at_once();
    }
}

/// What a program said. It is read as it comes, or a full pipe would stop the program.
#[derive(Default)]
struct Log {
    lines: Mutex<Lines>,
    news: Condvar,
}

#[derive(Default)]
struct Lines {
    all: Vec<String>,
    ended: bool,
}

impl Log {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn follow(&self, log: impl BufRead) {
        for line in log.lines().map_while(Result::ok) {
            self.lines().all.push(line);
            self.news.notify_all();
        }
        self.lines().ended = true;
        self.news.notify_all();
    }
}

impl Lines {
    fn tail(&self) -> String {
        self.all[self.all.len().saturating_sub(30)..].join("\n")
    }
}

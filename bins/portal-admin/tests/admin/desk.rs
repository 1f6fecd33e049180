//! Somebody at a terminal.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use store::SchemaStatus;
use tempfile::TempDir;
use testkit::{Engine, OnEngine, TestDatabase};

/// A terminal with an empty environment but for the database's address, in a folder of its own.
pub(crate) struct Desk {
    pub(crate) data: TestDatabase,
    pub(crate) folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl OnEngine for Desk {
    fn on(engine: Engine) -> Self {
        let data = TestDatabase::unmigrated(engine);
        assert!(matches!(
            data.database().schema_status(),
            Ok(SchemaStatus::Missing(_))
        ));
        let url = data.database().url().to_string();
        Self {
            data,
            folder: tempfile::tempdir().unwrap(),
            settings: vec![
                ("DATABASE_URL", url),
                ("USER", "casey".to_owned()),
                // Nobody listens on a port that no connection can have.
                ("SLMM_BASE_URL", "http://127.0.0.1:1".to_owned()),
            ],
        }
    }
}

impl Desk {
    /// On SQLite, for what has nothing to do with the engine.
    pub(crate) fn new() -> Self {
        Self::on(Engine::Sqlite)
    }

    /// The same terminal with this setting too.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
        self
    }

    /// The same terminal without this setting.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.settings.retain(|(known, _)| *known != name);
        self
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal-admin"));
        command
            .args(arguments)
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(&self.command(arguments).output().unwrap())
    }

    /// With this on standard input.
    pub(crate) fn run_with(&self, input: &[u8], arguments: &[&str]) -> Outcome {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that refuses early does not read to the end.
        let _unread = child.stdin.take().unwrap().write_all(input);
        Outcome::of(&child.wait_with_output().unwrap())
    }

    /// What people are answered.
    pub(crate) fn text(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (0, ""),
            "{arguments:?}"
        );
        outcome.stdout
    }

    /// What programs are answered: one object on one line.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let out = self.text(&[arguments, &["--json"]].concat());
        assert_eq!(out.lines().count(), 1, "{out}");
        let value: Value = serde_json::from_str(&out).unwrap();
        assert!(value.is_object(), "{out}");
        value
    }

    /// The id of what was made; nothing else is answered.
    pub(crate) fn make(&self, arguments: &[&str]) -> String {
        let answer = self.json(arguments);
        let id = answer["id"].as_str().unwrap().to_owned();
        assert_eq!(answer, serde_json::json!({ "id": id }));
        id
    }

    /// Why it was not done.
    pub(crate) fn refusal(&self, arguments: &[&str]) -> String {
        self.run(arguments).failed(1, arguments)
    }

    /// Why it was not understood.
    pub(crate) fn usage(&self, arguments: &[&str]) -> String {
        self.run(arguments).failed(2, arguments)
    }

    /// The rows of a list.
    pub(crate) fn list(&self, what: &str) -> Vec<Value> {
        let answer = self.json(&["list", what]);
        answer[what].as_array().unwrap().clone()
    }
}

/// How the program ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// One line on standard error, nothing on standard output, and that exit code.
    pub(crate) fn failed(self, code: i32, arguments: &[&str]) -> String {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (code, ""),
            "{arguments:?} {self:?}"
        );
        assert_eq!(self.stderr.lines().count(), 1, "{arguments:?} {self:?}");
        let problem = self.stderr.trim_end().strip_prefix("error: ");
        problem.unwrap_or_else(|| panic!("{self:?}")).to_owned()
    }
}

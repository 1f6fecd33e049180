//! Warnings and errors are kept as well as logged.

use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use web::recent::{RecentLog, Severity};

/// Keeps what the log says at the levels WARN and ERROR, with the same fields. It stands behind the
/// log's own filter: what is not logged is not kept.
pub(crate) struct Keep(pub(crate) RecentLog);

impl<S: Subscriber> Layer<S> for Keep {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let severity = match *event.metadata().level() {
            Level::ERROR => Severity::Error,
            Level::WARN => Severity::Warning,
            _ => return,
        };
        let mut words = Words::default();
        event.record(&mut words);
        let text = words.message + &words.fields;
        self.0.keep(severity, event.metadata().target(), &text);
    }
}

/// The message, and after it each field as ` name=value`.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let written = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            // Where a line of another logger came from; the log leaves it out, too.
            name if name.starts_with("log.") => Ok(()),
            name => write!(self.fields, " {name}={value:?}"),
        };
        // Writing to a String does not fail.
        written.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::layer::SubscriberExt;

    #[test]
    fn warnings_and_errors_are_kept_with_their_fields_and_nothing_else_is() {
        let log = RecentLog::default();
        let filter = tracing_subscriber::EnvFilter::new("info,quiet=off");
        let subscriber = tracing_subscriber::registry()
            .with(filter)
            .with(Keep(log.clone()));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!("all is well");
            tracing::error!(target: "quiet", "nobody is to hear this");
            tracing::warn!(cause = %"no route", tries = 3, "SLMM is away");
            tracing::error!(name = "x", "broken");
        });
        let kept: Vec<_> = log
            .newest()
            .into_iter()
            .map(|line| (line.severity, line.text))
            .collect();
        let due = [
            (Severity::Error, "broken name=\"x\"".to_owned()),
            (
                Severity::Warning,
                "SLMM is away cause=no route tries=3".to_owned(),
            ),
        ];
        assert_eq!(kept, due);
        assert!(log.newest()[0].source.starts_with("settings"));
    }
}

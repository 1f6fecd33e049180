//! Which SQL statements something takes.

use std::cell::RefCell;

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

thread_local! {
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// The statements that this thread sends while `work` runs, those of transactions too, over
/// connections that `open` or `work` make: earlier ones are not listened to.
///
/// # Panics
/// When diesel takes no listener.
pub fn statements<D, T>(open: impl FnOnce() -> D, work: impl FnOnce(&D) -> T) -> (T, Vec<String>) {
    set_default_instrumentation(listener).expect("diesel takes a listener");
    let opened = open();
    HEARD.set(Some(Vec::new()));
    let value = work(&opened);
    (value, HEARD.take().unwrap_or_default())
}

fn listener() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        let InstrumentationEvent::StartQuery { query, .. } = event else {
            return;
        };
        HEARD.with_borrow_mut(|heard| {
            if let Some(heard) = heard {
                heard.push(query.to_string());
            }
        });
    }))
}

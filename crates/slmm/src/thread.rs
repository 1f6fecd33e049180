//! A thread with a runtime of its own: the HTTP client cannot leave the thread it was made on.

use std::sync::mpsc;

use crate::error::SlmmError;

/// Runs what `task` makes on a thread of that name, until it ends.
///
/// # Errors
/// [`SlmmError::Start`] when the thread or its runtime cannot be had.
pub fn own_thread<F: Future<Output = ()>>(
    name: &str,
    task: impl FnOnce() -> F + Send + 'static,
) -> Result<(), SlmmError> {
    let (ready, started) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || match actix_rt::Runtime::new() {
            Ok(runtime) => {
                // The receiver waits for exactly this message.
                ready.send(Ok(())).ok();
                runtime.block_on(task());
            }
            Err(error) => {
                ready.send(Err(error)).ok();
            }
        })
        .map_err(SlmmError::Start)?;
    match started.recv() {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(SlmmError::Start(error)),
        Err(gone) => Err(SlmmError::Start(std::io::Error::other(gone))),
    }
}

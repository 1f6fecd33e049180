//! The thread that talks to SLMM.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};

use crate::cache::Ask;
use crate::config::Config;
use crate::desk::Desk;
use crate::error::SlmmError;
use crate::failure::Failure;
use crate::feed::Exchange;
use crate::http::{Http, Reply};
use crate::query::Query;
use crate::thread::own_thread;

/// One request to be sent. However it ends, even if it is dropped on the way, those who wait for
/// it are told.
#[derive(Debug)]
pub(crate) struct Job {
    desk: Arc<Desk>,
    query: Query,
    ask: Ask,
    settled: bool,
}

impl Job {
    pub(crate) fn new(desk: Arc<Desk>, query: Query, ask: Ask) -> Self {
        Self {
            desk,
            query,
            ask,
            settled: false,
        }
    }

    fn settle(&mut self, reply: Result<Reply, Failure>) {
        self.settled = true;
        self.desk.settle(&self.query, self.ask, reply);
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.settled {
            self.settle(Err(Failure::Stopped));
        }
    }
}

/// Starts the thread. It ends when the feeds do.
pub(crate) fn start(
    config: Config,
    queue: mpsc::UnboundedReceiver<Job>,
    feeds: Exchange,
) -> Result<(), SlmmError> {
    own_thread("slmm", move || async move {
        tokio::select! {
            () = feeds.run(&config) => {}
            () = run(&config, queue) => {}
        }
    })
}

async fn run(config: &Config, mut queue: mpsc::UnboundedReceiver<Job>) {
    let http = Rc::new(Http::new(config));
    let permits = config.turns();
    while let Some(job) = queue.recv().await {
        let (http, permits) = (Rc::clone(&http), Arc::clone(&permits));
        let longest_wait = config.timeout();
        actix_rt::spawn(async move { serve(job, &http, &permits, longest_wait).await });
    }
}

/// Waits in order for its turn, no longer than a request may take, then asks. The turn is over
/// when everybody knows the result: whoever is next must know that SLMM has been given up.
async fn serve(mut job: Job, http: &Http, permits: &Semaphore, longest_wait: Duration) {
    let _permit = match tokio::time::timeout(longest_wait, permits.acquire()).await {
        Ok(Ok(permit)) => permit,
        Ok(Err(_closed)) => return job.settle(Err(Failure::Stopped)),
        Err(_elapsed) => return job.settle(Err(Failure::Crowded)),
    };
    let desk = Arc::clone(&job.desk);
    if desk.admits(job.ask) {
        let _in_flight = desk.tally.depart();
        desk.was_sent(&job.query);
        let reply = http.get(&job.query).await;
        job.settle(reply);
    } else {
        job.settle(Err(Failure::Held));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::cache::Look;
    use domain::{RandomError, RandomSource, SystemClock};

    struct NoRandomness;

    impl RandomSource for NoRandomness {
        fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
            Err(RandomError)
        }
    }

    #[tokio::test]
    async fn whoever_waits_for_a_job_that_is_lost_is_told() {
        let desk = Arc::new(Desk::new(Arc::new(SystemClock), Arc::new(NoRandomness)));
        let now = desk.clock.elapsed();
        let Look::JoinAndAsk(passenger, ask) = desk.monitors.look(&(), now, &desk.breaker) else {
            panic!("nothing is known yet");
        };
        drop(Job::new(Arc::clone(&desk), Query::Monitors, ask));
        let hour = Duration::from_hours(1);
        let answer = passenger
            .arrival(hour, || panic!("it was told nothing"))
            .await;
        assert!(matches!(answer, Answer::Nothing));
        assert_eq!(desk.tally.read().failures, 1);
    }
}

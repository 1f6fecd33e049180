//! The thread that talks to SLMM on behalf of staff.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use awc::Client;
use awc::error::{ConnectError, SendRequestError};
use slmm::plumbing::{Failure, client, own_thread, unsent, whole};
use slmm::{Config, SlmmError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::call::Call;
use crate::outcome::{Missed, Outcome};

/// How many calls may be under way or stand in line.
const PLACES: usize = 64;

/// One call to be made, with its place in the line.
#[derive(Debug)]
struct Job {
    call: Arc<Call>,
    reply: oneshot::Sender<Outcome>,
    _place: OwnedSemaphorePermit,
}

/// The way to the thread. When the last clone is gone the thread ends, after what was asked.
#[derive(Debug, Clone)]
pub(crate) struct Hub {
    jobs: mpsc::UnboundedSender<Job>,
    places: Arc<Semaphore>,
}

impl Hub {
    pub(crate) fn start(config: Config) -> Result<Self, SlmmError> {
        // Unbounded, but every job holds one of the places.
        let (jobs, queue) = mpsc::unbounded_channel();
        own_thread("slmm-operator", move || run(config, queue))?;
        let places = Arc::new(Semaphore::new(PLACES));
        Ok(Self { jobs, places })
    }

    /// Makes a call. Whoever stops waiting before it is sent takes it back; what has been sent is
    /// seen through.
    pub(crate) async fn make(&self, call: Arc<Call>) -> Outcome {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_full| Missed::unsent(Failure::Crowded))?;
        let (reply, answer) = oneshot::channel();
        let job = Job {
            call,
            reply,
            _place: place,
        };
        self.jobs
            .send(job)
            .map_err(|_gone| Missed::unsent(Failure::Stopped))?;
        answer.await.unwrap_or(Err(Missed::lost(Failure::Stopped)))
    }
}

/// The one client. It lives on the thread it was made on.
struct Http {
    client: Client,
    base_url: String,
    timeout: Duration,
}

async fn run(config: Config, mut queue: mpsc::UnboundedReceiver<Job>) {
    let http = Rc::new(Http {
        client: client(&config),
        base_url: config.base_url().to_owned(),
        timeout: config.timeout(),
    });
    let permits = config.turns();
    while let Some(job) = queue.recv().await {
        let (http, permits) = (Rc::clone(&http), Arc::clone(&permits));
        actix_rt::spawn(async move { serve(job, &http, &permits).await });
    }
    // A write that is under way is not cut off. Each is bounded in time, and so is this.
    let all = u32::try_from(config.max_requests()).unwrap_or(u32::MAX);
    drop(permits.acquire_many(all).await);
}

/// Waits in order for its turn, no longer than a request may take, then asks.
async fn serve(job: Job, http: &Http, permits: &Semaphore) {
    let Job { call, reply, .. } = job;
    let outcome = match tokio::time::timeout(http.timeout, permits.acquire()).await {
        // Nobody waits for it any more, and nothing has been done.
        Ok(Ok(_)) if reply.is_closed() => return,
        Ok(Ok(_permit)) => http.ask(&call).await,
        Ok(Err(_closed)) => Err(Missed::unsent(Failure::Stopped)),
        Err(_elapsed) => Err(Missed::unsent(Failure::Crowded)),
    };
    // Whoever asked may have gone meanwhile.
    drop(reply.send(outcome));
}

impl Http {
    /// Asks once, and reads the reply to its end, all within the time-out.
    async fn ask(&self, call: &Call) -> Outcome {
        tokio::time::timeout(self.timeout, self.exchange(call))
            .await
            .unwrap_or(Err(Missed::lost(Failure::TimedOut)))
    }

    /// Each request has a connection of its own: in one that was kept, a write could meet SLMM just
    /// closing it, and nobody would know whether it arrived.
    async fn exchange(&self, call: &Call) -> Outcome {
        let url = format!("{}{}", self.base_url, call.path());
        let mut request = self.client.request(call.method(), url).force_close();
        if let Some((name, value)) = call.query() {
            request = request
                .query(&[(name, value)])
                .map_err(|_not_a_query| Missed::unsent(Failure::Malformed))?;
        }
        let sending = match call.body() {
            Some(json) => request
                .content_type("application/json")
                .send_body(json.to_vec()),
            None => request.send(),
        };
        let mut response = sending.await.map_err(missed)?;
        whole(&mut response, call.reply_limit())
            .await
            .map_err(Missed::lost)
    }
}

/// Only what fails before there is a connection is certainly not sent. (`Disconnected` is awc's
/// word also for a connection that ends after the request, without an answer.)
fn missed(error: SendRequestError) -> Missed {
    let unconnected = matches!(
        error,
        SendRequestError::Url(_)
            | SendRequestError::Connect(
                ConnectError::Resolver(_)
                    | ConnectError::NoRecords
                    | ConnectError::Unresolved
                    | ConnectError::Timeout
                    | ConnectError::Io(_)
            )
    );
    let why = unsent(error);
    if unconnected {
        Missed::unsent(why)
    } else {
        Missed::lost(why)
    }
}

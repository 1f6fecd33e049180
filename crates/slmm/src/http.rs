//! One HTTP request: bounded in time and size, followed nowhere.
//!
//! There is no other method than GET here, and no other way out of this crate.

use std::time::Duration;

use awc::error::{PayloadError, SendRequestError};
use awc::{Client, ClientResponse, Connector};
use bytes::Bytes;
use futures_util::Stream;

use crate::config::Config;
use crate::failure::Failure;
use crate::query::Query;

/// SLMM's server drops an idle connection after 5 s. Ours go first, so that a request is never
/// sent into one that is just being closed.
const IDLE_CONNECTION: Duration = Duration::from_secs(4);

/// A complete reply, whatever its status.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Bytes,
}

/// The one client. It lives on the thread it was made on.
pub(crate) struct Http {
    client: Client,
    base_url: String,
    timeout: Duration,
}

/// A client for requests or for sockets, which hold their place in its pool for life: how many there
/// are of either is limited before they come here. Its own time-out covers a request's head only;
/// ours cover the whole.
pub fn client(config: &Config) -> Client {
    let connector = Connector::new()
        .limit(0)
        .timeout(config.timeout())
        .conn_keep_alive(IDLE_CONNECTION);
    Client::builder()
        .connector(connector)
        .disable_redirects()
        .disable_timeout()
        .finish()
}

impl Http {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            client: client(config),
            base_url: config.base_url().to_owned(),
            timeout: config.timeout(),
        }
    }

    /// Asks, and reads the reply to its end: a body left unread would cost the connection. Of one
    /// that is too large or too slow the connection is dropped.
    pub(crate) async fn get(&self, query: &Query) -> Result<Reply, Failure> {
        tokio::time::timeout(self.timeout, self.exchange(query))
            .await
            .unwrap_or(Err(Failure::TimedOut))
    }

    async fn exchange(&self, query: &Query) -> Result<Reply, Failure> {
        let url = format!("{}{}", self.base_url, query.target());
        let mut response = self.client.get(url).send().await.map_err(unsent)?;
        whole(&mut response, query.body_limit()).await
    }
}

/// Reads a response to its end, if that comes before so many bytes.
///
/// # Errors
/// [`Failure`] says what is wrong with the body.
pub async fn whole<S>(response: &mut ClientResponse<S>, limit: usize) -> Result<Reply, Failure>
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    let status = response.status().as_u16();
    let body = response.body().limit(limit).await.map_err(unread)?;
    Ok(Reply { status, body })
}

/// Why a request had no response. Whether it reached SLMM is not said.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what map_err hands over"
)]
pub fn unsent(error: SendRequestError) -> Failure {
    match error {
        SendRequestError::Timeout => Failure::TimedOut,
        SendRequestError::Response(_) => Failure::Malformed,
        _ => Failure::Unreachable,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what map_err hands over"
)]
fn unread(error: PayloadError) -> Failure {
    match error {
        PayloadError::Overflow => Failure::TooLarge,
        PayloadError::UnknownLength | PayloadError::EncodingCorrupted => Failure::Malformed,
        _ => Failure::Unreachable,
    }
}

//! Where SLMM is, and how gently it is treated.

use std::sync::Arc;
use std::time::Duration;

use awc::http::Uri;
use tokio::sync::Semaphore;

use crate::error::SlmmError;
use crate::feed::FeedTimes;

/// Where SLMM is and how it is asked. There is no other way to have one than [`Config::new`], so
/// every one is valid.
///
/// Clones share the turns in which requests are made: of all clients that one configuration and its
/// clones start, no more than `max_requests` requests are in flight together.
#[derive(Debug, Clone)]
pub struct Config {
    base_url: String,
    timeout: Duration,
    max_requests: usize,
    max_feeds: usize,
    feed_times: FeedTimes,
    turns: Arc<Semaphore>,
}

impl Config {
    /// Together with the usual four requests this is what SLMM bears, with two to spare.
    const USUAL_FEEDS: usize = 8;
    const TIMEOUTS: std::ops::RangeInclusive<Duration> =
        Duration::from_millis(10)..=Duration::from_mins(1);
    const REQUESTS: std::ops::RangeInclusive<usize> = 1..=64;
    const FEEDS: std::ops::RangeInclusive<usize> = 1..=256;

    /// Checks the settings.
    ///
    /// `base_url` is plain `http` (SLMM speaks nothing else), with a path prefix if SLMM is behind
    /// one; a slash at its end is dropped. `timeout` is for a whole request, head and body.
    /// `max_requests` are in flight at once, over all meters.
    ///
    /// # Errors
    /// [`SlmmError`] that says what would be right.
    pub fn new(base_url: &str, timeout: Duration, max_requests: usize) -> Result<Self, SlmmError> {
        let base_url = base_url.trim();
        if let Some(wrong) = fault(base_url) {
            return Err(SlmmError::BaseUrl {
                got: base_url.to_owned(),
                wrong,
            });
        }
        if !Self::TIMEOUTS.contains(&timeout) {
            return Err(SlmmError::Timeout { got: timeout });
        }
        if !Self::REQUESTS.contains(&max_requests) {
            return Err(SlmmError::MaxRequests { got: max_requests });
        }
        Ok(Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            timeout,
            max_requests,
            max_feeds: Self::USUAL_FEEDS,
            feed_times: FeedTimes::default(),
            turns: Arc::new(Semaphore::new(max_requests)),
        })
    }

    /// The same with another number of meters that are watched live at once; 8 is usual.
    ///
    /// # Errors
    /// [`SlmmError::MaxFeeds`] unless from 1 to 256.
    pub fn with_max_feeds(self, max_feeds: usize) -> Result<Self, SlmmError> {
        if !Self::FEEDS.contains(&max_feeds) {
            return Err(SlmmError::MaxFeeds { got: max_feeds });
        }
        Ok(Self { max_feeds, ..self })
    }

    /// The same with other times for feeds. The usual ones are right; tests have no patience.
    #[doc(hidden)]
    #[must_use]
    pub fn with_feed_times(self, feed_times: FeedTimes) -> Self {
        Self { feed_times, ..self }
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The time-out of a whole request, head and body.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// How many requests may be in flight at once.
    pub fn max_requests(&self) -> usize {
        self.max_requests
    }

    /// How many meters may be watched live at once.
    pub fn max_feeds(&self) -> usize {
        self.max_feeds
    }

    /// The turns in which requests are made, one each.
    #[doc(hidden)]
    pub fn turns(&self) -> Arc<Semaphore> {
        Arc::clone(&self.turns)
    }

    pub(crate) fn feed_times(&self) -> FeedTimes {
        self.feed_times
    }
}

fn fault(url: &str) -> Option<&'static str> {
    let Ok(uri) = url.parse::<Uri>() else {
        return Some("is no URL");
    };
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if uri.scheme_str() != Some("http") {
        Some("does not begin with http://")
    } else if uri.host().is_none_or(str::is_empty) {
        Some("names no host")
    } else if authority.contains('@') {
        Some("holds a user name, which SLMM would not look at")
    } else if authority
        .rsplit_once(']')
        .map_or(authority, |(_, port)| port)
        .contains(':')
        && uri.port_u16().is_none_or(|port| port == 0)
    {
        Some("has no valid port")
    } else if uri.query().is_some() || url.contains('#') {
        Some("goes on after its path")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Result<String, String> {
        Config::new(url, Duration::from_secs(3), 4)
            .map(|config| config.base_url().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn clones_share_their_turns() {
        let new = || Config::new("http://127.0.0.1:8100", Duration::from_secs(3), 1).unwrap();
        let config = new();
        let held = config.clone().with_max_feeds(2).unwrap().turns();
        let _turn = held.try_acquire().unwrap();
        assert!(config.turns().try_acquire().is_err());
        assert!(new().turns().try_acquire().is_ok());
    }

    #[test]
    fn a_base_url_may_have_a_path_prefix() {
        for (given, kept) in [
            ("http://127.0.0.1:8100", "http://127.0.0.1:8100"),
            (" http://slmm.lan/ ", "http://slmm.lan"),
            (
                "http://[::1]:8100/devices/slmm/",
                "http://[::1]:8100/devices/slmm",
            ),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(base(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn what_is_wrong_with_a_base_url_is_said() {
        for (given, said) in [
            ("", "is no URL"),
            ("https://slmm.lan", "does not begin with http://"),
            ("slmm.lan:8100", "does not begin with http://"),
            ("/api", "does not begin with http://"),
            ("http://", "is no URL"),
            ("http://:8100", "names no host"),
            ("http://user:secret@slmm.lan", "holds a user name"),
            ("http://slmm.lan:0", "has no valid port"),
            ("http://slmm.lan:99999", "has no valid port"),
            ("http://slmm.lan/?a=1", "goes on after its path"),
            ("http://slmm.lan/#a", "goes on after its path"),
            ("http://slmm lan", "is no URL"),
        ] {
            let message = base(given).unwrap_err();
            assert!(message.contains(said), "{given:?}: {message}");
            assert!(message.contains("http://127.0.0.1:8100"), "{message}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let url = "http://127.0.0.1:8100";
        assert!(Config::new(url, Duration::ZERO, 4).is_err());
        assert!(Config::new(url, Duration::from_secs(61), 4).is_err());
        assert!(Config::new(url, Duration::from_secs(3), 0).is_err());
        assert!(Config::new(url, Duration::from_secs(3), 65).is_err());
        for (feeds, right) in [(0, false), (1, true), (256, true), (257, false)] {
            let config = Config::new(url, Duration::from_secs(3), 4).unwrap();
            assert_eq!(config.with_max_feeds(feeds).is_ok(), right, "{feeds}");
        }
    }
}

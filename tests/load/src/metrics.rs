//! What the portal counts of itself.

/// The portal's metrics.
pub struct Metrics {
    /// `http://ADDRESS:PORT`.
    pub url: String,
}

impl Metrics {
    /// One figure.
    ///
    /// # Panics
    /// When the portal does not tell it.
    pub async fn figure(&self, name: &str) -> u64 {
        let url = format!("{}/metrics", self.url.trim_end_matches('/'));
        let answer = reqwest::get(url).await.expect("metrics are told");
        let text = answer.text().await.expect("a body");
        let prefix = format!("terra_view_{name} ");
        let value = text.lines().find_map(|line| line.strip_prefix(&prefix));
        value.expect("the figure").parse().expect("a number")
    }
}

//! Portals on ports that they keep.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use serde_json::{Value, json};
use testkit::{House, PortalApp, PortalOptions};
use web::MapTiles;

use crate::order::PortalTuning;

/// A portal that may be up or down.
pub(crate) struct Served {
    address: SocketAddr,
    tuning: PortalTuning,
    app: Option<PortalApp>,
}

impl Served {
    /// Starts a portal on a port that is free now.
    pub(crate) fn start(house: &House, tuning: PortalTuning) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = free.local_addr().expect("a port");
        drop(free);
        let mut served = Self {
            address,
            tuning,
            app: None,
        };
        served.up(house);
        served
    }

    /// Where browsers find it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Goes down, and lets go of its port.
    pub(crate) fn down(&mut self) {
        drop(self.app.take());
    }

    /// Comes up where it was.
    pub(crate) fn up(&mut self, house: &House) {
        let (address, origin) = (self.address, self.url());
        let tuning = self.tuning.clone();
        self.app = Some(house.portal_with(|options| {
            options.listen = address;
            options.more = web_portal::styleguide::configure;
            options.report_every = Some(Duration::from_secs(1));
            options.settings.origin = origin.parse().expect("an origin");
            tune(options, tuning);
        }));
    }

    /// What it counted so far.
    pub(crate) fn metrics(&self) -> Option<Value> {
        let counted = self.app.as_ref()?.metrics();
        Some(json!({
            "viewers": counted.live.viewers,
            "channels": counted.live.channels,
            "admitted": counted.live.admitted,
            "refused": counted.live.refused,
            "frames": counted.live.frames,
            "feeds": counted.feeds.open,
            "slmm_requests": counted.slmm.requests,
            "verifications": counted.verifications,
        }))
    }
}

fn tune(options: &mut PortalOptions, tuning: PortalTuning) {
    if let Some(feeds) = tuning.slmm_max_feeds {
        options.slmm_max_feeds = feeds;
    }
    let settings = &mut options.settings;
    if let Some(brand) = tuning.brand {
        settings.brand = brand;
    }
    if let Some(seconds) = tuning.stream_cap_s {
        settings.stream_cap = Duration::from_secs(seconds);
    }
    if let Some(seconds) = tuning.stale_after_s {
        settings.stale_after = Duration::from_secs(seconds);
    }
    settings.map = tuning.map_tile_url.map(|url| {
        let url = url.parse().expect("an URL of tiles");
        MapTiles::new(url, &tuning.map_tile_attribution)
    });
}

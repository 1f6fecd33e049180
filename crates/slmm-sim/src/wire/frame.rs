//! What the socket carries.

use bytestring::ByteString;
use domain::Timestamp;
use serde::Serialize;

use super::{Levels, naive};
use crate::monitor::Frame;

#[derive(Serialize)]
struct DataFrame<'a> {
    unit_id: &'a str,
    timestamp: String,
    measurement_state: &'a str,
    measurement_start_time: Option<String>,
    counter: (),
    #[serde(flatten)]
    levels: Levels,
    raw_payload: String,
    feed_status: &'static str,
}

#[derive(Serialize)]
struct FeedFrame<'a> {
    unit_id: &'a str,
    timestamp: String,
    feed_status: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    heartbeat: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A frame as the socket carries it.
pub(crate) fn frame(unit_id: &str, frame: &Frame) -> ByteString {
    match frame {
        Frame::Text(text) => text.clone(),
        Frame::Unreachable { at } => text(&FeedFrame {
            unit_id,
            timestamp: naive(*at),
            feed_status: "unreachable",
            heartbeat: false,
        }),
        Frame::Data {
            at,
            state,
            start,
            snapshot,
        } => text(&DataFrame {
            unit_id,
            timestamp: naive(*at),
            measurement_state: state,
            measurement_start_time: start.map(naive),
            counter: (),
            levels: snapshot.named().into(),
            raw_payload: snapshot.raw(),
            feed_status: "ok",
        }),
    }
}

/// The frame that only says that the loop goes round.
pub(crate) fn heartbeat(unit_id: &str, at: Timestamp, reachable: bool) -> ByteString {
    let feed_status = if reachable { "ok" } else { "unreachable" };
    text(&FeedFrame {
        unit_id,
        timestamp: naive(at),
        feed_status,
        heartbeat: true,
    })
}

/// Writing these shapes cannot fail: they hold text and finite numbers only.
fn text(body: &impl Serialize) -> ByteString {
    serde_json::to_string(body).unwrap_or_default().into()
}

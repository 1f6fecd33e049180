//! `WS /{unit}/monitor`

use domain::{RunState, UnitId};

use super::said::{field, hold_levels, is_anothers, json};
use crate::failure::Failure;
use crate::wire::{self, Frame};

/// A frame is this meter's, of the time it says; a heartbeat is no data, and what says nothing is
/// no frame.
pub fn frame(unit: &UnitId, text: &[u8]) {
    let frame = match wire::frame(text, unit) {
        Ok(frame) => frame,
        Err(failure) => {
            assert!(matches!(failure, Failure::Malformed | Failure::Mixed));
            return;
        }
    };
    let said = json(text).unwrap_or_default();
    assert!(!is_anothers(&said, unit), "another meter's is never shown");
    let beats = field(&said, "heartbeat") == Some(true);
    assert!(said.is_null() || beats == (frame == Frame::Heartbeat));
    let feed: Option<String> = field(&said, "feed_status");
    match frame {
        Frame::Heartbeat => {}
        Frame::Unreachable { at } => {
            assert!(said.is_null() || field(&said, "timestamp") == Some(at));
            assert!(said.is_null() || feed.as_deref() == Some("unreachable"));
        }
        Frame::Status(status) => {
            assert!(status.reachable);
            assert!(status.measuring_since.is_none() || status.run == RunState::Measuring);
            assert!(feed.is_none_or(|feed| feed == "ok"));
            let reading = status.reading.filter(|_| !said.is_null());
            if let Some(reading) = reading {
                assert_eq!(field(&said, "timestamp"), Some(reading.at));
                hold_levels(&reading.levels, &said);
            }
        }
    }
}

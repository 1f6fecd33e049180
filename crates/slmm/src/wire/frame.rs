//! A frame of `WS /{unit}/monitor`: what a meter said, or what became of it.

use domain::{Decibel, Levels, MeterStatus, Reading, Timestamp, UnitId};
use serde::Deserialize;

use super::loose::Loose;
use super::{is_of, read, status};
use crate::failure::Failure;

/// What a frame says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Frame {
    /// The meter spoke.
    Status(MeterStatus),
    /// The meter is lost since that moment.
    Unreachable { at: Timestamp },
    /// SLMM's loop goes round. What else it says of the meter may be wrong: `ok` comes also of
    /// one that has fallen silent already (SLMM 0.4.0).
    Heartbeat,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    unit_id: Loose<String>,
    timestamp: Loose<Timestamp>,
    feed_status: Loose<String>,
    heartbeat: Loose<bool>,
    measurement_state: Loose<String>,
    measurement_start_time: Loose<Timestamp>,
    lp: Loose<Decibel>,
    leq: Loose<Decibel>,
    lmax: Loose<Decibel>,
    lmin: Loose<Decibel>,
    lpeak: Loose<Decibel>,
    ln1: Loose<Decibel>,
    ln2: Loose<Decibel>,
    raw_payload: Loose<String>,
}

pub(super) fn parse(text: &[u8], unit: &UnitId) -> Result<Frame, Failure> {
    let data: Data = read(text)?;
    if !is_of(data.unit_id.0.as_deref(), unit) {
        return Err(Failure::Mixed);
    }
    if data.heartbeat.0 == Some(true) {
        return Ok(Frame::Heartbeat);
    }
    let at = data.timestamp.0.ok_or(Failure::Malformed)?;
    match data.feed_status.0.as_deref() {
        Some("unreachable") => Ok(Frame::Unreachable { at }),
        Some("ok") | None => data.status(at).map(Frame::Status),
        Some(_) => Err(Failure::Malformed),
    }
}

impl Data {
    /// A frame that says neither whether the meter measures nor any level says nothing, and must
    /// not pass for a meter without values.
    fn status(&self, at: Timestamp) -> Result<MeterStatus, Failure> {
        let said = self.measurement_state.0.as_deref();
        let levels = self.levels();
        if said.is_none() && levels.is_empty() {
            return Err(Failure::Malformed);
        }
        let run = status::run_state(said);
        Ok(MeterStatus {
            run,
            measuring_since: status::since(run, self.measurement_start_time.0),
            reading: Some(Reading {
                at,
                levels: status::believed(levels, self.raw_payload.0.as_deref()),
            }),
            reachable: true,
        })
    }

    fn levels(&self) -> Levels {
        Levels {
            lp: self.lp.0,
            leq: self.leq.0,
            lmax: self.lmax.0,
            lmin: self.lmin.0,
            lpeak: self.lpeak.0,
            ln1: self.ln1.0,
            ln2: self.ln2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::RunState;

    const AT: &str = "2026-11-21T04:22:48Z";

    fn parsed(fields: &str) -> Result<Frame, Failure> {
        let text = format!(r#"{{"timestamp":"2026-11-21T04:22:48"{fields}}}"#);
        parse(text.as_bytes(), &meter_id::parse("SLM-101").unwrap())
    }

    #[test]
    fn a_heartbeat_is_no_data_whatever_else_it_says() {
        for fields in [
            r#","heartbeat":true"#,
            r#","heartbeat":true,"feed_status":"ok","lp":"60.0","measurement_state":"Start""#,
            r#","heartbeat":true,"feed_status":"unreachable""#,
            r#","heartbeat":true,"feed_status":"later","lp":"loud""#,
        ] {
            assert_eq!(parsed(fields), Ok(Frame::Heartbeat), "{fields}");
        }
    }

    #[test]
    fn a_lost_meter_is_lost_since_the_frames_own_time() {
        let at = AT.parse().unwrap();
        let lost = r#","unit_id":"SLM-101","feed_status":"unreachable","lp":"60.0""#;
        assert_eq!(parsed(lost), Ok(Frame::Unreachable { at }));
    }

    #[test]
    fn a_level_alone_is_a_reading_of_an_unknown_run_state() {
        let Ok(Frame::Status(status)) = parsed(r#","lp":"61.5","extra":[{}]"#) else {
            panic!("it is data");
        };
        let reading = status.reading.unwrap();
        assert_eq!(
            (status.run, reading.levels.lp),
            (RunState::Unknown, Decibel::new(61.5))
        );
        assert_eq!(reading.at, AT.parse().unwrap());
    }

    #[test]
    fn what_says_nothing_of_this_meter_is_no_frame() {
        for (fields, failure) in [
            ("", Failure::Malformed),
            (r#","feed_status":"ok""#, Failure::Malformed),
            (r#","feed_status":"ok","lp":"-.-""#, Failure::Malformed),
            (
                r#","feed_status":"resting","lp":"60.0""#,
                Failure::Malformed,
            ),
            (r#","heartbeat":false,"lp":"loud""#, Failure::Malformed),
            (r#","unit_id":"SLM-102","lp":"60.0""#, Failure::Mixed),
            (r#","unit_id":"SLM-102","heartbeat":true"#, Failure::Mixed),
        ] {
            assert_eq!(parsed(fields), Err(failure), "{fields}");
        }
        let unit = meter_id::parse("SLM-101").unwrap();
        for text in [
            &br#"{"lp":"60.0","measurement_state":"Start"}"#[..],
            br#"{"feed_status":"unreachable"}"#,
            br#"[{"heartbeat":true}]"#,
            b"\xff\xfe",
            b"",
        ] {
            assert_eq!(parse(text, &unit), Err(Failure::Malformed));
        }
    }
}

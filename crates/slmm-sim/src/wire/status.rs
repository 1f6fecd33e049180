//! Units and their rows.

use serde::Serialize;

use super::{Levels, naive};
use crate::config::{FTP_PASSWORD, FTP_USERNAME};
use crate::snapshot::Snapshot;
use crate::unit::{Row, Unit};

#[derive(Serialize)]
pub(crate) struct StatusBody {
    status: &'static str,
    data: StatusData,
}

#[derive(Serialize)]
struct StatusData {
    unit_id: String,
    last_seen: String,
    measurement_state: String,
    measurement_start_time: Option<String>,
    #[serde(flatten)]
    levels: Levels,
    battery_level: (),
    power_source: (),
    sd_remaining_mb: (),
    sd_free_ratio: (),
    raw_payload: Option<String>,
    is_reachable: bool,
    consecutive_failures: u32,
    last_poll_attempt: Option<String>,
    last_success: Option<String>,
    last_error: Option<String>,
}

pub(crate) fn status(unit: &Unit, row: &Row) -> StatusBody {
    let snapshot = row.snapshot.as_ref();
    let contact = &row.contact;
    StatusBody {
        status: "ok",
        data: StatusData {
            unit_id: unit.id.clone(),
            last_seen: naive(row.last_seen),
            measurement_state: row.measurement_state.clone(),
            measurement_start_time: row.measurement_start_time.map(naive),
            levels: snapshot.map(|said| said.named().into()).unwrap_or_default(),
            battery_level: (),
            power_source: (),
            sd_remaining_mb: (),
            sd_free_ratio: (),
            raw_payload: snapshot.map(Snapshot::raw),
            is_reachable: contact.is_reachable,
            consecutive_failures: contact.consecutive_failures,
            last_poll_attempt: contact.last_poll_attempt.map(naive),
            last_success: contact.last_success.map(naive),
            last_error: contact.last_error.clone(),
        },
    }
}

#[derive(Serialize)]
pub(crate) struct RosterBody {
    status: &'static str,
    devices: Vec<Device>,
    total: usize,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "SLMM's shape")]
struct Device {
    unit_id: String,
    host: &'static str,
    tcp_port: u16,
    ftp_port: u16,
    tcp_enabled: bool,
    ftp_enabled: bool,
    ftp_username: &'static str,
    ftp_password: &'static str,
    web_enabled: bool,
    poll_enabled: bool,
    poll_interval_seconds: u32,
    monitor_enabled: bool,
    status: Option<DeviceStatus>,
}

#[derive(Serialize)]
struct DeviceStatus {
    last_seen: String,
    measurement_state: String,
    is_reachable: bool,
    consecutive_failures: u32,
    last_success: Option<String>,
    last_error: Option<String>,
}

pub(crate) fn roster(units: &[Unit]) -> RosterBody {
    let devices: Vec<Device> = units.iter().map(device).collect();
    RosterBody {
        status: "ok",
        total: devices.len(),
        devices,
    }
}

fn device(unit: &Unit) -> Device {
    Device {
        unit_id: unit.id.clone(),
        host: "127.0.0.1",
        tcp_port: unit.tcp_port,
        ftp_port: 21,
        tcp_enabled: true,
        ftp_enabled: false,
        ftp_username: FTP_USERNAME,
        ftp_password: FTP_PASSWORD,
        web_enabled: false,
        poll_enabled: true,
        poll_interval_seconds: 60,
        monitor_enabled: unit.monitor_enabled,
        status: unit.row.as_ref().map(|row| DeviceStatus {
            last_seen: naive(row.last_seen),
            measurement_state: row.measurement_state.clone(),
            is_reachable: row.contact.is_reachable,
            consecutive_failures: row.contact.consecutive_failures,
            last_success: row.contact.last_success.map(naive),
            last_error: row.contact.last_error.clone(),
        }),
    }
}

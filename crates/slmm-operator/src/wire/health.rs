//! `GET /health`: a constant.

use serde::Deserialize;
use slmm::plumbing::{Failure, Loose, Reply, read};

use super::words::{Words, at_most};
use crate::answer::good;
use crate::device::Health;

#[derive(Deserialize)]
struct Envelope {
    status: String,
    #[serde(default)]
    service: Loose<Words>,
    #[serde(default)]
    version: Loose<Words>,
}

pub(crate) fn health(reply: &Reply) -> Result<Health, Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    if envelope.status != "ok" {
        return Err(Failure::Malformed);
    }
    Ok(Health {
        service: at_most(80, envelope.service),
        version: at_most(40, envelope.version),
    })
}

//! Typed identifiers of our own: `UUIDv7`. (A meter's is SLMM's text: [`crate::UnitId`].)

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::{Clock, RandomError, RandomSource};

/// The text is no identifier of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is a UUID in lower case, such as 0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01")]
pub struct IdError;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id (`UUIDv7`, RFC 9562) of this moment.
            ///
            /// # Errors
            /// [`RandomError`] when there is no randomness to be had.
            pub fn generate(clock: &dyn Clock, random: &dyn RandomSource) -> Result<Self, RandomError> {
                new_v7(clock, random).map(Self)
            }

            /// This id, or the one that follows `earlier` where this one would come before it: ids
            /// of one millisecond are in no order by themselves.
            #[must_use]
            pub fn later_than(self, earlier: Self) -> Self {
                let next = Self(Uuid::from_u128(earlier.0.as_u128().saturating_add(1)));
                self.max(next)
            }

            /// The 16 bytes of the id, for tokens.
            pub fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// The id of these 16 bytes.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_uuid(text).map(Self)
            }
        }
    )+};
}

uuid_id! {
    /// A client of the firm.
    ClientId,
    /// A project of a client.
    ProjectId,
    /// A place where a project is monitored.
    LocationId,
    /// One stay of a meter at a location.
    AssignmentId,
    /// A one-time preview ticket.
    TicketId,
    /// A record of the audit log.
    AuditId,
    /// An account of a member of staff.
    OperatorUserId,
    /// A running portal process.
    ProcessId,
}

fn new_v7(clock: &dyn Clock, random: &dyn RandomSource) -> Result<Uuid, RandomError> {
    let mut bytes = [0; 10];
    random.fill(&mut bytes)?;
    let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

/// One spelling an id: what a database finds by text must not be had by another spelling.
fn parse_uuid(text: &str) -> Result<Uuid, IdError> {
    let id = Uuid::try_parse(text).map_err(|_not_uuid| IdError)?;
    let mut canonical = [0; uuid::fmt::Hyphenated::LENGTH];
    if id.hyphenated().encode_lower(&mut canonical) == text {
        Ok(id)
    } else {
        Err(IdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_made_to_follow_another() {
        let id = |text: &str| text.parse::<AuditId>().unwrap();
        let earlier = id("0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8eff");
        let next = id("0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8f00");
        let later = id("0192d3f4-7a11-7000-8000-000000000000");
        assert_eq!(earlier.later_than(earlier), next);
        assert_eq!(
            id("0192d3f4-7a10-7000-8000-000000000000").later_than(earlier),
            next
        );
        assert_eq!(later.later_than(earlier), later);
    }

    #[test]
    fn an_id_has_one_spelling() {
        let text = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";
        let id: LocationId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(LocationId::from_bytes(id.to_bytes()), id);
        for other in [
            "0192D3F4-7A10-7C3E-9B1A-2F6A5C9D8E01",
            "0192d3f47a107c3e9b1a2f6a5c9d8e01",
            "{0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01}",
            "urn:uuid:0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01",
            " 0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01",
            "",
            "1",
        ] {
            assert_eq!(other.parse::<LocationId>(), Err(IdError), "{other}");
        }
    }
}

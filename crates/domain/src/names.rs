//! The closed vocabularies of the chain: statuses and kinds, as the database writes them.

/// The word is not one of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{got:?} is not one of: {expected}")]
pub struct NameError {
    /// What was given.
    pub got: String,
    /// What would have been right.
    pub expected: &'static str,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident: $expected:literal { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every member, in the order it is listed to people.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word, as stored and as sent.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::names::NameError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::names::NameError { got: text.to_owned(), expected: $expected }),
                }
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// Where a project stands. Only a deleted one is out of every scope.
    ProjectStatus: "active, completed, archived, deleted" {
        /// Being monitored.
        Active = "active",
        /// Monitoring is over.
        Completed = "completed",
        /// Kept for the record.
        Archived = "archived",
        /// Gone for everybody; kept for history.
        Deleted = "deleted",
    }
}

vocabulary! {
    /// What a location monitors.
    LocationKind: "sound" {
        /// Sound levels.
        Sound = "sound",
    }
}

vocabulary! {
    /// What a unit of the roster is.
    DeviceKind: "slm" {
        /// A sound level meter.
        SoundLevelMeter = "slm",
    }
}

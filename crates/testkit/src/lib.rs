//! What tests need and nobody ships: time and chance that obey, and fresh databases.

#[cfg(feature = "apps")]
pub mod apps;
pub mod build;
pub mod clock;
pub mod database;
pub mod docs;
pub mod engine;
#[cfg(feature = "apps")]
pub mod house;
#[cfg(feature = "apps")]
pub mod installation;
pub mod nginx;
#[cfg(feature = "apps")]
pub mod operator_app;
pub mod postgres;
pub mod process;
pub mod random;
pub mod role;
#[cfg(feature = "apps")]
pub mod staff;
pub mod statements;
#[cfg(feature = "apps")]
pub mod viewer;
#[cfg(feature = "apps")]
pub mod visitor;

#[cfg(feature = "apps")]
pub use apps::{PortalApp, PortalOptions};
pub use build::{Site, TestAccount, TestPortal, at, cheap_hash, unit_id};
pub use clock::ManualClock;
pub use database::{RawConnection, TestDatabase};
pub use engine::{Engine, OnEngine};
#[cfg(feature = "apps")]
pub use house::House;
#[cfg(feature = "apps")]
pub use installation::Installation;
pub use nginx::{Nginx, free_address};
#[cfg(feature = "apps")]
pub use operator_app::{OperatorApp, OperatorOptions};
pub use postgres::Postgres;
pub use process::{Program, Running};
pub use random::SeededRandom;
pub use role::PORTAL_ROLE;
#[cfg(feature = "apps")]
pub use staff::{Factor, Member};
pub use statements::statements;
#[cfg(feature = "apps")]
pub use viewer::{News, Viewer};
#[cfg(feature = "apps")]
pub use visitor::{Reply, Visitor};

//! How the firm and its site are called and told of.

use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use domain::{Headline, TimeZone};

use crate::Refusal;

/// `HEADLINE_METRIC`, `LN1_LABEL`, `LN2_LABEL`, `STALE_AFTER_S`, `SITE_TIME_ZONE`, `BRAND_NAME`.
#[derive(Debug, Clone, Args)]
pub struct SiteArgs {
    /// The value that stands large on a tile: lp, leq, lmax, ln1 or ln2
    #[arg(
        long,
        env = "HEADLINE_METRIC",
        value_name = "HEADLINE_METRIC",
        default_value = "leq"
    )]
    headline_metric: Headline,

    /// What the meters' first percentile is set to
    #[arg(
        long,
        env = "LN1_LABEL",
        value_name = "LN1_LABEL",
        default_value = "L1"
    )]
    ln1_label: String,

    /// What the meters' second percentile is set to
    #[arg(
        long,
        env = "LN2_LABEL",
        value_name = "LN2_LABEL",
        default_value = "L10"
    )]
    ln2_label: String,

    /// How old a reading of a measuring meter may be before it is called stale, s
    #[arg(
        long,
        env = "STALE_AFTER_S",
        value_name = "STALE_AFTER_S",
        default_value = "60",
        value_parser = RangedU64ValueParser::<u64>::new().range(5..=86_400)
    )]
    stale_after_s: u64,

    /// The time zone (IANA) of projects that have none of their own
    #[arg(
        long,
        env = "SITE_TIME_ZONE",
        value_name = "SITE_TIME_ZONE",
        default_value = "America/New_York"
    )]
    site_time_zone: String,

    /// The firm's name, on every page
    #[arg(
        long,
        env = "BRAND_NAME",
        value_name = "BRAND_NAME",
        default_value = "Terra-View"
    )]
    brand_name: String,
}

/// The same, checked.
#[derive(Debug, Clone)]
pub struct Site {
    /// The firm's name.
    pub brand: String,
    /// The quantity that stands for a location.
    pub headline: Headline,
    /// What the meters' first percentile is set to.
    pub ln1_label: String,
    /// What the meters' second percentile is set to.
    pub ln2_label: String,
    /// How old a reading of a measuring meter may be before it is called stale.
    pub stale_after: Duration,
    /// The local time of projects that have none of their own.
    pub zone: TimeZone,
}

impl SiteArgs {
    /// Checks what clap could not.
    ///
    /// # Errors
    /// [`Refusal`] names the setting.
    pub fn site(self) -> Result<Site, Refusal> {
        let zone = TimeZone::get(&self.site_time_zone).map_err(|_unknown| {
            Refusal::new(
                "SITE_TIME_ZONE",
                "no such time zone; write an IANA name such as America/New_York",
            )
        })?;
        Ok(Site {
            brand: text("BRAND_NAME", &self.brand_name, 80)?,
            headline: self.headline_metric,
            ln1_label: text("LN1_LABEL", &self.ln1_label, 12)?,
            ln2_label: text("LN2_LABEL", &self.ln2_label, 12)?,
            stale_after: Duration::from_secs(self.stale_after_s),
            zone,
        })
    }
}

fn text(name: &'static str, value: &str, longest: usize) -> Result<String, Refusal> {
    if (1..=longest).contains(&value.trim().chars().count()) {
        Ok(value.trim().to_owned())
    } else {
        Err(Refusal::new(
            name,
            format_args!("write 1 to {longest} characters"),
        ))
    }
}

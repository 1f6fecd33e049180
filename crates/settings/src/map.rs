//! Where the ground of the map comes from.

use clap::Args;
use web::{MapTiles, TileUrl};

use crate::Refusal;

/// The longest attribution, characters.
const LONGEST: usize = 200;

/// `MAP_TILE_URL` and `MAP_TILE_ATTRIBUTION`.
#[derive(Debug, Clone, Args)]
pub struct MapArgs {
    /// Where map tiles come from, such as https://tiles.example.org/{z}/{x}/{y}.png; empty for a plain map without a third party
    #[arg(
        long,
        env = "MAP_TILE_URL",
        value_name = "MAP_TILE_URL",
        default_value = "",
        hide_default_value = true
    )]
    map_tile_url: String,

    /// Whom the map names as the source of its tiles; needed with MAP_TILE_URL
    #[arg(
        long,
        env = "MAP_TILE_ATTRIBUTION",
        value_name = "MAP_TILE_ATTRIBUTION",
        default_value = "",
        hide_default_value = true
    )]
    map_tile_attribution: String,
}

impl MapArgs {
    /// The source, if one is chosen.
    ///
    /// # Errors
    /// [`Refusal`] for a URL that is none of tiles, and for tiles without their source's name: every
    /// source asks to be named.
    pub fn tiles(&self) -> Result<Option<MapTiles>, Refusal> {
        if self.map_tile_url.is_empty() {
            return Ok(None);
        }
        let url: TileUrl = self
            .map_tile_url
            .parse()
            .map_err(|problem| Refusal::new("MAP_TILE_URL", problem))?;
        let attribution = self.map_tile_attribution.trim();
        if (1..=LONGEST).contains(&attribution.chars().count()) {
            Ok(Some(MapTiles::new(url, attribution)))
        } else {
            Err(Refusal::new(
                "MAP_TILE_ATTRIBUTION",
                format_args!(
                    "write 1 to {LONGEST} characters that name the source of the tiles, such as © OpenStreetMap contributors"
                ),
            ))
        }
    }
}

// The neutral ground: a plain colour and a grid of squares with a round number of metres to a side.
// It is drawn here, so a map without tiles asks nobody for anything.

import { gridLines, gridStep, metresPerPixel } from "./map-scale.js";

const TILE_PX = 256;

/**
 * @typedef {object} Ground
 * @property {(latitude: number) => void} setLatitude tells where on Earth a metre is measured, in
 *   degrees; one latitude for all tiles, or their lines would not meet
 * @property {(zoom: number) => {metres: number, pixels: number}} square the side of a square
 * @property {() => void} repaint draws everything anew in the colours of now
 */

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @returns {Ground} the ground, already on the map
 */
export function addGround(leaflet, map) {
  let latitude = 0;
  /** @type {Map<HTMLElement, L.Coords>} */
  const shown = new Map();
  const colours = colourReader(map.getContainer());

  /** @param {number} zoom */
  const square = (zoom) => {
    // Between two whole zooms, Leaflet stretches the tiles of the nearest one.
    const metres = gridStep(metresPerPixel(latitude, Math.round(zoom)));
    return { metres, pixels: metres / metresPerPixel(latitude, zoom) };
  };
  const repaint = () => {
    const now = colours();
    for (const [tile, coords] of shown) {
      paint(/** @type {HTMLCanvasElement} */ (tile), coords, square(coords.z).pixels, now);
    }
  };

  const Layer = leaflet.GridLayer.extend({
    createTile(/** @type {L.Coords} */ coords) {
      const tile = document.createElement("canvas");
      paint(tile, coords, square(coords.z).pixels, colours());
      shown.set(tile, coords);
      return tile;
    },
  });
  const layer = new Layer({ zIndex: 0, updateWhenIdle: false });
  layer.on("tileunload", ({ tile }) => shown.delete(tile));
  layer.addTo(map);
  return {
    setLatitude(next) {
      if (next === latitude) return;
      latitude = next;
      repaint();
    },
    square,
    repaint,
  };
}

/**
 * A canvas knows no custom properties: an element tells what they come to.
 * @param {HTMLElement} container
 */
function colourReader(container) {
  const probe = document.createElement("i");
  probe.hidden = true;
  container.append(probe);
  const resolved = (/** @type {string} */ property) => {
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  };
  return () => ({ faint: resolved("--ground-line"), strong: resolved("--ground-strong") });
}

/**
 * @param {HTMLCanvasElement} tile
 * @param {L.Coords} coords
 * @param {number} step px between two lines
 * @param {{faint: string, strong: string}} colours
 */
function paint(tile, coords, step, colours) {
  const density = window.devicePixelRatio || 1;
  tile.width = TILE_PX * density;
  tile.height = TILE_PX * density;
  const context = tile.getContext("2d");
  if (!context) return;
  context.scale(density, density);
  const columns = gridLines(coords.x * TILE_PX, TILE_PX, step);
  const rows = gridLines(coords.y * TILE_PX, TILE_PX, step);
  for (const strong of [false, true]) {
    context.fillStyle = strong ? colours.strong : colours.faint;
    for (const line of columns) {
      if (line.strong === strong) context.fillRect(line.at, 0, 1, TILE_PX);
    }
    for (const line of rows) {
      if (line.strong === strong) context.fillRect(0, line.at, TILE_PX, 1);
    }
  }
}

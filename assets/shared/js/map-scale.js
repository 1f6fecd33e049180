/**
 * Metres and pixels on a Web Mercator map: the grid of the neutral ground and the scale bar.
 * Distances are metres or CSS px, latitudes degrees. No DOM.
 */

const EQUATOR_M = 2 * Math.PI * 6_378_137;
const WORLD_PX = 256;
// A square of the grid is at least this wide.
const LEAST_STEP_PX = 56;
const STRONG_EVERY = 5;

/**
 * @param {number} latitude degrees
 * @param {number} zoom
 * @returns {number} metres on the ground in one CSS px of the map
 */
export function metresPerPixel(latitude, zoom) {
  return (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom);
}

/**
 * The side of the grid's squares: 1, 2 or 5 times a power of ten.
 * @param {number} scale metres in one px
 * @returns {number} metres
 */
export function gridStep(scale) {
  const least = LEAST_STEP_PX * scale;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least) ?? 10;
  return factor * power;
}

/**
 * "50 m", "2 km".
 * @param {number} metres a step of the grid
 * @returns {string}
 */
export function distanceText(metres) {
  return metres < 1000 ? `${metres} m` : `${metres / 1000} km`;
}

/**
 * The grid's lines that cross a stretch of the map, each on a whole px, so that neighbouring tiles
 * agree on it.
 * @param {number} start where the stretch begins, px from the edge of the world
 * @param {number} length px
 * @param {number} step px between two lines
 * @returns {{at: number, strong: boolean}[]} px from `start`; every fifth line is strong
 */
export function gridLines(start, length, step) {
  const lines = [];
  for (let index = Math.floor(start / step); index * step < start + length; index += 1) {
    const at = Math.round(index * step) - start;
    if (at >= 0 && at < length) lines.push({ at, strong: index % STRONG_EVERY === 0 });
  }
  return lines;
}

/**
 * Degrees as people write and paste them. The server goes by the same rules, and both by
 * tests/fixtures/words/coordinates.json. No DOM.
 */

const DECIMALS = 6;
const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)$/;

/**
 * Two numbers with a comma, a semicolon or blanks between. "40,7" is one number as some countries
 * write it, and no pair: without a blank, both need a decimal point.
 *
 * @param {string} text
 * @returns {[north: number, east: number] | null}
 */
export function pairOf(text) {
  const found = /^([^,;\s]+)(\s*[,;]\s*|\s+)([^,;\s]+)$/.exec(text.trim());
  if (!found) return null;
  const [, first, between, second] = found;
  const spaced = /\s$/.test(between);
  if (!spaced && !(first.includes(".") && second.includes("."))) return null;
  if (!PLAIN.test(first) || !PLAIN.test(second)) return null;
  const pair = /** @type {[number, number]} */ ([Number(first), Number(second)]);
  // So many digits that no number has them.
  return pair.every(Number.isFinite) ? pair : null;
}

/**
 * @param {string} text
 * @param {number} most degrees either way: 90 for a latitude, 180 for a longitude
 * @returns {number | null} degrees, null where the text is no such number
 */
export function degreesOf(text, most) {
  const trimmed = text.trim();
  if (!PLAIN.test(trimmed)) return null;
  const degrees = Number(trimmed);
  return Math.abs(degrees) <= most ? degrees : null;
}

/**
 * Six decimals, a tenth of a metre; what they would round to zero has no sign.
 *
 * @param {number} degrees
 * @returns {string} "40.707400"
 */
export function degreesText(degrees) {
  const text = degrees.toFixed(DECIMALS);
  return Number(text) === 0 ? (0).toFixed(DECIMALS) : text;
}

/**
 * East of the date line goes on in the west: a map can be dragged round the world.
 *
 * @param {number} east degrees
 * @returns {number} -180 to 180
 */
export function wrapped(east) {
  return east - 360 * Math.round(east / 360);
}

/**
 * A number a little further on, as the arrow keys change it.
 *
 * @param {string} text
 * @param {number} by degrees
 * @param {number} most degrees either way
 * @returns {string | null} null where the text is no number, or it would go too far
 */
export function nudged(text, by, most) {
  const degrees = degreesOf(text, most);
  if (degrees === null || Math.abs(degrees + by) > most) return null;
  return degreesText(degrees + by);
}

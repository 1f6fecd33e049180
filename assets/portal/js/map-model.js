/**
 * What the map knows of a location, and the words for it. Read from the data attributes of the
 * location's tile, so that tile and pin cannot disagree. No DOM.
 */

/**
 * @typedef {"above" | "near" | "below" | "free" | "unknown" | "stopped" | "stale" | "offline"
 *   | "no-data" | "no-meter" | "unavailable"} Standing
 *
 * @typedef {object} Pin
 * @property {string} id the tile's id
 * @property {string} code "A"
 * @property {string} name "North gate"
 * @property {Standing} standing
 * @property {string} label the standing in words, "Above limit"
 * @property {string | null} value the headline level with one decimal, dB
 * @property {string} symbol what `value` is, "Leq"
 * @property {number | null} at when `value` was read, UTC, ms since 1970
 * @property {number} lat degrees
 * @property {number} lon degrees
 * @property {string} href the location's page
 */

/** @type {ReadonlySet<string>} */
const LIVE = new Set(["above", "near", "below", "free", "unknown"]);

/**
 * @param {string} id the tile's id
 * @param {Record<string, string | undefined>} data the tile's data attributes
 * @returns {Pin | null} null where the location has no position
 */
export function pinOf(id, data) {
  const lat = Number.parseFloat(data.lat ?? "");
  const lon = Number.parseFloat(data.lon ?? "");
  if (!Number.isFinite(lat) || !Number.isFinite(lon)) return null;
  const at = Date.parse(data.at ?? "");
  return {
    id,
    code: data.code ?? "",
    name: data.name ?? "",
    standing: /** @type {Standing} */ (data.standing ?? "unavailable"),
    label: data.label ?? "",
    value: data.value || null,
    symbol: data.symbol ?? "",
    at: Number.isNaN(at) ? null : at,
    lat,
    lon,
    href: data.href ?? "",
  };
}

/**
 * Whether the value is of now. A pin has no room to say how old a value is, so it shows none else.
 * @param {Pin} pin
 * @returns {boolean}
 */
export function isLive(pin) {
  return LIVE.has(pin.standing);
}

/**
 * What stands in the pin: "A 74", or "A".
 * @param {Pin} pin
 * @returns {string}
 */
export function pinText(pin) {
  return [pin.code, roundedValue(pin)].filter(Boolean).join(" ");
}

/**
 * The pin's name for who cannot see it: "A 74 dB, North gate, Above limit". It begins with what is
 * seen, so that it can be called by that.
 * @param {Pin} pin
 * @returns {string}
 */
export function pinLabel(pin) {
  const seen = roundedValue(pin) ? `${pinText(pin)} dB` : pinText(pin);
  return [seen, pin.name, pin.label].filter(Boolean).join(", ");
}

/** @param {Pin} pin */
function roundedValue(pin) {
  const value = Number.parseFloat(pin.value ?? "");
  return isLive(pin) && Number.isFinite(value) ? String(Math.round(value)) : "";
}

/**
 * Whether the map has to look elsewhere: where a location was added or moved, not where one went.
 * @param {readonly Pin[]} before
 * @param {readonly Pin[]} after
 * @returns {boolean}
 */
export function placesChanged(before, after) {
  const known = new Map(before.map((pin) => [pin.id, pin]));
  return after.some((pin) => {
    const old = known.get(pin.id);
    return !old || old.lat !== pin.lat || old.lon !== pin.lon;
  });
}

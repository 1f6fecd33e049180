// The map on which a location is placed: the project's other locations as marks, and a pin that
// follows the form's fields and fills them in.

import { onColours } from "../../shared/js/map-colours.js";
import { addButtons, addScaleBar } from "../../shared/js/map-controls.js";
import { shareGestures } from "../../shared/js/map-gestures.js";
import { addGround } from "../../shared/js/map-ground.js";
import { loadLeaflet } from "../../shared/js/map-leaflet.js";
import { addTiles } from "../../shared/js/map-tiles.js";
import { keepView, newMap } from "../../shared/js/map-view.js";
import { addOther, addPin } from "./place-pin.js";

/** @typedef {import("./place.js").Position} Position */
/** @typedef {Position & {name: string}} Other a location of the same project */
/**
 * @typedef {object} Fields
 * @property {() => Position | null} read where they say that the location is
 * @property {(at: Position) => void} write fills them in
 */
/** @typedef {{follow: () => void}} PlaceMap `follow`: to be called when the fields have changed */

const WORLD_ZOOM = 3;
const ROOM = /** @type {[number, number]} */ ([48, 56]);

/**
 * Makes an element the map.
 * @param {HTMLElement} element has `data-tiles`, `data-attribution` and `data-begin`
 * @param {readonly Other[]} others
 * @param {Fields} fields
 * @returns {Promise<PlaceMap>} rejected where Leaflet cannot be fetched
 */
export async function startPlaceMap(element, others, fields) {
  const leaflet = await loadLeaflet();
  const map = newMap(leaflet, element);
  const ground = addGround(leaflet, map);
  const { tiles, attribution, begin } = element.dataset;
  if (tiles) addTiles(leaflet, map, tiles, attribution ?? "");
  const updateScale = addScaleBar(leaflet, map, ground.square);
  const seen = () => {
    const own = fields.read();
    return own ? [...others, own] : others;
  };
  const centred = (/** @type {number} */ latitude) => {
    ground.setLatitude(latitude);
    updateScale();
  };
  const view = keepView(leaflet, map, seen, centred);
  look(leaflet, map, { points: seen().length, begin: begin ?? "", showAll: view.showAll, centred });

  for (const other of others) addOther(leaflet, map, other);
  const pin = addPin(leaflet, map, fields);
  map.on("click", ({ latlng }) => pin.place({ lat: latlng.lat, lon: latlng.lng }));
  addButtons(leaflet, map, view.showAll);
  const { signal } = new AbortController();
  shareGestures(map, signal);
  onColours(ground.repaint, signal);
  new ResizeObserver(() => {
    if (element.clientWidth > 0) view.resize();
  }).observe(element);
  return {
    follow() {
      const at = pin.follow();
      if (at) map.panInside(at, { padding: ROOM });
    },
  };
}

/**
 * The project's own locations, those of other projects, or the world.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {{points: number, begin: string, showAll: () => void,
 *   centred: (latitude: number) => void}} at `begin`: south, west, north and east, degrees
 */
function look(leaflet, map, { points, begin, showAll, centred }) {
  if (points > 0) return showAll();
  const [south, west, north, east] = begin.split(" ").map(Number);
  if (begin && Number.isFinite(east)) {
    const bounds = leaflet.latLngBounds([[south, west], [north, east]]);
    map.fitBounds(bounds, { animate: false, maxZoom: 15 });
    return centred(bounds.getCenter().lat);
  }
  map.setView([20, 0], WORLD_ZOOM, { animate: false });
  return centred(20);
}

// What the map looks at: all locations, until the visitor looks elsewhere.

/** @typedef {{lat: number, lon: number}} Pin degrees */

const CLOSEST_ZOOM = 19;
const FARTHEST_ZOOM = 3;
const ONE_PLACE_ZOOM = 17;
// Pictures must not be stretched; the ground can be, and then fits the locations better.
const WHOLE_ZOOMS = 1;
const FINE_ZOOMS = 0.25;
// Room for half a pin at the left, one above, the buttons at the right, the scale below; px.
const PADDING = {
  paddingTopLeft: /** @type {[number, number]} */ ([44, 48]),
  paddingBottomRight: /** @type {[number, number]} */ ([64, 36]),
};

/**
 * @param {typeof L} leaflet
 * @param {HTMLElement} element becomes the map; with tiles where it has `data-tiles`
 * @returns {L.Map} a map that looks nowhere yet
 */
export function newMap(leaflet, element) {
  const animated = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = leaflet.map(element, {
    zoomControl: false,
    attributionControl: false,
    minZoom: FARTHEST_ZOOM,
    maxZoom: CLOSEST_ZOOM,
    zoomSnap: element.dataset.tiles ? WHOLE_ZOOMS : FINE_ZOOMS,
    zoomAnimation: animated,
    fadeAnimation: animated,
    markerZoomAnimation: animated,
    inertia: animated,
    trackResize: false,
  });
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Map of the locations: arrow keys move it, + and - zoom");
  return map;
}

/**
 * @typedef {object} View
 * @property {() => void} showAll looks at all locations
 * @property {() => void} resize to be called when the element's size has changed
 */

/**
 * Fits all locations into the view, and keeps them fitted until the visitor looks elsewhere.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {() => readonly Pin[]} pins
 * @param {(latitude: number) => void} centred told with each fit, degrees
 * @returns {View}
 */
export function keepView(leaflet, map, pins, centred) {
  let fitting = false;
  let moved = false;
  map.on("movestart", () => {
    moved ||= !fitting;
  });
  const showAll = () => {
    const points = pins().map(({ lat, lon }) => /** @type {[number, number]} */ ([lat, lon]));
    if (points.length === 0 || map.getContainer().clientWidth === 0) return;
    const bounds = leaflet.latLngBounds(points);
    const onePlace = bounds.getSouthWest().equals(bounds.getNorthEast());
    fitting = true;
    if (onePlace) map.setView(bounds.getCenter(), ONE_PLACE_ZOOM, { animate: false });
    else map.fitBounds(bounds, { ...PADDING, maxZoom: CLOSEST_ZOOM, animate: false });
    fitting = false;
    moved = false;
    centred(bounds.getCenter().lat);
  };
  return {
    showAll,
    resize() {
      map.invalidateSize({ pan: false, animate: false });
      if (!moved) showAll();
    },
  };
}

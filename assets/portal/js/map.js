// The map of a project's locations. It reads the tiles of the page, and reads them again whenever
// the page is fresh.

import { onColours } from "../../shared/js/map-colours.js";
import { addButtons, addScaleBar } from "../../shared/js/map-controls.js";
import { shareGestures } from "../../shared/js/map-gestures.js";
import { addGround } from "../../shared/js/map-ground.js";
import { loadLeaflet } from "../../shared/js/map-leaflet.js";
import { addTiles } from "../../shared/js/map-tiles.js";
import { keepView, newMap } from "../../shared/js/map-view.js";
import { lightTogether } from "./map-hot.js";
import { pinOf, placesChanged } from "./map-model.js";
import { addPins } from "./map-pins.js";
import { addPopup } from "./map-popup.js";

/** @typedef {import("./map-model.js").Pin} Pin */

/**
 * Makes an element the map, for as long as it is in the page.
 * @param {HTMLElement} element has the attributes `data-tiles` and `data-attribution`
 * @returns {Promise<void>} rejected where Leaflet cannot be fetched
 */
export async function startMap(element) {
  const leaflet = await loadLeaflet();
  if (!element.isConnected) return;
  const ended = new AbortController();
  const { signal } = ended;
  const map = newMap(leaflet, element);
  const ground = addGround(leaflet, map);
  const { tiles, attribution } = element.dataset;
  if (tiles) addTiles(leaflet, map, tiles, attribution ?? "");
  const locations = showLocations(leaflet, map, ground);
  addButtons(leaflet, map, locations.view.showAll);
  shareGestures(map, signal);
  onColours(ground.repaint, signal);
  const light = lightTogether(signal);

  const resized = new ResizeObserver(() => {
    if (element.clientWidth === 0) return;
    locations.view.resize();
    locations.arrange();
  });
  resized.observe(element);
  document.fonts.ready.then(() => {
    if (!signal.aborted) locations.arrange();
  });
  document.addEventListener("page:fresh", () => {
    if (element.isConnected) {
      locations.refresh();
      light();
      return;
    }
    ended.abort();
    resized.disconnect();
    map.remove();
  }, { signal });
}

/**
 * Pins, card, scale and view: all that depends on the locations.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {import("../../shared/js/map-ground.js").Ground} ground
 */
function showLocations(leaflet, map, ground) {
  let shown = readPins();
  let ready = false;
  map.whenReady(() => {
    ready = true;
  });
  const popup = addPopup(leaflet, map, pageTime);
  const pins = addPins(leaflet, map, popup.toggle);
  pins.update(shown);
  const updateScale = addScaleBar(leaflet, map, ground.square);
  const view = keepView(leaflet, map, () => shown, (latitude) => {
    ground.setLatitude(latitude);
    updateScale();
  });
  /** Lays the pins out in what is seen now. */
  const arrange = () => {
    if (!ready) return;
    pins.refit();
    popup.place();
  };
  map.on("zoomend viewreset", arrange);
  return {
    view,
    arrange,
    refresh() {
      const before = shown;
      shown = readPins();
      pins.update(shown);
      if (placesChanged(before, shown)) view.showAll();
      if (ready) pins.layout();
      popup.refresh(pins.get);
      popup.place();
    },
  };
}

/** @returns {Pin[]} the locations that have a position, in the page's order */
function readPins() {
  /** @type {NodeListOf<HTMLElement>} */
  const tiles = document.querySelectorAll(".tiles > .tile[id]");
  return [...tiles].flatMap((tile) => pinOf(tile.id, tile.dataset) ?? []);
}

function pageTime() {
  const { at, zone } = document.getElementById("main")?.dataset ?? {};
  return { now: Date.parse(at ?? ""), zone: zone ?? "UTC" };
}

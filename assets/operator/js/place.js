// Entry of a location's form: coordinates are pasted, nudged, and taken from a map.

import { degreesOf, degreesText, nudged, pairOf, wrapped } from "./coordinates.js";

/** @typedef {{lat: number, lon: number}} Position degrees */

const STEP = 0.00001;
const LONG_STEP = 10 * STEP;
/** @type {Record<string, number>} */
const ARROWS = { ArrowUp: 1, ArrowDown: -1 };

const latitude = fieldOf("latitude");
const longitude = fieldOf("longitude");

/** @param {string} id */
function fieldOf(id) {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) throw new Error(`a form without ${id}`);
  return field;
}

/** @returns {Position | null} where the fields say that the location is */
function written() {
  const lat = degreesOf(latitude.value, 90);
  const lon = degreesOf(longitude.value, 180);
  return lat === null || lon === null ? null : { lat, lon };
}

/** @param {Position} at */
function write({ lat, lon }) {
  latitude.value = degreesText(lat);
  longitude.value = degreesText(wrapped(lon));
}

/**
 * @param {() => void} changed called when the fields say something else
 */
function watchFields(changed) {
  latitude.addEventListener("input", () => {
    const pair = pairOf(latitude.value);
    if (pair) [latitude.value, longitude.value] = pair.map(String);
    changed();
  });
  longitude.addEventListener("input", changed);
  for (const [field, most] of /** @type {const} */ ([[latitude, 90], [longitude, 180]])) {
    field.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = nudged(field.value, way * (event.shiftKey ? LONG_STEP : STEP), most);
      if (next === null) return;
      event.preventDefault();
      field.value = next;
      changed();
    });
  }
}

/** @param {string} words */
function say(words) {
  const line = document.querySelector("[data-map-said]");
  if (line) line.textContent = words;
}

/** @type {import("./place-map.js").PlaceMap | undefined} */
let map;
let starting = false;

/** Shows the map as soon as there is something to see on it. */
async function bringMap() {
  const element = document.querySelector("[data-place-map]");
  if (!(element instanceof HTMLElement) || starting) return;
  const others = readOthers();
  const hasGround = others.length > 0 || Boolean(element.dataset.tiles);
  if (!hasGround && !written()) return;
  starting = true;
  const words = document.querySelector("[data-map-words]");
  try {
    const { startPlaceMap } = await import("./place-map.js");
    element.hidden = false;
    map = await startPlaceMap(element, others, {
      read: written,
      write: (at) => {
        write(at);
        say(`Placed at ${latitude.value}, ${longitude.value}.`);
      },
    });
    if (words instanceof HTMLElement) {
      words.hidden = false;
      words.textContent = "Click where the location is, or drag its pin. With the pin in focus "
        + "the arrow keys move it.";
    }
  } catch (error) {
    element.hidden = true;
    if (words instanceof HTMLElement) {
      words.hidden = false;
      words.textContent = "The map could not be loaded: write the coordinates.";
    }
    throw error;
  }
}

/** @returns {import("./place-map.js").Other[]} the project's other locations */
function readOthers() {
  /** @type {NodeListOf<HTMLElement>} */
  const list = document.querySelectorAll("[data-other]");
  return [...list].map((item) => ({
    name: item.textContent ?? "",
    lat: Number(item.dataset.lat),
    lon: Number(item.dataset.lon),
  }));
}

watchFields(() => {
  if (map) map.follow();
  else void bringMap();
});
void bringMap();

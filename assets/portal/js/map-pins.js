// The pins of a map: one button for each location, changed in place and spread where they would
// cover one another.

import { pinLabel, pinText, isLive } from "./map-model.js";
import { leaderEnd, shifted, spread } from "./pin-layout.js";

/** @typedef {import("./map-model.js").Pin} Pin */
/** @typedef {import("./pin-layout.js").Point} Point */

/**
 * @typedef {object} PinView
 * @property {Pin} pin
 * @property {L.Marker} marker
 * @property {HTMLButtonElement} body
 * @property {SVGUseElement} shape
 * @property {HTMLSpanElement} text
 * @property {Point} top the middle of the body's upper edge, px from the true place
 */

const SVG = "http://www.w3.org/2000/svg";
// The tip that points to the true place, px.
const TIP = 7;
// Bodies keep this far from the map's edge, px.
const EDGE = 6;
const ABOVE_OTHERS = 1000;

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {(view: PinView, event: MouseEvent) => void} press called when a pin is pressed
 */
export function addPins(leaflet, map, press) {
  /** @type {Map<string, PinView>} */
  const views = new Map();
  const leaders = addLeaders(map);
  /** @type {import("./pin-layout.js").Box | null} */
  let within = null;
  let laidOut = "";

  /** Moves bodies apart; true places must be known, so the map must have a view. */
  const layout = () => {
    const order = [...views.values()].sort(byCode);
    const places = order.map((view) => placeOf(map, view));
    // Most refreshes change numbers only.
    const now = JSON.stringify([order.map(({ pin }) => pin.id), places, within]);
    if (now === laidOut) return;
    laidOut = now;
    const moves = spread(places, within);
    leaders.replaceChildren();
    order.forEach((view, index) => {
      const line = put(view, places[index], moves[index]);
      if (line) leaders.append(line);
    });
  };

  return {
    /** @param {string} id @returns {PinView | undefined} */
    get: (id) => views.get(id),
    layout,
    /** Takes the part of the map that is seen now as the room for bodies, and lays them out. */
    refit() {
      const { x, y } = map.containerPointToLayerPoint([EDGE, EDGE]);
      const size = map.getSize();
      within = { left: x, top: y, width: size.x - 2 * EDGE, height: size.y - 2 * EDGE };
      layout();
    },
    /** @param {readonly Pin[]} pins what is to be shown from now on */
    update(pins) {
      removeOthers(views, pins);
      for (const pin of pins) {
        const view = views.get(pin.id) ?? newView(leaflet, map, pin, press);
        views.set(pin.id, view);
        show(view, pin);
      }
    },
  };
}

/**
 * @param {Map<string, PinView>} views
 * @param {readonly Pin[]} pins the ones to be kept
 */
function removeOthers(views, pins) {
  const kept = new Set(pins.map((pin) => pin.id));
  for (const [id, view] of views) {
    if (kept.has(id)) continue;
    view.marker.remove();
    views.delete(id);
  }
}

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {Pin} pin
 * @param {(view: PinView, event: MouseEvent) => void} press
 * @returns {PinView}
 */
function newView(leaflet, map, pin, press) {
  const body = document.createElement("button");
  body.type = "button";
  body.dataset.pin = pin.id;
  body.setAttribute("aria-expanded", "false");
  const { icon, shape } = stateIcon();
  const text = document.createElement("span");
  body.append(icon, text);
  const icons = leaflet.divIcon({ html: body, className: "pin-place", iconSize: [0, 0] });
  // The body is a button of its own; Leaflet need not make the marker one.
  const options = { icon: icons, interactive: false, keyboard: false };
  const marker = leaflet.marker([pin.lat, pin.lon], options).addTo(map);
  /** @type {PinView} */
  const view = { pin, marker, body, shape, text, top: { x: 0, y: 0 } };
  body.addEventListener("click", (event) => {
    // Leaflet would close the popup that this opens.
    event.stopPropagation();
    // A drag of the map that began on the pin ends in a click; the keyboard's has no detail.
    if (event.detail > 0 && map.dragging.enabled() && map.dragging.moved()) return;
    press(view, event);
  });
  body.addEventListener("dblclick", (event) => event.stopPropagation());
  body.addEventListener("focus", () => {
    if (body.matches(":focus-visible")) map.panInside(marker.getLatLng(), { padding: [60, 60] });
  });
  return view;
}

/**
 * An icon of a state; its `shape` is yet to be told which.
 * @returns {{icon: SVGSVGElement, shape: SVGUseElement}}
 */
export function stateIcon() {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("width", "12");
  icon.setAttribute("height", "12");
  icon.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "use");
  icon.append(shape);
  return { icon, shape };
}

/**
 * @param {PinView} view
 * @param {Pin} pin
 */
function show(view, pin) {
  const open = view.body.classList.contains("open");
  const moved = view.body.classList.contains("moved");
  view.pin = pin;
  view.shape.setAttribute("href", `#i-${pin.standing}`);
  if (view.text.textContent !== pinText(pin)) view.text.textContent = pinText(pin);
  view.body.className = `pin ${pin.standing}`;
  view.body.classList.toggle("quiet", !isLive(pin));
  view.body.classList.toggle("open", open);
  view.body.classList.toggle("moved", moved);
  view.body.setAttribute("aria-label", pinLabel(pin));
  view.marker.setLatLng([pin.lat, pin.lon]);
  view.marker.setZIndexOffset(pin.standing === "above" ? ABOVE_OTHERS : 0);
}

/**
 * By code and not by standing: pins stay where they are when a state changes.
 * @param {PinView} a
 * @param {PinView} b
 */
function byCode(a, b) {
  const [first, second] = [a, b].map(({ pin }) => `${pin.code} ${pin.id}`);
  return first < second ? -1 : 1;
}

/**
 * @param {L.Map} map
 * @param {PinView} view
 * @returns {import("./pin-layout.js").Place}
 */
function placeOf(map, { body, marker }) {
  const at = map.latLngToLayerPoint(marker.getLatLng()).round();
  const { offsetWidth: width, offsetHeight: height } = body;
  const left = at.x - Math.round(width / 2);
  return { at, box: { left, top: at.y - TIP - height, width, height } };
}

/**
 * @param {PinView} view
 * @param {import("./pin-layout.js").Place} place
 * @param {Point} by
 * @returns {SVGGElement | null} the line that leads to a moved body
 */
function put(view, { box, at }, by) {
  const there = shifted(box, by);
  const moved = by.x !== 0 || by.y !== 0;
  view.top = { x: there.left + there.width / 2 - at.x, y: there.top - at.y };
  view.body.style.left = `${there.left - at.x}px`;
  view.body.style.top = `${there.top - at.y}px`;
  view.body.classList.toggle("moved", moved);
  return moved ? leader(at, leaderEnd(there, at)) : null;
}

/**
 * Beneath all pins, so that no line crosses a body.
 * @param {L.Map} map
 */
function addLeaders(map) {
  const pane = map.createPane("leaders");
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "pin-leaders leaflet-zoom-hide");
  drawing.setAttribute("width", "1");
  drawing.setAttribute("height", "1");
  drawing.setAttribute("aria-hidden", "true");
  pane.append(drawing);
  return drawing;
}

/**
 * @param {Point} from the true place
 * @param {Point} to the body
 */
function leader(from, to) {
  const group = document.createElementNS(SVG, "g");
  const line = document.createElementNS(SVG, "line");
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, String(value));
  const dot = document.createElementNS(SVG, "circle");
  for (const [name, value] of Object.entries({ cx: from.x, cy: from.y, r: 3.5 })) {
    dot.setAttribute(name, String(value));
  }
  group.append(line, dot);
  return group;
}

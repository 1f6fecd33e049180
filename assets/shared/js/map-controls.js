// The map's buttons, and its scale bar: as long as one square of the grid.

import { distanceText } from "./map-scale.js";

const SVG = "http://www.w3.org/2000/svg";
const PLUS = "M9 3.5v11M3.5 9h11";
const MINUS = "M3.5 9h11";
const CORNERS = "M2.5 6.5v-4h4M11.5 2.5h4v4M15.5 11.5v4h-4M6.5 15.5h-4v-4";

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {() => void} showAll fits all locations into the view
 */
export function addButtons(leaflet, map, showAll) {
  const Buttons = leaflet.Control.extend({
    onAdd() {
      const box = document.createElement("div");
      box.className = "map-buttons";
      const closer = button("Zoom in", PLUS, () => map.zoomIn());
      const farther = button("Zoom out", MINUS, () => map.zoomOut());
      box.append(closer, farther, button("Show all locations", CORNERS, showAll));
      const limit = () => {
        // A disabled button would lose the focus of who is pressing it.
        closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
        farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
      };
      map.on("zoomend", limit);
      map.whenReady(limit);
      leaflet.DomEvent.disableClickPropagation(box);
      return box;
    },
  });
  new Buttons({ position: "topright" }).addTo(map);
}

/**
 * @param {string} label
 * @param {string} drawing a path in 18 by 18
 * @param {() => void} act
 */
function button(label, drawing, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.setAttribute("aria-label", label);
  element.title = label;
  element.append(lineIcon(drawing));
  element.addEventListener("click", act);
  return element;
}

/** @param {string} drawing */
function lineIcon(drawing) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 18 18");
  icon.setAttribute("width", "18");
  icon.setAttribute("height", "18");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawing);
  icon.append(path);
  return icon;
}

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {(zoom: number) => {metres: number, pixels: number}} square the side of a grid's square
 * @returns {() => void} to be called when a square's side may have changed
 */
export function addScaleBar(leaflet, map, square) {
  const bar = document.createElement("p");
  bar.className = "map-scale";
  const Scale = leaflet.Control.extend({ onAdd: () => bar });
  const update = () => {
    const { metres, pixels } = square(map.getZoom());
    bar.textContent = distanceText(metres);
    bar.style.width = `${Math.round(pixels)}px`;
  };
  new Scale({ position: "bottomleft" }).addTo(map);
  map.on("zoomend", update);
  return update;
}

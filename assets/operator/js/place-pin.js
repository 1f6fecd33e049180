// The marks on the map of a location's form.

/** @typedef {import("./place.js").Position} Position */

const STEP_PX = 2;
const LONG_STEP_PX = 20;
/** @type {Record<string, [right: number, down: number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/**
 * Another location of the project: to be seen, not to be moved.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {import("./place-map.js").Other} other
 */
export function addOther(leaflet, map, { name, lat, lon }) {
  const mark = document.createElement("span");
  mark.className = "spot";
  mark.textContent = name;
  const icon = leaflet.divIcon({ html: mark, className: "spot-place", iconSize: [0, 0] });
  leaflet.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
}

/**
 * @typedef {object} Pin
 * @property {(at: Position) => void} place puts it there, and the fields with it
 * @property {() => L.LatLng | null} follow puts it where the fields say; null where they do not
 */

/**
 * The location's own pin. It is there as soon as the fields say where.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {import("./place-map.js").Fields} fields
 * @returns {Pin}
 */
export function addPin(leaflet, map, fields) {
  const body = document.createElement("button");
  body.type = "button";
  body.className = "spot own";
  body.textContent = "This location";
  body.setAttribute("aria-label", "This location: the arrow keys move it");
  const icon = leaflet.divIcon({ html: body, className: "spot-place", iconSize: [0, 0] });
  /** @type {L.Marker | null} */
  let marker = null;

  /** @param {Position} at */
  const show = ({ lat, lon }) => {
    if (marker) marker.setLatLng([lat, lon]);
    else marker = newMarker([lat, lon]);
    return marker.getLatLng();
  };
  /** @param {L.LatLngTuple} at */
  const newMarker = (at) => {
    const options = { icon, interactive: true, keyboard: false, draggable: true };
    const made = leaflet.marker(at, options).addTo(map);
    made.setZIndexOffset(1000);
    made.on("drag", () => {
      const { lat, lng } = made.getLatLng();
      fields.write({ lat, lon: lng });
    });
    return made;
  };
  body.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way || !marker) return;
    // Kept from the map, which would move itself.
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? LONG_STEP_PX : STEP_PX;
    const from = map.latLngToContainerPoint(marker.getLatLng());
    const to = map.containerPointToLatLng([from.x + way[0] * step, from.y + way[1] * step]);
    fields.write({ lat: to.lat, lon: to.lng });
    map.panInside(show({ lat: to.lat, lon: to.lng }), { padding: [24, 40] });
  });

  const follow = () => {
    const at = fields.read();
    if (at) return show(at);
    marker?.remove();
    marker = null;
    return null;
  };
  follow();
  return {
    follow,
    place(at) {
      fields.write(at);
      show(at);
    },
  };
}

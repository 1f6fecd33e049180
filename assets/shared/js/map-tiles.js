// The operator's own map tiles, where there are any, over the neutral ground.

const MOST_ERRORS = 4;

/**
 * Tiles that fail one after the other are taken away, with their credit: the ground stays.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {string} template an address with {z}, {x} and {y}
 * @param {string} attribution plain text
 */
export function addTiles(leaflet, map, template, attribution) {
  // Some servers of tiles refuse who does not say where they come from; they learn the site's
  // name and never the page's address.
  const tiles = leaflet.tileLayer(template, { maxZoom: 19, zIndex: 1, referrerPolicy: "origin" });
  const credit = attribution ? addCredit(leaflet, map, attribution) : null;
  let errors = 0;
  tiles.on("tileload", () => {
    errors = 0;
  });
  tiles.on("tileerror", () => {
    errors += 1;
    if (errors !== MOST_ERRORS) return;
    tiles.remove();
    credit?.remove();
  });
  tiles.addTo(map);
}

/**
 * Leaflet's own control takes its text for markup.
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {string} text
 */
function addCredit(leaflet, map, text) {
  const Credit = leaflet.Control.extend({
    onAdd() {
      const line = document.createElement("p");
      line.className = "map-credit";
      line.textContent = text;
      return line;
    },
  });
  return new Credit({ position: "bottomright" }).addTo(map);
}

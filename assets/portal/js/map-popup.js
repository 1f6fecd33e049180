// The popup of the map: one card that serves all pins and follows every refresh of the page.

import { newCard } from "./map-card.js";

/** @typedef {import("./map-pins.js").PinView} PinView */

// Of one width, so that new words never ask for a new layout (which would take the focus away).
const WIDTH = 216;
const MARGIN = 12;
// Between card and pin.
const LIFT = 2;

/**
 * @param {typeof L} leaflet
 * @param {L.Map} map
 * @param {() => {now: number, zone: string}} page the page's time (UTC, ms since 1970) and zone
 */
export function addPopup(leaflet, map, page) {
  /** @type {PinView | null} */
  let shown = null;
  const card = newCard();
  const popup = newPopup(leaflet, card.element);

  const tell = () => {
    const { now, zone } = page();
    if (shown) card.tell(shown.pin, now, zone);
  };
  const place = () => {
    if (shown) putOver(popup, shown);
  };
  /** @param {PinView | null} view */
  const choose = (view) => {
    if (shown) mark(shown, false);
    shown = view;
    if (shown) mark(shown, true);
  };
  const close = () => {
    if (shown) putAway(popup, card.element, shown);
  };
  /** @param {PinView} view */
  const open = (view) => {
    choose(view);
    tell();
    bringUp(popup, map, view);
  };

  map.on("popupclose", () => choose(null));
  card.close.addEventListener("click", close);
  onEscape(map.getContainer(), close);
  return {
    place,
    /** @param {PinView} view @param {MouseEvent} event */
    toggle(view, event) {
      if (shown === view) return close();
      open(view);
      // Who pressed a key goes on reading there.
      if (event.detail === 0) card.link.focus({ preventScroll: true });
    },
    /** Tells what is known now; a card whose pin has gone goes, too. */
    refresh(/** @type {(id: string) => PinView | undefined} */ find) {
      if (shown && find(shown.pin.id) !== shown) close();
      else tell();
    },
  };
}

/**
 * @param {typeof L} leaflet
 * @param {HTMLElement} content
 */
function newPopup(leaflet, content) {
  const popup = leaflet.popup({
    className: "map-popup",
    closeButton: false,
    minWidth: WIDTH,
    maxWidth: WIDTH,
    autoPanPadding: [MARGIN, MARGIN],
  });
  return popup.setContent(content);
}

/**
 * The map makes room for the card once; later it stays where the visitor has put it.
 * @param {L.Popup} popup
 * @param {L.Map} map
 * @param {PinView} view
 */
function bringUp(popup, map, view) {
  popup.options.autoPan = true;
  putOver(popup, view);
  popup.openOn(map);
  popup.options.autoPan = false;
}

/**
 * Who was in the card goes on at its pin.
 * @param {L.Popup} popup
 * @param {HTMLElement} card
 * @param {PinView} view
 */
function putAway(popup, card, { body }) {
  const inside = card.contains(document.activeElement);
  popup.remove();
  if (inside) body.focus({ preventScroll: true });
}

/**
 * @param {L.Popup} popup
 * @param {PinView} view
 */
function putOver(popup, { top, marker }) {
  popup.options.offset = [Math.round(top.x), Math.round(top.y) - LIFT];
  popup.setLatLng(marker.getLatLng());
}

/**
 * @param {PinView} view
 * @param {boolean} open
 */
function mark({ body }, open) {
  body.classList.toggle("open", open);
  body.setAttribute("aria-expanded", String(open));
}

/**
 * @param {HTMLElement} container
 * @param {() => void} act
 */
function onEscape(container, act) {
  container.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") act();
  });
}

// What the map's popup shows of a location: name, state, current reading.

import { isLive } from "./map-model.js";
import { stateIcon } from "./map-pins.js";
import { timeText } from "../../shared/js/zone.js";

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {HTMLAnchorElement} link leads to the location's page
 * @property {HTMLButtonElement} close
 * @property {(pin: import("./map-model.js").Pin, now: number, zone: string) => void} tell fills
 *   the card in; `now` is UTC, ms since 1970, `zone` an IANA name
 */

/** @returns {Card} an empty card */
export function newCard() {
  const element = part("div", "map-card");
  const link = document.createElement("a");
  const name = part("p", "map-card-name");
  name.append(link);
  const state = part("p", "map-card-state");
  const { icon, shape } = stateIcon();
  const label = document.createElement("span");
  state.append(icon, label);
  const reading = part("p", "map-card-reading");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "map-card-close";
  close.setAttribute("aria-label", "Close");
  close.textContent = "×";
  element.setAttribute("role", "group");
  element.append(name, state, reading, close);
  return {
    element,
    link,
    close,
    tell(pin, now, zone) {
      element.className = `map-card ${pin.standing}`;
      element.setAttribute("aria-label", pin.name);
      link.href = pin.href;
      link.textContent = pin.name;
      shape.setAttribute("href", `#i-${pin.standing}`);
      label.textContent = pin.label;
      reading.hidden = pin.value === null;
      reading.replaceChildren(...readingParts(pin, now, zone));
    },
  };
}

/**
 * "73.8 dB Leq 14:32:10"; "Last 57.3 dB Leq 14:26:03" where that is not of now.
 * @param {import("./map-model.js").Pin} pin
 * @param {number} now
 * @param {string} zone
 */
function readingParts(pin, now, zone) {
  const value = document.createElement("b");
  value.textContent = pin.value;
  const lower = document.createElement("sub");
  lower.textContent = pin.symbol.slice(1);
  const quantity = document.createElement("span");
  quantity.append("dB ", pin.symbol.slice(0, 1), lower);
  const when = part("span", "map-card-when");
  when.textContent = pin.at === null ? "" : timeText(pin.at / 1000, now / 1000, zone);
  return [isLive(pin) ? "" : "Last ", value, " ", quantity, " ", when];
}

/**
 * @param {string} tag
 * @param {string} name its class
 */
function part(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

/**
 * Reads the chart with one finger and zooms it with two. The page still scrolls when a finger moves
 * up or down: the style sheet has `touch-action: pan-y`, and the browser then cancels the pointer.
 */

import { pinched } from "./chart-view.js";

/** @typedef {import("./chart-data.js").Span} Span */

/**
 * @typedef {object} TouchActions
 * @property {(left: number) => void} read px from the plot's left edge
 * @property {() => void} leave
 * @property {(view: Span) => void} zoom
 */

/**
 * @param {uPlot} plot
 * @param {TouchActions} actions
 */
export function listenToTouch(plot, { read, leave, zoom }) {
  const { over } = plot;
  /** @type {Map<number, {left: number, at: number}>} */
  const fingers = new Map();
  const leftOf = /** @param {PointerEvent} event */ (event) =>
    event.clientX - over.getBoundingClientRect().left;

  over.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    // Without this the browser plays a mouse afterwards, which would take the read-out away.
    event.preventDefault();
    const left = leftOf(event);
    over.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { left, at: 0 });
    // Both take hold of what is under them now.
    for (const finger of fingers.values()) finger.at = plot.posToVal(finger.left, "x");
    if (fingers.size === 1) read(left);
    else leave();
  });
  over.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    finger.left = leftOf(event);
    if (fingers.size === 1) read(finger.left);
    if (fingers.size === 2) zoom(pinched([...fingers.values()], over.clientWidth));
  });
  over.addEventListener("pointerup", (event) => fingers.delete(event.pointerId));
  over.addEventListener("pointercancel", (event) => {
    if (fingers.delete(event.pointerId)) leave();
  });
}

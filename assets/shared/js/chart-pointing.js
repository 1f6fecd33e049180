/** What the cursor, a finger and the keys do on the chart. */

import { nearestRow } from "./chart-data.js";
import { readingAt, showTip } from "./chart-readout.js";
import { say } from "./chart-stage.js";
import { revealing, zoomed } from "./chart-view.js";
import { spokenReading, spokenView } from "./chart-words.js";

/** @typedef {import("./chart-face.js").Face} Face */

const OUTSIDE = { left: -10, top: -10 };

/**
 * Puts the cursor on the moment that keys or a finger point at; away where there is none.
 * @param {Face} face
 */
export function pointAtPinned({ plot, pinned }) {
  if (!plot) return;
  const left = pinned === null ? -1 : plot.valToPos(pinned, "x");
  plot.setCursor(left < 0 ? OUTSIDE : { left, top: 0 });
}

/**
 * With a new size uPlot moves every ring to where it was last, also the rings of lines that are not
 * shown; one that has never been anywhere turns up in the corner. Taken away and put back, the
 * cursor has the rings of the shown lines alone.
 * @param {uPlot} plot
 */
export function renewCursor(plot) {
  const { left = -1, top = 0 } = plot.cursor;
  if (left < 0) return;
  plot.setCursor(OUTSIDE);
  plot.setCursor({ left, top });
}

/**
 * The cursor has moved: the read-out follows.
 * @param {Face} face
 */
export function followCursor({ plot, painting, setting: { stage, shown, labels, zone } }) {
  const { left = -1, top = 0 } = plot?.cursor ?? {};
  const reading = plot && painting && left >= 0
    ? readingAt(painting.scene, plot.posToVal(left, "x"), shown, labels) : null;
  if (plot && reading) showTip(stage.tip, reading, zone, { left, top, plot: plot.over });
  else stage.tip.hidden = true;
}

/**
 * Nothing is pointed at any more.
 * @param {Face} face
 */
export function leave(face) {
  face.pinned = null;
  say(face.setting.readout, "");
  pointAtPinned(face);
}

/**
 * Points at a moment and reads it aloud.
 * @param {Face} face
 * @param {number} at epoch s
 */
function pin(face, at) {
  const { setting: { readout, zoomTo, zone, shown, labels }, painting } = face;
  if (!painting) return;
  face.pinned = at;
  const { view } = painting.scene;
  if (at < view.from || at > view.until) zoomTo(revealing(view, at));
  pointAtPinned(face);
  const reading = readingAt(painting.scene, at, shown, labels);
  if (reading) say(readout, spokenReading(reading, zone));
}

/**
 * Points at the first or the last point in view.
 * @param {Face} face
 * @param {-1 | 1} end
 */
export function jump(face, end) {
  if (!face.painting) return;
  const { view, rows } = face.painting.scene;
  const inView = rows.at.filter((at) => at >= view.from && at <= view.until);
  const at = end < 0 ? inView[0] : inView.at(-1);
  if (at !== undefined) pin(face, at);
}

/**
 * Points at a neighbour of the present point.
 * @param {Face} face
 * @param {number} rows negative is earlier
 */
export function step(face, rows) {
  if (!face.painting || face.pinned === null) return jump(face, 1);
  const { at } = face.painting.scene.rows;
  const row = nearestRow(at, face.pinned) + rows;
  if (at.length > 0) pin(face, at[Math.max(0, Math.min(row, at.length - 1))]);
}

/**
 * Zooms about what is pointed at, or the middle; null shows the whole range.
 * @param {Face} face
 * @param {number | null} factor below 1 is closer
 */
export function zoom({ painting, pinned, setting: { zoomTo, readout, zone } }, factor) {
  if (!painting) return;
  const { view } = painting.scene;
  const about = pinned ?? (view.from + view.until) / 2;
  zoomTo(factor === null ? null : zoomed(view, about, factor));
  say(readout, spokenView(painting.scene.view, zone));
}

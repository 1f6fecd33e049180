/** The chart as it is seen: draws scenes, and keeps to the size and the colours of the page. */

import { readColours, watchColours } from "./chart-colours.js";
import { listenToKeys } from "./chart-keyboard.js";
import { limitGutter } from "./chart-labels.js";
import { makePlot, repaint } from "./chart-plot.js";
import { followCursor, jump, leave, pointAtPinned, step, zoom } from "./chart-pointing.js";
import { LINES } from "./chart-series.js";
import { say } from "./chart-stage.js";
import { listenToTouch } from "./chart-touch.js";

/**
 * @typedef {import("./chart-data.js").Metric} Metric
 * @typedef {import("./chart-data.js").Span} Span
 * @typedef {import("./chart-scene.js").Scene} Scene
 * @typedef {import("./chart-draw.js").Painting} Painting
 *
 * @typedef {object} Setting
 * @property {import("./chart-stage.js").Stage} stage
 * @property {HTMLElement} readout live region
 * @property {string} zone IANA name
 * @property {Record<Metric, string>} labels symbols
 * @property {Set<Metric>} shown
 * @property {(view: Span | null) => void} zoomTo draws another view, at once; null = the whole
 *
 * @typedef {object} Face
 * @property {Setting} setting
 * @property {Painting | null} painting
 * @property {uPlot | null} plot
 * @property {number | null} pinned the moment that keys or a finger point at, epoch s
 * @property {boolean} onPaper
 */

/** What fits on A4 within the margins of paper and panel, CSS px. */
const PAPER = { width: 640, height: 300 };

/** @param {Face} face */
function sizeOf({ onPaper, setting: { stage } }) {
  return onPaper
    ? PAPER
    : { width: stage.canvas.clientWidth, height: stage.canvas.clientHeight };
}

/**
 * @param {Face} face
 * @param {Scene} scene
 * @returns {Painting}
 */
function paint(face, scene) {
  const { labels, stage } = face.setting;
  const colours = face.painting?.colours ?? readColours(stage.plot, null);
  const gutter = limitGutter(scene, labels, colours, sizeOf(face).width);
  // The plot holds on to this object.
  face.painting = Object.assign(face.painting ?? { labels }, { scene, colours, gutter });
  return face.painting;
}

/**
 * Size, colours or the font may have changed.
 * @param {Face} face
 */
function restyle(face) {
  const { plot, painting, setting, onPaper } = face;
  if (!plot || !painting) return;
  painting.colours = readColours(setting.stage.plot, onPaper ? "light" : null);
  paint(face, painting.scene);
  plot.setSize(sizeOf(face));
  plot.redraw(false, true);
}

/**
 * @param {Face} face
 * @param {typeof uPlot} Plot
 * @param {Painting} painting
 * @returns {uPlot}
 */
function makePlotOf(face, Plot, painting) {
  const { stage, shown, zone, zoomTo } = face.setting;
  const plot = makePlot(Plot, stage.canvas, sizeOf(face), {
    painting,
    shown,
    zone,
    onCursor: () => followCursor(face),
    onSelect: zoomTo,
    onReset: () => zoomTo(null),
  });
  plot.over.addEventListener("mousemove", () => {
    face.pinned = null;
  });
  listenToTouch(plot, {
    read: (left) => {
      face.pinned = plot.posToVal(Math.max(0, Math.min(left, plot.over.clientWidth)), "x");
      pointAtPinned(face);
    },
    leave: () => leave(face),
    zoom: zoomTo,
  });
  return plot;
}

/**
 * Paper has light colours and a width of its own.
 * @param {Face} face
 * @param {boolean} onPaper
 */
function print(face, onPaper) {
  face.onPaper = onPaper;
  leave(face);
  restyle(face);
}

/** @param {Face} face */
function listen(face) {
  const { stage, zoomTo } = face.setting;
  listenToKeys(stage.canvas, {
    step: (rows) => step(face, rows),
    jump: (end) => jump(face, end),
    zoom: (factor) => zoom(face, factor),
    reset: () => zoom(face, null),
    leave: () => leave(face),
  });
  stage.reset.addEventListener("click", () => {
    zoomTo(null);
    stage.canvas.focus({ preventScroll: true });
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const outside = target instanceof Node && !stage.canvas.contains(target);
    if (outside && face.pinned !== null) leave(face);
  });
  watchColours(() => restyle(face));
  new ResizeObserver(() => {
    if (!face.onPaper) restyle(face);
  }).observe(stage.canvas);
  addEventListener("beforeprint", () => print(face, true));
  addEventListener("afterprint", () => print(face, false));
  void document.fonts.ready.then(() => restyle(face));
}

/**
 * @param {Setting} setting
 * @returns {Face}
 */
export function createFace(setting) {
  /** @type {Face} */
  const face = { setting, painting: null, plot: null, pinned: null, onPaper: false };
  listen(face);
  return face;
}

/**
 * Draws a scene, at once.
 * @param {Face} face
 * @param {typeof uPlot} Plot
 * @param {Scene} scene
 */
export function showScene(face, Plot, scene) {
  const { stage } = face.setting;
  const painting = paint(face, scene);
  say(stage.words, "");
  stage.plot.classList.remove("blank");
  if (face.plot) repaint(face.plot, painting);
  else face.plot = makePlotOf(face, Plot, painting);
  if (face.pinned !== null) pointAtPinned(face);
}

/**
 * Says why there is nothing to draw.
 * @param {Face} face
 * @param {string} text
 */
export function showWords(face, text) {
  const { stage } = face.setting;
  leave(face);
  say(stage.words, text);
  stage.plot.classList.add("blank");
}

/**
 * Shows or hides a line; the set of shown ones has changed already.
 * @param {Face} face
 * @param {Metric} metric
 */
export function showLine({ plot, setting: { shown } }, metric) {
  const index = LINES.findIndex((line) => line.metric === metric) + 1;
  plot?.setSeries(index, { show: shown.has(metric) });
}

/** Builds the plot: scales, axes and lines as this chart wants them. */

import { drawBehind, drawInFront } from "./chart-draw.js";
import { lonelyRows, nearestRow, spanAt } from "./chart-data.js";
import { TEXT_PX } from "./chart-labels.js";
import { renewCursor } from "./chart-pointing.js";
import { segmentsInView } from "./chart-scene.js";
import { LINES } from "./chart-series.js";
import { isMidnight, levelRange, levelTicks, timeTicks } from "./chart-view.js";
import { clockText, dayText } from "./zone.js";

/**
 * @typedef {import("./chart-draw.js").Painting} Painting
 * @typedef {import("./chart-data.js").Span} Span
 *
 * @typedef {object} Wishes
 * @property {Painting} painting read at every draw
 * @property {Set<string>} shown metrics
 * @property {string} zone IANA name of the site
 * @property {() => void} onCursor the cursor has moved
 * @property {(span: Span) => void} onSelect a stretch was selected with the mouse
 * @property {() => void} onReset
 */

const LEVEL_AXIS_PX = 36;
const TIME_AXIS_PX = 30;
const TOP_PX = 26;
const RIGHT_PX = 14;
const LABELS_APART_PX = 62;
const DRAG_PX = 6;

/** @param {Painting} painting */
export function columnsOf({ scene: { rows } }) {
  return [rows.at, ...LINES.map(({ metric }) => rows[metric])];
}

/** @param {Wishes} wishes @returns {UPlotAxis[]} */
function axes({ painting, zone }) {
  const shared = {
    font: `${TEXT_PX}px ${painting.colours.font}`,
    stroke: () => painting.colours.quiet,
  };
  const line = () => painting.colours.line;
  return [{
    ...shared,
    size: TIME_AXIS_PX,
    gap: 4,
    grid: { show: false },
    ticks: { stroke: line, width: 1, size: 5 },
    splits: (plot, _axis, min, max) =>
      timeTicks({ from: min, until: max }, plot.width - LEVEL_AXIS_PX, LABELS_APART_PX, zone),
    values: (_plot, ticks) =>
      ticks.map((at) => (isMidnight(at, zone) ? dayText(at, zone) : clockText(at, zone))),
  }, {
    ...shared,
    size: LEVEL_AXIS_PX,
    gap: 8,
    grid: { stroke: line, width: 1 },
    ticks: { show: false, size: 0 },
    splits: (_plot, _axis, min, max) => levelTicks(min, max),
    values: (_plot, ticks) => ticks.map(String),
  }];
}

/** @param {Wishes} wishes @returns {UPlotSeries[]} */
function series({ painting, shown }) {
  return [{}, ...LINES.map(({ metric, width, dash }) => ({
    show: shown.has(metric),
    scale: "y",
    stroke: () => painting.colours.metrics[metric],
    width,
    dash,
    points: {
      show: false,
      size: 4,
      fill: () => painting.colours.metrics[metric],
      filter: /** @param {uPlot} plot @param {number} index */ (plot, index) =>
        lonelyRows(plot.data[index]),
    },
  }))];
}

/**
 * The cursor keeps to the points; within a gap it is where the pointer is.
 * @param {Wishes} wishes
 * @returns {UPlotOptions["cursor"]}
 */
function cursor({ painting, onReset }) {
  const gapAt = /** @param {number} at */ (at) => spanAt(painting.scene.gaps, at);
  return {
    x: true,
    y: false,
    move: (plot, left, top) => {
      if (left < 0) return [left, top];
      const at = plot.posToVal(left, "x");
      const { rows } = painting.scene;
      const row = gapAt(at) ? -1 : nearestRow(rows.at, at);
      return [row < 0 ? left : plot.valToPos(rows.at[row], "x"), top];
    },
    dataIdx: (_plot, _series, nearest, at) => (gapAt(at) ? null : nearest),
    points: {
      size: 9,
      width: 2,
      stroke: () => painting.colours.surface,
      fill: (_plot, index) => painting.colours.metrics[LINES[index - 1].metric],
    },
    drag: { x: true, y: false, setScale: false, dist: DRAG_PX },
    bind: {
      dblclick: () => () => onReset(),
    },
  };
}

/**
 * @param {typeof uPlot} Plot
 * @param {HTMLElement} host
 * @param {{width: number, height: number}} size CSS px
 * @param {Wishes} wishes
 * @returns {uPlot}
 */
export function makePlot(Plot, host, size, wishes) {
  const { painting, onCursor, onSelect } = wishes;
  return new Plot({
    ...size,
    legend: { show: false },
    padding: [TOP_PX, () => painting.gutter || RIGHT_PX, 0, 0],
    scales: {
      x: {
        time: false,
        range: () => [painting.scene.view.from, painting.scene.view.until],
      },
      y: {
        range: (_plot, low, high) => levelRange(
          low, high, segmentsInView(painting.scene).map(({ threshold_db }) => threshold_db)),
      },
    },
    axes: axes(wishes),
    series: series(wishes),
    cursor: cursor(wishes),
    hooks: {
      drawClear: [(plot) => drawBehind(plot, painting)],
      draw: [(plot) => drawInFront(plot, painting)],
      setCursor: [onCursor],
      setSize: [renewCursor],
      setSelect: [(plot) => {
        const { left, width } = plot.select;
        if (width <= 0) return;
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        onSelect({ from: plot.posToVal(left, "x"), until: plot.posToVal(left + width, "x") });
      }],
    },
  }, columnsOf(painting), host);
}

/**
 * Draws the painting anew, at once.
 * @param {uPlot} plot
 * @param {Painting} painting
 */
export function repaint(plot, painting) {
  const { from, until } = painting.scene.view;
  plot.batch(() => {
    plot.setData(columnsOf(painting), false);
    plot.setScale("x", { min: from, max: until });
  });
}

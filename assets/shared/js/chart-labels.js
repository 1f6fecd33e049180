/** The limits' labels, and where things stand on the canvas. */

import { limitText } from "./chart-words.js";
import { lastOfEach, placedLabels } from "./label-layout.js";

/**
 * @typedef {import("./chart-scene.js").Scene} Scene
 * @typedef {import("./chart-draw.js").Painting} Painting
 * @typedef {import("./chart-data.js").Span} Span
 * @typedef {import("./limit-lines.js").Segment} Segment
 * @typedef {import("./chart-colours.js").Colours} Colours
 * @typedef {import("./label-layout.js").Label} Label
 */

/** Size of the chart's text, CSS px. */
export const TEXT_PX = 13;
// What is shorter than this on the screen is drawn this wide.
const LEAST_PX = 2;

/** Narrower charts have their labels within the plot, CSS px. */
const ROOMY_PX = 560;
const MARGIN_PX = 12;

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * Room for the widest label of any limit in the range, so that the plot keeps its width while
 * limits come and go.
 * @param {Scene} scene
 * @param {Record<string, string>} labels symbols by metric
 * @param {Colours} colours
 * @param {number} width of the chart, CSS px
 * @returns {number} CSS px; 0 where labels go inside
 */
export function limitGutter({ segments, severalMetrics }, labels, colours, width) {
  if (width < ROOMY_PX || segments.length === 0) return 0;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return 0;
  ruler.font = `650 ${TEXT_PX}px ${colours.font}`;
  const widths = segments.map((segment) =>
    ruler?.measureText(limitText(segment, severalMetrics ? labels[segment.metric] ?? null : null))
      .width ?? 0);
  return Math.ceil(Math.max(...widths)) + MARGIN_PX;
}

/**
 * A span's place on the canvas, cut to the plot; null outside of it.
 * @param {uPlot} plot
 * @param {Span} span
 */
export function place({ bbox, valToPos }, { from, until }) {
  const left = Math.max(valToPos(from, "x", true), bbox.left);
  const right = Math.min(valToPos(until, "x", true), bbox.left + bbox.width);
  if (right <= bbox.left || left >= bbox.left + bbox.width) return null;
  return { left, width: Math.max(right - left, LEAST_PX * uPlot.pxRatio) };
}

/**
 * @param {uPlot} plot
 * @param {Painting} painting
 * @param {Segment[]} segments
 * @returns {{inside: Label[], beside: Label[]}} each text once at each end
 */
function labelsOf(plot, { scene, labels, gutter }, segments) {
  /** @type {Map<string, Label>} */
  const inside = new Map();
  /** @type {Map<string, Label>} */
  const beside = new Map();
  for (const segment of lastOfEach(segments)) {
    const box = place(plot, segment);
    if (!box) continue;
    const text = limitText(segment, scene.severalMetrics ? labels[segment.metric] ?? null : null);
    const label = {
      text, width: plot.ctx.measureText(text).width, right: box.left + box.width, room: box.width,
      y: plot.valToPos(segment.threshold_db, "y", true),
    };
    if (gutter > 0 && segment.until >= scene.view.until) beside.set(text, label);
    else inside.set(`${text} ${label.right}`, label);
  }
  return { inside: [...inside.values()], beside: [...beside.values()] };
}

/**
 * Labels right of the plot, at their limits' heights but never on top of each other.
 * @param {uPlot} plot
 * @param {Label[]} labels
 */
function drawBeside({ ctx, bbox }, labels) {
  const least = (TEXT_PX + 2) * uPlot.pxRatio;
  let free = bbox.top;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const { text, y } of labels.sort((a, b) => a.y - b.y)) {
    const at = Math.max(y, free);
    ctx.fillText(text, bbox.left + bbox.width + 7 * uPlot.pxRatio, at);
    free = at + least;
  }
}

/**
 * Labels on the ends of limits within the plot, where there is room for them.
 * @param {uPlot} plot
 * @param {Label[]} labels
 */
function drawInside({ ctx, bbox }, labels) {
  const ratio = uPlot.pxRatio;
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 * ratio;
  const height = (TEXT_PX + 2) * ratio;
  for (const { text, right, bottom } of placedLabels(labels, bbox, { height, ratio })) {
    ctx.strokeText(text, right, bottom);
    ctx.fillText(text, right, bottom);
  }
}

/**
 * Labels every limit at its end, beside the plot or in it.
 * @param {uPlot} plot
 * @param {Painting} painting
 * @param {Segment[]} segments in view
 */
export function drawLabels(plot, painting, segments) {
  const { inside, beside } = labelsOf(plot, painting, segments);
  drawInside(plot, inside);
  drawBeside(plot, beside);
}

/**
 * A font for the canvas, in its own pixels.
 * @param {Colours} colours
 * @param {number} weight
 */
export function textFont({ font }, weight) {
  return `${weight} ${TEXT_PX * uPlot.pxRatio}px ${font}`;
}

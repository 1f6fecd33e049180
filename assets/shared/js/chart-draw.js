/** What is drawn besides the level lines: shades, hatching, limits and their labels. */

import { drawLabels, place, textFont } from "./chart-labels.js";
import { limitJumps, segmentsInView } from "./chart-scene.js";

/**
 * @typedef {import("./chart-scene.js").Scene} Scene
 * @typedef {import("./chart-data.js").Span} Span
 * @typedef {import("./limit-lines.js").Segment} Segment
 * @typedef {import("./chart-colours.js").Colours} Colours
 *
 * @typedef {object} Painting
 * @property {Scene} scene
 * @property {Colours} colours
 * @property {Record<string, string>} labels symbols by metric
 * @property {number} gutter room for limits' labels beside the plot, CSS px; 0 = they are inside
 */

const CAP_PX = 4;
const LIMIT_DASH = [7, 4];
const BREACH_ALPHA = 0.13;
const HATCH_ALPHA = 0.45;
const HATCH_PX = 8;

/**
 * @param {uPlot} plot
 * @param {Span} span
 */
function hatch(plot, span) {
  const { ctx, bbox } = plot;
  const box = place(plot, span);
  if (!box) return;
  const step = HATCH_PX * uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, bbox.top, box.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  // The lines of neighbouring gaps continue each other.
  const first = Math.floor(box.left / step) * step;
  for (let x = first; x < box.left + box.width + bbox.height; x += step) {
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x - bbox.height, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.restore();
}

/**
 * Under the grid: what was above a limit, and where nothing is known.
 * @param {uPlot} plot
 * @param {Painting} painting
 */
export function drawBehind(plot, { scene, colours }) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = colours.limit;
  for (const span of scene.breaches) {
    const box = place(plot, span);
    if (!box) continue;
    ctx.globalAlpha = BREACH_ALPHA;
    ctx.fillRect(box.left, bbox.top, box.width, bbox.height);
    ctx.globalAlpha = 1;
    const cap = CAP_PX * uPlot.pxRatio;
    ctx.fillRect(box.left, bbox.top - cap, box.width, cap);
  }
  ctx.globalAlpha = HATCH_ALPHA;
  ctx.strokeStyle = colours.rule;
  ctx.lineWidth = 2 * uPlot.pxRatio;
  for (const span of scene.hatched) hatch(plot, span);
  ctx.restore();
}

/**
 * @param {uPlot} plot
 * @param {Segment[]} segments
 */
function strokeLimits(plot, segments) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.6 * uPlot.pxRatio;
  ctx.setLineDash(LIMIT_DASH.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  for (const { from, until, threshold_db } of segments) {
    const y = plot.valToPos(threshold_db, "y", true);
    ctx.moveTo(plot.valToPos(from, "x", true), y);
    ctx.lineTo(plot.valToPos(until, "x", true), y);
  }
  for (const { at, from, to } of limitJumps(segments)) {
    const x = plot.valToPos(at, "x", true);
    ctx.moveTo(x, plot.valToPos(from, "y", true));
    ctx.lineTo(x, plot.valToPos(to, "y", true));
  }
  ctx.stroke();
  ctx.restore();
}

/**
 * Over the lines: the limits with their labels, and the unit of the level axis.
 * @param {uPlot} plot
 * @param {Painting} painting
 */
export function drawInFront(plot, painting) {
  const { ctx, bbox } = plot;
  const { colours, scene } = painting;
  const segments = segmentsInView(scene);
  ctx.save();
  ctx.strokeStyle = colours.limit;
  strokeLimits(plot, segments);
  ctx.font = textFont(colours, 650);
  ctx.fillStyle = colours.limitText;
  ctx.strokeStyle = colours.surface;
  drawLabels(plot, painting, segments);
  ctx.font = textFont(colours, 400);
  ctx.fillStyle = colours.quiet;
  ctx.textAlign = "right";
  ctx.textBaseline = "top";
  ctx.fillText("dB", bbox.left - 8 * uPlot.pxRatio, 0);
  ctx.restore();
}

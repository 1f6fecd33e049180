import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLOSEST_S, fitted, isMidnight, levelRange, levelTicks, pinched, revealing, timeTicks, zoomed,
} from "../../../assets/shared/js/chart-view.js";
import { clockText } from "../../../assets/shared/js/zone.js";

const WHOLE = { from: 10_000, until: 17_200 };
/** @param {string} text */
const at = (text) => Date.parse(text) / 1000;

test("a view stays within the whole", () => {
  assert.deepEqual(fitted({ from: 9_000, until: 10_000 }, WHOLE), { from: 10_000, until: 11_000 });
  assert.deepEqual(fitted({ from: 17_000, until: 18_000 }, WHOLE), { from: 16_200, until: 17_200 });
  assert.deepEqual(fitted({ from: 12_000, until: 13_000 }, WHOLE), { from: 12_000, until: 13_000 });
});

test("a view of everything is no zoom, and none is closer than five minutes", () => {
  assert.equal(fitted({ from: 0, until: 99_000 }, WHOLE), null);
  assert.equal(fitted(WHOLE, WHOLE), null);
  assert.deepEqual(fitted({ from: 12_000, until: 12_001 }, WHOLE),
    { from: 11_850.5, until: 12_150.5 });
});

test("zooming keeps its moment in place, also at the closest", () => {
  assert.deepEqual(zoomed(WHOLE, 11_800, 0.5), { from: 10_900, until: 14_500 });
  assert.deepEqual(zoomed({ from: 0, until: 300 }, 75, 0.5), { from: 0, until: CLOSEST_S });
  const back = zoomed(zoomed(WHOLE, 11_800, 0.5), 11_800, 2);
  assert.deepEqual(back, WHOLE);
});

test("a view follows the moment that is read, and not before it must", () => {
  const view = { from: 1_000, until: 2_000 };
  assert.deepEqual(revealing(view, 1_500), view);
  assert.deepEqual(revealing(view, 2_060), { from: 1_160, until: 2_160 });
  assert.deepEqual(revealing(view, 940), { from: 840, until: 1_840 });
});

test("two fingers keep the moments they took hold of", () => {
  // 300 px apart they were 3,000 s apart; now they are 600 px apart.
  const view = pinched([{ left: 700, at: 13_000 }, { left: 100, at: 10_000 }], 800);
  assert.deepEqual(view, { from: 9_500, until: 13_500 });
});

test("the level axis has whole tens around everything, and at least 40 dB", () => {
  for (const [low, high, limits, range] of /** @type {const} */ ([
    [43.2, 78.9, [], [40, 80]],
    [43.2, 79.5, [], [40, 90]],
    [60.5, 62.5, [], [40, 80]],
    [40, 60, [], [30, 70]],
    [43.2, 68.9, [85], [40, 90]],
    [43.2, 68.9, [35], [30, 70]],
    [null, null, [], [30, 100]],
    [null, null, [65], [40, 80]],
    [28.1, 131.9, [], [20, 140]],
  ])) {
    assert.deepEqual(levelRange(low, high, [...limits]), range, `${low} ${high} ${limits}`);
  }
  assert.deepEqual(levelTicks(40, 80), [40, 50, 60, 70, 80]);
});

test("labels stand at round times of the site and not too close", () => {
  const view = { from: at("2026-11-20T14:32:00Z"), until: at("2026-11-21T14:32:00Z") };
  /** @param {number} width @param {string} zone */
  const labels = (width, zone) =>
    timeTicks(view, width, 62, zone).map((tick) => clockText(tick, zone));
  assert.deepEqual(labels(680, "Europe/London"),
    ["15:00", "18:00", "21:00", "00:00", "03:00", "06:00", "09:00", "12:00"]);
  assert.deepEqual(labels(290, "Europe/London"), ["18:00", "00:00", "06:00", "12:00"]);
  assert.deepEqual(labels(680, "Asia/Kolkata"),
    ["21:00", "00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00"]);
});

test("an hour has labels each ten minutes, five minutes each one", () => {
  const from = at("2026-11-21T14:02:30Z");
  const texts = (/** @type {number} */ length) =>
    timeTicks({ from, until: from + length }, 500, 62, "UTC").map((tick) => clockText(tick, "UTC"));
  assert.deepEqual(texts(3600), ["14:10", "14:20", "14:30", "14:40", "14:50", "15:00"]);
  assert.deepEqual(texts(300), ["14:03", "14:04", "14:05", "14:06", "14:07"]);
});

test("labels are right on the days on which the clocks are changed", () => {
  /** @param {string} start @param {string} zone */
  const labels = (start, zone) =>
    timeTicks({ from: at(start), until: at(start) + 9 * 3600 }, 620, 60, zone)
      .map((tick) => clockText(tick, zone)).join(" ");
  assert.equal(labels("2026-03-28T23:00:00Z", "Europe/London"),
    "23:00 00:00 02:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00");
  assert.equal(labels("2026-10-24T22:00:00Z", "Europe/London"),
    "23:00 00:00 01:00 01:00 02:00 03:00 04:00 05:00 06:00 07:00");
  assert.equal(labels("2026-03-08T04:00:00Z", "America/New_York"),
    "23:00 00:00 01:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00");
  assert.equal(labels("2026-11-01T03:00:00Z", "America/New_York"),
    "23:00 00:00 01:00 01:00 02:00 03:00 04:00 05:00 06:00 07:00");
});

test("midnight is the site's", () => {
  assert.equal(isMidnight(at("2026-11-21T05:00:00Z"), "America/New_York"), true);
  assert.equal(isMidnight(at("2026-11-21T00:00:00Z"), "America/New_York"), false);
});

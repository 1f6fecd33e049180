// The measured promises: how fast a chart is drawn, and that what is live does not stutter.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { levelOf, pathOf, untilDrawn, untilLive, untilMoved } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();
const DRAWS = 5;
const MOST_MS = 100;
const APPENDS = 6;
// From here on a browser calls a task long.
const LONG_MS = 50;

/** @typedef {import("playwright-core").Page} Page */

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {Page} page */
const draws = (page) =>
  page.evaluate(() =>
    performance.getEntriesByName("chart-draw").map((entry) => ({
      ms: entry.duration,
      .../** @type {PerformanceMeasure} */ (entry).detail,
    })),
  );

test("24 h of five lines are drawn in under 100 ms", async (t) => {
  const page = await house.open(t, `${pathOf(house.stage.location("North gate"))}?hours=24`);
  await untilDrawn(page);
  await page.locator("[data-key] button", { hasText: "max" }).click();
  const times = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    await page.reload();
    const [first] = await until("the draw is measured", async () => {
      const all = await draws(page);
      return all.length > 0 && all;
    });
    const pressed = await page.locator("[data-key] [aria-pressed=true]").count();
    assert.equal(pressed, 5, "all five lines are shown");
    assert.ok(first.points > 1300, `${first.points} points`);
    times.push(first.ms);
  }
  t.diagnostic(
    `chart of 24 h x 5 lines: median ${median(times).toFixed(1)} ms of ${times.map((ms) => ms.toFixed(1))}`,
  );
  assert.ok(median(times) < MOST_MS, `${median(times)} ms`);
});

test("live readings are appended without a long task or a dropped frame", async (t) => {
  const page = await house.open(t, `${pathOf(house.stage.location("North gate"))}?hours=24`);
  await untilDrawn(page);
  await untilLive(page);
  await untilMoved(page);
  await page.evaluate(() => {
    const seen = { tasks: /** @type {number[]} */ ([]), gaps: /** @type {number[]} */ ([]) };
    Object.assign(globalThis, { seen });
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    });
    observer.observe({ type: "longtask" });
    let last = performance.now();
    const frame = (/** @type {number} */ now) => {
      seen.gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const before = await levelOf(page, "lp").textContent();
  assert.match(before ?? "", /\d/);
  for (let append = 0; append < APPENDS; append++) await untilMoved(page);
  const { tasks, gaps } = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
  const [worst, usual] = [Math.max(...gaps.slice(1)), median(gaps)];
  t.diagnostic(
    `${gaps.length} frames over ${APPENDS} readings: median ${usual.toFixed(1)} ms, longest ${worst.toFixed(1)} ms, ${tasks.length} long tasks`,
  );
  assert.deepEqual(tasks, [], "no long task");
  assert.ok(worst < LONG_MS, `a gap of ${worst} ms between frames`);
});

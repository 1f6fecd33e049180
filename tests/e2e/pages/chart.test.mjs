// The chart of a location: ranges, lines, zoom, download, table.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { pathOf, untilDrawn } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();

// A moment and at least one level.
const READING = /\d\d:\d\d[^]*\d+\.\d/;

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {import("node:test").TestContext} t
 * @param {string} [query]
 */
async function openChart(t, query = "") {
  const path = pathOf(house.stage.location("North gate"));
  const page = await house.open(t, `${path}${query}`, { height: 1400 });
  await untilDrawn(page);
  return page;
}

/** @param {Page} page */
async function csvOf(page) {
  const href = await page.locator("[data-csv-link]").getAttribute("href");
  const answer = await page.request.get(new URL(href ?? "", house.stage.url).href);
  assert.equal(answer.status(), 200);
  const lines = (await answer.text()).trim().split(/\r?\n/);
  return { address: new URL(href ?? "", house.stage.url), headers: answer.headers(), lines };
}

/** @param {Page} page */
const picture = (page) =>
  page
    .locator("[data-plot] canvas")
    .first()
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""));

/**
 * @param {Page} page
 * @param {string} before
 */
async function untilRedrawn(page, before) {
  await until("the chart is another picture", async () => (await picture(page)) !== before);
}

test("ranges are switched in place", async (t) => {
  const page = await openChart(t);
  for (const hours of ["1", "24", "2"]) {
    const before = await picture(page);
    await Promise.all([
      page.waitForRequest((request) => request.url().endsWith(`/history?hours=${hours}`)),
      page.locator(`[data-chart] a[data-hours="${hours}"]`).click(),
    ]);
    await untilRedrawn(page, before);
    const current = page.locator("[data-chart] a[aria-current]");
    assert.equal(await current.getAttribute("data-hours"), hours);
    assert.equal(new URL(page.url()).searchParams.get("hours"), hours);
    await until(
      "the download follows",
      async () => (await csvOf(page)).address.searchParams.get("hours") === hours,
    );
  }
});

test("lines are switched, and stay so", async (t) => {
  const page = await openChart(t);
  const pressed = () =>
    page
      .locator("[data-key] button")
      .evaluateAll((buttons) =>
        buttons.map((button) => `${button.textContent} ${button.getAttribute("aria-pressed")}`),
      );
  const before = await pressed();
  assert.deepEqual(
    before.filter((button) => button.endsWith("false")),
    ["Lmax false"],
  );
  assert.equal(before.length, 5);
  const drawn = await picture(page);
  await page.locator("[data-key] button", { hasText: "max" }).click();
  await untilRedrawn(page, drawn);
  await page.reload();
  await untilDrawn(page);
  assert.ok((await pressed()).includes("Lmax true"));
});

test("a stretch is zoomed by dragging, and downloaded", async (t) => {
  const page = await openChart(t, "?hours=24");
  const whole = await csvOf(page);
  assert.equal(whole.address.searchParams.get("from"), null);
  const before = await picture(page);
  const box = await page.locator("[data-plot] .u-over").boundingBox();
  assert.ok(box);
  const [left, middle, height] = [box.x + box.width * 0.3, box.x + box.width * 0.5, box.y + 60];
  await page.mouse.move(left, height);
  await page.mouse.down();
  await page.mouse.move(middle, height, { steps: 5 });
  await page.mouse.up();
  await untilRedrawn(page, before);
  const { address, headers, lines } = await csvOf(page);
  assert.match(headers["content-type"] ?? "", /^text\/csv/);
  assert.match(headers["content-disposition"] ?? "", /attachment; filename=.+\.csv/);
  const [from, to] = ["from", "until"].map((end) => Number(address.searchParams.get(end)));
  assert.ok(from && to);
  const fifth = (24 * 3600) / 5;
  assert.ok(Math.abs(to - from - fifth) < 120, `${to - from} s were dragged`);
  assert.match(lines[0] ?? "", /dB/);
  const times = lines
    .slice(1)
    .map((line) => Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0] ?? "") / 1000);
  assert.ok(times.length > 200 && times.length < whole.lines.length / 3, `${times.length} rows`);
  assert.ok(
    times.every((time) => time >= from && time <= to),
    "only what is shown",
  );
  await page.locator("[data-plot] .u-over").dblclick({ position: { x: 200, y: 60 } });
  await until(
    "all is shown again",
    async () => (await csvOf(page)).address.searchParams.get("from") === null,
  );
});

test("the pointer reads the chart out beside it", async (t) => {
  const page = await openChart(t);
  const box = await page.locator("[data-plot] .u-over").boundingBox();
  assert.ok(box);
  const readout = page.locator("[data-plot] .chart-tip");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await until("it tells levels", async () => READING.test(await readout.innerText()));
  const first = await readout.innerText();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
  await until("it follows", async () => (await readout.innerText()) !== first);
});

test("a finger reads the chart out", async (t) => {
  const path = pathOf(house.stage.location("North gate"));
  const page = await house.open(t, path, { width: 390, touch: true });
  await untilDrawn(page);
  await page.locator("[data-plot] .u-over").tap({ position: { x: 120, y: 80 } });
  await until("it tells levels", async () =>
    READING.test(await page.locator("[data-plot] .chart-tip").innerText()),
  );
});

test("the table has what the chart shows", async (t) => {
  const page = await openChart(t);
  const table = page.locator("details[data-table]");
  await table.locator("summary").click();
  const rows = await table.locator("tbody tr").count();
  assert.ok(rows > 5, `${rows} rows`);
  const heads = (await table.locator("thead").innerText()).replace(/\s+/g, " ");
  for (const head of ["Lp", "Leq", "Lmax", "L1", "L10"])
    assert.ok(heads.includes(head), `${head} in ${heads}`);
});

test("without readings it says so, and not that they are out of reach", async (t) => {
  for (const name of ["Pump house", "Old wharf"]) {
    const page = await house.open(t, pathOf(house.stage.location(name)));
    const words = page.locator("[data-plot]").getByText(/No history is kept/);
    await words.waitFor().catch(async () => {
      assert.fail(`${name}: ${await page.locator("[data-plot]").innerText()}`);
    });
  }
});

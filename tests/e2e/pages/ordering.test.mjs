// A project's locations are brought into order: by dragging, by their buttons, and not at all
// when the order cannot be saved.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page */

const house = theatre();
const SAVED = "Order saved.";
const NOT_SAVED = "The order could not be saved. It is as it was.";
// The browser itself writes of a request that was cut off.
const CUT = [/ERR_FAILED/];

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../harness/theatre.mjs").Seat} [seat]
 */
const enter = (t, seat) =>
  house.enter(t, `/projects/${house.stage.project("Harbour Tower").id}`, seat);

/** @param {Page} page @returns {Promise<string[]>} */
const order = (page) =>
  page.locator("[data-place]").evaluateAll((rows) =>
    rows.map((row) => row.querySelector("td.place")?.firstChild?.textContent ?? ""));

/**
 * Takes the row at `from` by its handle and holds it over the row at `to`.
 * @param {Page} page
 * @param {number} from
 * @param {number} to
 */
async function hold(page, from, to) {
  const handle = page.locator("[data-handle]").nth(from);
  await handle.scrollIntoViewIfNeeded();
  const [start, end] = await Promise.all([
    handle.boundingBox(), page.locator("[data-place]").nth(to).boundingBox(),
  ]);
  assert.ok(start && end);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  const y = to > from ? end.y + end.height - 4 : end.y + 4;
  await page.mouse.move(start.x + 10, y, { steps: 8 });
}

/** @param {Page} page @param {string} words */
const said = (page, words) =>
  until(words, async () => (await page.locator("#order-said").innerText()) === words);

test("a location is dragged to another place", async (t) => {
  const page = await enter(t, { height: 1400 });
  const [first, second, third, ...rest] = await order(page);
  await hold(page, 0, 2);
  await page.mouse.up();
  await said(page, SAVED);
  assert.deepEqual(await order(page), [second, third, first, ...rest]);
  await page.reload();
  assert.deepEqual(await order(page), [second, third, first, ...rest]);
});

test("Escape lets go of it where it was", async (t) => {
  const page = await enter(t, { height: 1400 });
  const before = await order(page);
  await hold(page, 2, 0);
  assert.notDeepEqual(await order(page), before);
  await page.keyboard.press("Escape");
  assert.deepEqual(await order(page), before);
  await page.mouse.up();
  assert.equal(await page.locator("#order-said").innerText(), "");
});

test("the buttons do it from the keyboard, in place", async (t) => {
  const page = await enter(t);
  const [first, second, ...rest] = await order(page);
  await page.evaluate(() => Object.assign(window, { same: true }));
  const down = page.locator("[data-place]").first().getByRole("button", { name: /^Down/ });
  await down.focus();
  await page.keyboard.press("Enter");
  await said(page, SAVED);
  assert.deepEqual(await order(page), [second, first, ...rest]);
  assert.ok(await page.evaluate(() => "same" in window), "no new page");
  // The row went down, and its button has the focus still.
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await until("the focus is back", async () => (await focused()) === `Down with ${first}`);
});

test("an order that cannot be saved is taken back, and that is said", async (t) => {
  const page = await enter(t, { height: 1400, allowed: CUT });
  await page.route("**/locations/order", (route) => route.abort());
  const before = await order(page);
  await hold(page, 1, 3);
  await page.mouse.up();
  await said(page, NOT_SAVED);
  assert.deepEqual(await order(page), before);
});

test("without scripts the buttons lead on to the page", async (t) => {
  const page = await enter(t, { scripts: false });
  const [first, second, ...rest] = await order(page);
  await page.locator("[data-place]").nth(1).getByRole("button", { name: /^Up/ }).click();
  assert.deepEqual(await order(page), [second, first, ...rest]);
  assert.equal(await page.locator("[data-handle]").first().isVisible(), false);
});

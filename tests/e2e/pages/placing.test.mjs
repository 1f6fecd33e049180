// A location is placed: by a click on the map, by its pin, by typing and by pasting.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible } from "../harness/axe.mjs";
import { theatre } from "../harness/theatre.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page */

const house = theatre();
const SIX_DECIMALS = /^-?\d+\.\d{6}$/;

/**
 * @param {import("node:test").TestContext} t
 * @param {string} project
 * @param {import("../harness/theatre.mjs").Seat} [seat]
 */
const newLocation = (t, project, seat) =>
  house.enter(t, `/projects/${house.stage.project(project).id}/locations/new`, seat);

/** @param {Page} page */
const written = async (page) => [
  await page.locator("#latitude").inputValue(), await page.locator("#longitude").inputValue(),
];

/** @param {Page} page */
const pin = (page) => page.getByRole("button", { name: /^This location/ });

/**
 * Clicks on the map, as shares of its size.
 * @param {Page} page
 * @param {number} right
 * @param {number} down
 */
async function click(page, right, down) {
  const map = page.locator("[data-place-map]");
  await map.locator(".spot").first().waitFor();
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width * right, box.y + box.height * down);
}

test("a click fills both fields in, a drag and the arrow keys change them", async (t) => {
  const page = await newLocation(t, "Harbour Tower");
  assert.equal(await pin(page).count(), 0);
  await click(page, 0.3, 0.7);
  await pin(page).waitFor();
  const clicked = await written(page);
  for (const value of clicked) assert.match(value, SIX_DECIMALS);

  const box = await pin(page).boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y - 60, { steps: 6 });
  await page.mouse.up();
  const dragged = await written(page);
  assert.ok(Number(dragged[0]) > Number(clicked[0]), "north is up");
  assert.ok(Number(dragged[1]) > Number(clicked[1]), "east is right");

  await pin(page).focus();
  await page.keyboard.press("ArrowDown");
  const nudged = await written(page);
  assert.ok(Number(nudged[0]) < Number(dragged[0]));
  await assertAccessible(page, "a location that was placed");
});

test("typing moves the pin, and both numbers may be pasted at once", async (t) => {
  const page = await newLocation(t, "Harbour Tower");
  await click(page, 0.5, 0.5);
  await pin(page).waitFor();
  const before = await pin(page).boundingBox();
  await page.locator("#latitude").fill("40.7055, -74.0105");
  assert.deepEqual(await written(page), ["40.7055", "-74.0105"]);
  await until("the pin has moved", async () => {
    const after = await pin(page).boundingBox();
    return after && before && (after.x !== before.x || after.y !== before.y);
  });
  await page.locator("#longitude").press("ArrowUp");
  assert.deepEqual(await written(page), ["40.7055", "-74.010490"]);
  await page.locator("#latitude").fill("");
  await until("no pin without a place", async () => (await pin(page).count()) === 0);
});

test("the first location of a project is typed, and then there is a map", async (t) => {
  const page = await newLocation(t, "Mill Lane");
  await page.getByText("No location of this project is placed yet").waitFor();
  assert.equal(await page.locator("[data-place-map]").isVisible(), false);
  await page.locator("#latitude").fill("40.7055, -74.0105");
  await pin(page).waitFor();
  await page.getByText("Click where the location is").waitFor();
});

test("without scripts the two fields are there, and what is pasted is understood", async (t) => {
  const page = await newLocation(t, "Mill Lane", { scripts: false });
  await page.locator("#name").fill("Weir");
  await page.locator("#latitude").fill("40.7055, -74.0105");
  await page.getByRole("button", { name: "Add location" }).click();
  await page.getByText("40.70550, -74.01050").waitFor();
});

test("on a phone a tap places it", async (t) => {
  const page = await newLocation(t, "Harbour Tower", { width: 390, touch: true });
  await page.locator("[data-place-map] .spot").first().waitFor();
  const map = page.locator("[data-place-map]");
  await map.scrollIntoViewIfNeeded();
  await map.tap({ position: { x: 60, y: 200 } });
  await pin(page).waitFor();
  for (const value of await written(page)) assert.match(value, SIX_DECIMALS);
});

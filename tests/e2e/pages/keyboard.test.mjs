// Everything by keyboard alone, and always to be seen where one is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { pathOf, tileOf, untilDrawn, untilMapped } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();
// More stops than any page has.
const MOST_STOPS = 120;

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {Page} page
 * @returns {Promise<string>} what has the focus, or how it fails to be seen
 */
function stopOf(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof Element) || element === document.body) return "";
    const name = element.outerHTML.slice(0, 80);
    // The ring may be drawn around what the link stands for, such as a tile.
    const around = [element, element.parentElement, element.closest("li, tr, figure")];
    const ringed = around.some((each) =>
      [null, "::before", "::after"].some((pseudo) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each ?? element, pseudo);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      }),
    );
    const { width, height, bottom, top } = element.getBoundingClientRect();
    const there = width > 1 && height > 1 && bottom > 0 && top < innerHeight;
    return `${ringed ? "" : "no ring: "}${there ? "" : "out of sight: "}${name}`;
  });
}

/**
 * Goes on by Tab until something is reached; every stop on the way must be seen.
 *
 * @param {Page} page
 * @param {string} selector
 */
async function tabTo(page, selector) {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    assert.doesNotMatch(await stopOf(page), /^(no ring|out of sight)/);
    const reached = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (reached) return;
  }
  assert.fail(`Tab never comes to ${selector}`);
}

test("from the prompt to the chart and back", async (t) => {
  const { link, password } = house.stage.project("Harbour Tower");
  const location = house.stage.location("North gate");
  const page = await house.sit(t);

  await page.goto(`${house.stage.url}/portal/p/${link}`);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${house.stage.url}/portal`);

  await tabTo(page, `#tile-${location.id} a`);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${house.stage.url}${pathOf(location)}`);

  await untilDrawn(page);
  await tabTo(page, "[data-plot], [data-plot] *");
  const readout = page.locator("[data-readout]");
  await page.keyboard.press("ArrowLeft");
  await until("the read-out tells a moment", async () =>
    /\d\d:\d\d/.test(await readout.innerText()),
  );
  const first = await readout.innerText();
  await page.keyboard.press("ArrowLeft");
  await until("the read-out moves", async () => (await readout.innerText()) !== first);
  const csv = page.locator("[data-csv-link]");
  const whole = await csv.getAttribute("href");
  await page.keyboard.press("+");
  await until("it is zoomed", async () => (await csv.getAttribute("href")) !== whole);
  await page.keyboard.press("0");
  await until("it is whole again", async () => (await csv.getAttribute("href")) === whole);
  await tabTo(page, "details[data-table] > summary");
  await page.keyboard.press("Enter");
  await page.locator("details[data-table] table").waitFor();

  await page.keyboard.press("Control+Home");
  await page.evaluate(() => document.body.focus());
  await tabTo(page, "main a[href='/portal']");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${house.stage.url}/portal`);
});

test("the first stop leads past the bar", async (t) => {
  for (const path of ["/portal", pathOf(house.stage.location("North gate")), "/portal/events"]) {
    const page = await house.open(t, path);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to content" });
    assert.equal(await skip.evaluate((link) => link === document.activeElement), true);
    const box = await skip.boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.width > 40, "it is seen");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement?.closest("main") !== null);
    assert.ok(inside, "the next stop is in the content");
  }
});

test("the map's pins and their popups are reached", async (t) => {
  const page = await house.open(t, "/portal");
  await untilMapped(page);
  await tabTo(page, "[data-map] button.pin");
  const pin = await page.evaluate(() => document.activeElement?.getAttribute("data-pin"));
  await page.keyboard.press("Enter");
  await page.locator(".map-card").waitFor();
  const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  assert.equal(
    href,
    `/portal/location/${pin?.replace("tile-", "")}`,
    "the popup's link has the focus",
  );
  await page.keyboard.press("Escape");
  await page.locator(".map-card").waitFor({ state: "detached" });
  const back = await page.evaluate(() => document.activeElement?.getAttribute("data-pin"));
  assert.equal(back, pin, "the focus is back on the pin");
});

test("the inbox's filter is worked by keyboard", async (t) => {
  const page = await house.open(t, "/portal/events");
  await tabTo(page, "select[name=location]");
  const location = house.stage.location("Canal walk");
  await page.locator("select[name=location]").selectOption(location.id);
  await until("the list follows", () => page.url().includes(location.id));
  const named = () =>
    page.locator("main table tbody a, main tbody [data-label=Location]").allInnerTexts();
  await until("only this location's breaches", async () => {
    const names = await named();
    return names.length > 0 && names.every((name) => name.includes(location.name));
  });
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("name"));
  assert.equal(focused, "location", "the focus stays");
});

test("a tile is one stop", async (t) => {
  const page = await house.open(t, "/portal");
  for (const location of house.stage.project("Harbour Tower").locations) {
    const stops = tileOf(page, location).locator("a, button, [tabindex='0']");
    assert.equal(await stops.count(), 1, location.name);
  }
});

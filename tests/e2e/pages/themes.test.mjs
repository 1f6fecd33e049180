// Light and dark, print, reduced motion, and every width.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertFits } from "../harness/guard.mjs";
import { theatre } from "../harness/theatre.mjs";
import { pathOf, untilDrawn } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {Page} page
 * @returns {Promise<number>} of the page's ground, 0 black to 255 white
 */
async function brightness(page) {
  const colour = await page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("no canvas");
    for (const ground of [document.documentElement, document.body]) {
      canvas.fillStyle = getComputedStyle(ground).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  });
  const [red = 0, green = 0, blue = 0, alpha = 0] = colour;
  assert.equal(alpha, 255, "the ground is painted");
  return 0.2 * red + 0.7 * green + 0.1 * blue;
}

test("light and dark follow the system", async (t) => {
  const page = await house.open(t, "/portal");
  assert.ok((await brightness(page)) > 200);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.ok((await brightness(page)) < 60);
});

test("the switch overrides the system, on every page, until it is switched back", async (t) => {
  const page = await house.open(t, "/portal");
  await page.getByRole("button", { name: "Switch to dark" }).click();
  assert.ok((await brightness(page)) < 60);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.goto(`${house.stage.url}/portal/events`);
  assert.ok((await brightness(page)) < 60, "it is kept");
  await page.getByRole("button", { name: "Switch to light" }).click();
  assert.ok((await brightness(page)) > 200);
  await page.reload();
  assert.ok((await brightness(page)) > 200);
});

test("the chart takes the colours of the theme", async (t) => {
  const page = await house.open(t, pathOf(house.stage.location("North gate")));
  await untilDrawn(page);
  const picture = () =>
    page
      .locator("[data-plot] canvas")
      .first()
      .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ""));
  const light = await picture();
  await page.getByRole("button", { name: "Switch to dark" }).click();
  await until("the chart is drawn anew", async () => (await picture()) !== light);
});

for (const path of ["/portal", "North gate", "/portal/events"]) {
  test(`on paper ${path} is white, without anything to press`, async (t) => {
    const at = path.startsWith("/") ? path : pathOf(house.stage.location(path));
    const page = await house.open(t, at, { scheme: "dark" });
    await page.emulateMedia({ media: "print" });
    assert.ok((await brightness(page)) > 250);
    // The buttons of the chart's key stay: on paper they are its key.
    const pressed = "button:not([data-key] *), select, .skip, nav a, form[action='/portal/logout']";
    const pressable = page.locator(pressed);
    for (const control of await pressable.all()) {
      assert.equal(await control.isVisible(), false, await control.evaluate((e) => e.outerHTML));
    }
    await page.getByRole("heading", { level: 1 }).waitFor();
  });
}

test("with reduced motion nothing moves by itself", async (t) => {
  for (const path of ["/portal", pathOf(house.stage.location("North gate"))]) {
    const page = await house.open(t, path, { still: true });
    const moving = await page.evaluate(() => {
      const seconds = (/** @type {string} */ list) => Math.max(...list.split(",").map(parseFloat));
      return [...document.querySelectorAll("*")].flatMap((element) =>
        [null, "::before", "::after"].flatMap((pseudo) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(
            element,
            pseudo,
          );
          const animated = animationName !== "none" && seconds(animationDuration) > 0.01;
          const eased = seconds(transitionDuration) > 0.01;
          return animated || eased
            ? [`${element.tagName}.${element.className}${pseudo ?? ""}`]
            : [];
        }),
      );
    });
    assert.deepEqual([...new Set(moving)], [], path);
  }
});

test("on a wall everything is seen at once, without scrolling", async (t) => {
  const page = await house.open(t, "/portal?wall", { width: 1920, height: 1080, scheme: "dark" });
  await page.locator("body.wall").waitFor();
  const { height, deepest, tiles } = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll("main *")].map((e) => e.getBoundingClientRect());
    const tiles = [...document.querySelectorAll(".tile")].map((e) => e.getBoundingClientRect());
    return {
      height: document.documentElement.scrollHeight,
      deepest: Math.max(...boxes.filter((box) => box.height > 0).map((box) => box.bottom)),
      tiles: tiles.filter((box) => box.top >= 0 && box.bottom <= innerHeight && box.height > 40)
        .length,
    };
  });
  assert.ok(height <= 1080, `${height} px high`);
  assert.ok(deepest > 0.94 * 1080, `filled down to ${deepest} px`);
  assert.equal(tiles, house.stage.project("Harbour Tower").locations.length);
});

for (const width of [390, 360, 320]) {
  test(`nothing sticks out at ${width} px`, async (t) => {
    const { locations, link } = house.stage.project("Harbour Tower");
    const places = locations.map((location) => pathOf(location));
    const page = await house.open(t, "/portal", { width, height: 800 });
    for (const path of [
      "/portal",
      "/portal/events",
      "/portal/access",
      `/portal/p/${link}`,
      ...places,
    ]) {
      await page.goto(`${house.stage.url}${path}`);
      await assertFits(page);
    }
  });
}

test("what is pressed on a phone is at least 44 px", async (t) => {
  const { link } = house.stage.project("Harbour Tower");
  const location = pathOf(house.stage.location("North gate"));
  const page = await house.open(t, "/portal", { width: 390, height: 844, touch: true });
  for (const path of ["/portal", location, "/portal/events", `/portal/p/${link}`]) {
    await page.goto(`${house.stage.url}${path}`);
    if (path === location) await untilDrawn(page);
    const small = await page.evaluate(() => {
      // A link within a line of text is as high as the line.
      const pressed = "button, select, input:not([type=hidden]), summary, nav a, a.btn";
      return [...document.querySelectorAll(pressed)].flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        const there = element.checkVisibility() && width > 0;
        const fits = width >= 43.5 && height >= 43.5;
        return there && !fits
          ? [`${element.outerHTML.slice(0, 90)}: ${width} by ${height} px`]
          : [];
      });
    });
    assert.deepEqual(small, [], path);
  }
});

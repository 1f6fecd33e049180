// A page that keeps itself current, and says so when it cannot.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hide } from "../harness/tabs.mjs";
import { theatre } from "../harness/theatre.mjs";
import { pathOf, tileOf } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();
const EVERY_MS = 15_000;
// The browser itself writes of each request that finds no server.
const AWAY = [/ERR_CONNECTION_(REFUSED|RESET)/, /ERR_EMPTY_RESPONSE/];

/** @typedef {import("playwright-core").Page} Page */

/**
 * A page whose timers the test moves.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} path
 * @param {import("../harness/theatre.mjs").Seat} [seat]
 */
async function openTimed(t, path, seat = {}) {
  const page = await house.sit(t, { project: "Harbour Tower", ...seat });
  await page.clock.install();
  await page.goto(`${house.stage.url}${path}`);
  await page.locator("[data-freshness-text]").waitFor();
  return page;
}

/**
 * Lets the page's own time run until something is so.
 *
 * @param {Page} page
 * @param {string} what
 * @param {() => Promise<boolean>} ask
 */
async function runUntil(page, what, ask) {
  await until(what, async () => {
    await page.clock.runFor(EVERY_MS);
    return ask();
  });
}

/** @param {Page} page */
const isOutdated = (page) =>
  page
    .locator("main.outdated")
    .count()
    .then((count) => count === 1);

/** @param {Page} page */
const freshness = (page) => page.locator("[data-freshness-text]").innerText();

test("values change in place: nothing is replaced, focus and scroll stay", async (t) => {
  const page = await openTimed(t, "/portal", { height: 500 });
  const location = house.stage.location("School playground");
  const tile = tileOf(page, location);
  await tile.getByRole("link").first().focus();
  await page.evaluate(() => scrollTo(0, 120));
  await tile.evaluate((element) => Object.assign(element, { same: true }));
  await runUntil(
    page,
    "the page has all that it will have",
    async () => (await page.locator("button.pin").count()) > 0,
  );
  await page.evaluate(() => document.fonts.ready);
  // Where it is to the eye: a browser scrolls along when something above grows.
  const top = () => tile.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const height = await top();
  await house.stage.sim("SLM-103", { do: "force", metric: "leq", text: "44.4" });
  await house.stage.sim("SLM-103", { do: "poll" });
  await runUntil(
    page,
    "the value is the new one",
    async () => (await tile.getAttribute("data-value")) === "44.4",
  );
  await tile.getByText("44.4").first().waitFor();
  assert.equal(await tile.evaluate((element) => "same" in element), true, "the same element");
  assert.equal(await top(), height);
  const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  assert.equal(href, pathOf(location));
});

test("an open table stays open", async (t) => {
  const page = await openTimed(t, pathOf(house.stage.location("North gate")));
  const table = page.locator("details[data-table]");
  await table.locator("summary").click();
  const rendered = () => page.locator("main").getAttribute("data-at");
  const before = await rendered();
  await runUntil(page, "the page is a newer one", async () => (await rendered()) !== before);
  assert.notEqual(await table.getAttribute("open"), null);
});

/**
 * @param {import("playwright-core").Locator} text
 * @returns {Promise<string>} how it is painted, by its own style and that of what it stands in
 */
function inkOf(text) {
  return text.evaluate((element) => {
    const painted = [];
    for (let each = /** @type {Element | null} */ (element); each; each = each.parentElement) {
      const { color, opacity, filter } = getComputedStyle(each);
      painted.push(`${color} ${opacity} ${filter}`);
    }
    return painted.join();
  });
}

test("with the server away the values stay, greyed, and it says since when", async (t) => {
  const page = await openTimed(t, "/portal", { allowed: AWAY });
  await runUntil(
    page,
    "the map is there",
    async () => (await page.locator("button.pin").count()) > 0 && !(await isOutdated(page)),
  );
  const tile = tileOf(page, house.stage.location("North gate"));
  const ink = () => inkOf(tile.locator(".num").first());
  const [value, normal] = [await tile.getAttribute("data-value"), await ink()];
  await house.stage.order({ do: "stop_portal" });
  let away = true;
  t.after(() => away && house.stage.order({ do: "start_portal" }));
  await runUntil(page, "the page is greyed", () => isOutdated(page));
  assert.match(await freshness(page), /^Not updated since \d\d:\d\d:\d\d$/);
  assert.equal(await page.locator("#freshness.late").count(), 1);
  assert.equal(await tile.getAttribute("data-value"), value);
  await until("it looks greyed", async () => (await ink()) !== normal);
  away = false;
  await house.stage.order({ do: "start_portal" });
  await runUntil(page, "the page is current again", async () => !(await isOutdated(page)));
  assert.match(await freshness(page), /^Updated \d\d:\d\d:\d\d$/);
  assert.equal(await page.locator("#freshness.late").count(), 0);
});

test("ages tick by themselves, by the server's clock", async (t) => {
  const page = await openTimed(t, "/portal");
  const age = tileOf(page, house.stage.location("Chapel yard")).locator("[data-tick=ago]").first();
  const before = await age.innerText();
  assert.match(before, /^\d+ min ago$/);
  await page.evaluate(() => {
    globalThis.fetch = () => new Promise(() => {});
  });
  await page.clock.runFor(61_000);
  assert.notEqual(await age.innerText(), before);
});

test("a hidden tab asks for nothing, and at once when it is seen again", async (t) => {
  const page = await openTimed(t, "/portal", { tab: true });
  // What is loaded in the first idle moments has been loaded.
  await page.clock.runFor(5_000);
  await page.waitForLoadState("networkidle");
  const show = await hide(page);
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.clock.runFor(10 * EVERY_MS);
  assert.equal(asked.join(" "), "");
  await show();
  await until("it asks", () => asked.includes(`${house.stage.url}/portal`));
});

for (const how of ["password", "link", "disable"]) {
  test(`a page leaves when its session is ended by: ${how}`, async (t) => {
    const project = "Station Square";
    if (how === "disable") await house.stage.order({ do: "open", project });
    const page = await openTimed(t, "/portal", { project, allowed: [/status of 401/] });
    await house.stage.order({ do: "revoke", project, how });
    const prompt = `/portal/p/${house.stage.project(project).link}`;
    const words = how === "password" ? page.locator("#password") : page.getByText("You need your");
    await runUntil(page, "the page has left", async () => (await words.count()) > 0);
    assert.equal(new URL(page.url()).pathname, how === "password" ? prompt : "/portal");
  });
}

test("while SLMM is away the last readings are shown as such", async (t) => {
  const page = await openTimed(t, "/portal");
  await house.stage.order({ do: "slmm_down" });
  t.after(() => house.stage.order({ do: "slmm_up" }));
  const tile = tileOf(page, house.stage.location("North gate"));
  const value = await tile.getAttribute("data-value");
  await house.stage.order({ do: "pass", seconds: 30 });
  await runUntil(
    page,
    "the page is a newer one",
    async () => !(await freshness(page)).includes("–"),
  );
  assert.equal(await tile.getAttribute("data-value"), value);
  assert.equal(await isOutdated(page), false, "the portal itself answers");
});

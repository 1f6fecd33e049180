// The map of the overview, on its neutral ground and over a firm's own tiles.

import assert from "node:assert/strict";
import { test } from "node:test";

import { startTileServer } from "../harness/tiles-server.mjs";
import { theatre } from "../harness/theatre.mjs";
import { tileOf, untilMapped } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();

/**
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
const pinOf = (page, name) =>
  page.locator(`button.pin[data-pin="tile-${house.stage.location(name).id}"]`);

test("every location has a pin that tells its state and its value", async (t) => {
  const page = await house.open(t, "/portal");
  await untilMapped(page);
  const { locations } = house.stage.project("Harbour Tower");
  assert.equal(await page.locator("button.pin").count(), locations.length);
  for (const location of locations) {
    const pin = pinOf(page, location.name);
    assert.equal(await pin.locator("use").getAttribute("href"), `#i-${location.standing}`);
    const value = await tileOf(page, location).getAttribute("data-value");
    const live = ["above", "near", "below", "free"].includes(location.standing);
    if (live && value)
      assert.match(await pin.innerText(), new RegExp(String(Math.round(Number(value)))));
    const name = await pin.getAttribute("aria-label");
    assert.match(name ?? "", new RegExp(location.name));
    const label = await tileOf(page, location).getAttribute("data-label");
    assert.match(name ?? "", new RegExp(label ?? "", "i"));
  }
  const ids = await page.locator("[data-map]").evaluate((map) => {
    const ground = map.getBoundingClientRect();
    return [...map.querySelectorAll("button.pin")].filter((pin) => {
      const { left, right, top, bottom } = pin.getBoundingClientRect();
      return (
        left < ground.left || right > ground.right || top < ground.top || bottom > ground.bottom
      );
    }).length;
  });
  assert.equal(ids, 0, "all pins lie within the map");
});

test("a pin opens the current reading with a link to its location", async (t) => {
  const page = await house.open(t, "/portal");
  await untilMapped(page);
  const location = house.stage.location("North gate");
  await pinOf(page, location.name).click();
  const card = page.locator(".map-card");
  await card.waitFor();
  const value = await tileOf(page, location).getAttribute("data-value");
  assert.match(await card.innerText(), new RegExp(`${location.name}[^]*Above limit[^]*${value}`));
  await card.getByRole("link", { name: location.name }).click();
  await page.waitForURL(`${house.stage.url}/portal/location/${location.id}`);
});

test("pins and the open popup follow the refresh", async (t) => {
  const page = await house.sit(t, { project: "Harbour Tower" });
  await page.clock.install();
  await page.goto(`${house.stage.url}/portal`);
  await until("the map is there", async () => {
    await page.clock.runFor(500);
    return (await page.locator("button.pin").count()) > 0;
  });
  const pin = pinOf(page, "Crane base");
  await pin.click();
  await house.stage.sim("SLM-104", { do: "force", metric: "leq", text: "88.8" });
  await house.stage.sim("SLM-104", { do: "poll" });
  await until("the pin tells the new value", async () => {
    await page.clock.runFor(15_000);
    return (await pin.innerText()).includes("89");
  });
  await page.locator(".map-card").getByText("88.8").waitFor();
});

test("without tiles nobody else is asked, and there is a scale", async (t) => {
  const page = await house.open(t, "/portal");
  await untilMapped(page);
  const map = page.locator("[data-map]");
  assert.match(await map.innerText(), /\d+ k?m\b/);
  assert.equal(await map.locator("img").count(), 0);
  assert.doesNotMatch(await policyOf(page), /img-src[^;]*http/);
});

test("a map that cannot be loaded says so, and is tried again", async (t) => {
  const allowed = [/ERR_FAILED/, /dynamically imported module/];
  const page = await house.sit(t, { project: "Harbour Tower", allowed });
  await page.clock.install();
  await page.route("**/map.js", (route) => route.abort());
  await page.goto(`${house.stage.url}/portal`);
  await until("it says so", async () => {
    await page.clock.runFor(500);
    return /could not be loaded/.test(await page.locator("#map").innerText());
  });
  await page.unroute("**/map.js");
  await until("the map is there", async () => {
    await page.clock.runFor(15_000);
    return (await page.locator("button.pin").count()) > 0;
  });
  assert.doesNotMatch(await page.locator("#map").innerText(), /could not be loaded/);
});

test("with a firm's tiles they are asked for there and only there", async (t) => {
  const server = await startTileServer();
  t.after(() => server.stop());
  const settings = {
    map_tile_url: `${server.origin}/{z}/{x}/{y}.png`,
    map_tile_attribution: "© Survey of <b>Ashport</b>",
  };
  const { url } = await house.stage.order({ do: "portal", settings });
  const page = await house.open(t, "/portal", { portal: url, others: [server.origin] });
  await untilMapped(page);
  await until("tiles are asked for", () => server.asked.length > 0);
  for (const path of server.asked) assert.match(path, /^\/\d+\/\d+\/\d+\.png$/);
  await page.getByText("© Survey of <b>Ashport</b>").waitFor();
  assert.match(await policyOf(page), new RegExp(`img-src[^;]*${server.origin}`));
  const elsewhere = await page.request.get(`${url}/portal/access`);
  assert.equal(elsewhere.status(), 200);
});

/** @param {import("playwright-core").Page} page */
async function policyOf(page) {
  const answer = await page.request.get(page.url());
  return answer.headers()["content-security-policy"] ?? "";
}

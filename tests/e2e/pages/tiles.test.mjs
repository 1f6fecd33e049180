// Every state of a location on the overview: its word, its shape, its text.

import assert from "node:assert/strict";
import { test } from "node:test";

import { tellSimulator, tileOf } from "../harness/tiles.mjs";
import { theatre } from "../harness/theatre.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();

/** By standing: the tile's word, whether it shows a value, and what it says besides. */
const STATES = {
  above: { word: "Above limit", value: true, says: /limit/ },
  near: { word: "Within 3 dB of limit", value: true, says: /limit/ },
  below: { word: "Below limit", value: true, says: /limit/ },
  free: { word: "Measuring", value: true, says: /Crane base/ },
  stopped: { word: "Stopped", value: null, says: /[Nn]ot measuring|[Ss]topped/ },
  stale: { word: "Stale", value: true, says: /since \d\d:\d\d/ },
  offline: { word: "Offline", value: null, says: /[Nn]o contact/ },
  "no-data": { word: /No data/, value: false, says: /[Nn]o reading|[Nn]othing|[Nn]ot/ },
  "no-meter": { word: "No meter", value: false, says: /[Nn]o meter is assigned/ },
};

/** @typedef {keyof typeof STATES} Standing */

/**
 * @param {import("playwright-core").Locator} tile
 * @returns {Promise<string[]>} the shapes that it refers to
 */
function shapesOf(tile) {
  return tile
    .locator("use")
    .evaluateAll((uses) => uses.map((use) => use.getAttribute("href") ?? ""));
}

test("every state has its word, its shape and its reason", async (t) => {
  const page = await house.open(t, "/portal");
  const shapes = new Map();
  for (const location of house.stage.project("Harbour Tower").locations) {
    await t.test(location.standing, async () => {
      const tile = tileOf(page, location);
      const expected = STATES[/** @type {Standing} */ (location.standing)];
      assert.equal(await tile.getAttribute("data-standing"), location.standing);
      await tile.getByText(expected.word).first().waitFor();
      await tile.getByText(location.name).first().waitFor();
      assert.match(await tile.innerText(), expected.says);
      const shape = `#i-${location.standing}`;
      assert.ok((await shapesOf(tile)).includes(shape), `${await shapesOf(tile)}`);
      assert.equal(await page.locator(`symbol${shape}`).count(), 1);
      shapes.set(shape, location.name);
      const value = await tile.getAttribute("data-value");
      if (expected.value !== null) assert.equal(value !== null, expected.value, `${value}`);
      if (expected.value) assert.match(value ?? "", /^\d+\.\d$/);
      assert.equal(await tile.getByRole("link").first().getAttribute("href"), await hrefOf(tile));
    });
  }
  assert.equal(shapes.size, Object.keys(STATES).length, "a shape for each state");
});

/** @param {import("playwright-core").Locator} tile */
const hrefOf = (tile) => tile.getAttribute("data-href");

test("the verdict, the chips and the strip tell the same", async (t) => {
  const page = await house.open(t, "/portal");
  const main = await page.locator("main").innerText();
  assert.match(main, /North gate is above its limit\./);
  for (const chip of [/1 above/, /1 within 3 dB/, /1 below/, /1 stopped/]) assert.match(main, chip);
  await page
    .getByText(/How far/)
    .first()
    .waitFor();
});

test("title and icon tell a breach, and its end", async (t) => {
  const page = await house.sit(t, { project: "Station Square" });
  await page.clock.install();
  await page.goto(`${house.stage.url}/portal`);
  const icon = () => page.locator("#icon").getAttribute("href");
  const [calm, calmTitle] = [await icon(), await page.title()];
  assert.match(calm ?? "", /icon\.svg/);
  await house.stage.sim("SLM-109", { do: "force", metric: "leq", text: "99.9" });
  await house.stage.order({ do: "pass", seconds: 120 });
  await until("the title tells", async () => {
    await page.clock.runFor(15_000);
    return (await page.title()) !== calmTitle;
  });
  assert.match(await page.title(), /above/i);
  assert.match((await icon()) ?? "", /breach/);
  assert.equal(
    await tileOf(page, house.stage.location("Taxi rank")).getAttribute("data-standing"),
    "above",
  );
  await house.stage.sim("SLM-109", { do: "force", metric: "leq", text: "50.0" });
  await house.stage.order({ do: "pass", seconds: 120 });
  await until("all is calm again", async () => {
    await page.clock.runFor(15_000);
    return (await page.title()) === calmTitle && (await icon()) === calm;
  });
});

test("a project without a location says so", async (t) => {
  const page = await house.open(t, "/portal", { project: "Mill Lane" });
  await page.getByText(/No monitoring location/).waitFor();
  assert.equal(await page.locator(".tile").count(), 0);
  assert.equal(await page.locator("#map").count(), 0);
  const { id } = await house.stage.order({
    do: "add_location",
    project: "Mill Lane",
    name: "Weir",
  });
  await page.reload();
  await page.locator(`#tile-${id}[data-standing=no-meter]`).waitFor();
  await house.stage.order({ do: "remove_location", id });
  await page.reload();
  await page.getByText(/No monitoring location/).waitFor();
});

test("limits that cannot be read, and a meter that SLMM does not tell of", async (t) => {
  const rules = { endpoint: "rules", unit: "SLM-104" };
  await tellSimulator(house.stage, "/faults", { scope: rules, fault: "internal_error" });
  const status = { endpoint: "status", unit: "SLM-105" };
  await tellSimulator(house.stage, "/faults", { scope: status, fault: "internal_error" });
  // A portal that has never heard of them.
  const { url } = await house.stage.order({ do: "portal" });
  const page = await house.open(t, "/portal", { portal: url });
  for (const [name, standing, word] of [
    ["Crane base", "unknown", "Measuring"],
    ["Ferry steps", "unavailable", "Unavailable"],
  ]) {
    const tile = tileOf(page, house.stage.location(String(name)));
    await until(`${name} is ${standing}`, async () => {
      if ((await tile.getAttribute("data-standing")) === standing) return true;
      await page.reload();
      return false;
    });
    await tile
      .getByText(word ?? "")
      .first()
      .waitFor();
    assert.ok((await shapesOf(tile)).includes(`#i-${standing}`));
  }
});

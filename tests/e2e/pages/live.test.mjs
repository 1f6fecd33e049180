// The live panel: values, words and the socket's ups and downs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { levelOf, pathOf, untilLive, untilMoved } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {import("node:test").TestContext} t
 * @param {string} name
 * @param {import("../harness/theatre.mjs").Seat} [seat]
 */
async function watch(t, name, seat) {
  const page = await house.open(t, pathOf(house.stage.location(name)), seat);
  await untilLive(page);
  return page;
}

/** @param {Page} page */
const status = (page) => page.locator("[data-live-status]").innerText();

test("headline, margin and rail follow a frame at once", async (t) => {
  const page = await watch(t, "North gate");
  const threshold = Number(await page.locator("#live").getAttribute("data-threshold"));
  for (const [text, margin] of [
    [(threshold + 4.3).toFixed(1), "4.3 dB above the limit"],
    [(threshold - 1.2).toFixed(1), "1.2 dB below the limit"],
    [threshold.toFixed(1), "at the limit"],
  ]) {
    await house.stage.sim("SLM-101", { do: "force", metric: "leq", text });
    await until(
      `the headline is ${text}`,
      async () => (await levelOf(page, "leq").innerText()) === text,
    );
    assert.equal(await page.locator("[data-margin]").first().innerText(), margin);
    const width = await page.locator("[data-rail-fill]").first().getAttribute("width");
    const share = ((Number(text) - 30) / 70) * 100;
    assert.ok(Math.abs(parseFloat(width ?? "") - share) < 0.01, `${width}`);
  }
  await house.stage.sim("SLM-101", { do: "force", metric: "leq", text: "-.-" });
  await until("no value is a dash", async () => (await levelOf(page, "leq").innerText()) === "–");
  assert.match((await levelOf(page, "leq").getAttribute("class")) ?? "", /\bnone\b/);
  await house.stage.sim("SLM-101", { do: "restore" });
});

test("the trace grows", async (t) => {
  const page = await watch(t, "Canal walk");
  const drawn = () => page.locator("[data-trace] svg path").last().getAttribute("d");
  await untilMoved(page);
  const before = await drawn();
  await until("the trace is another", async () => (await drawn()) !== before);
});

/** @param {Page} page */
const stateOf = (page) => page.locator("#live").getAttribute("data-state");

/**
 * @param {Page} page
 * @param {string} unit
 */
async function lose(page, unit) {
  await house.stage.sim(unit, { do: "reach", reach: "refusing" });
  // The third poll without an answer tells; they come 5 s apart.
  await house.stage.order({ do: "pass", seconds: 20 });
  await until("it is offline", async () => (await stateOf(page)) === "offline");
  await page.locator("main").getByText("Offline").first().waitFor();
}

test("a meter that is lost changes the words by itself", async (t) => {
  const page = await watch(t, "Taxi rank", { project: "Station Square" });
  await lose(page, "SLM-109");
  assert.match(await page.locator("[data-announce]").innerText(), /offline|contact/i);
});

test("a meter that stops, starts and is lost changes them each time", async (t) => {
  const page = await watch(t, "School playground");
  await house.stage.sim("SLM-103", { do: "stop" });
  await until("it is stopped", async () => (await stateOf(page)) === "stopped");
  await page.locator("main").getByText("Stopped").first().waitFor();
  await house.stage.sim("SLM-103", { do: "start" });
  await until("it measures", async () => (await stateOf(page)) === "measuring");
  // Soon after the change before, and no frame follows that could make up for it.
  await lose(page, "SLM-103");
});

test("a lost connection is told, and comes back", async (t) => {
  const allowed = [/ERR_CONNECTION_(REFUSED|RESET)/, /ERR_EMPTY_RESPONSE/, /WebSocket connection/];
  const page = await watch(t, "Canal walk", { allowed });
  const value = await levelOf(page, "leq").innerText();
  await house.stage.order({ do: "stop_portal" });
  let away = true;
  t.after(() => away && house.stage.order({ do: "start_portal" }));
  await until("it is told", async () => /^Connection lost\. Trying again/.test(await status(page)));
  assert.equal(await levelOf(page, "leq").innerText(), value, "the last value stays");
  away = false;
  await house.stage.order({ do: "start_portal" });
  await until("it is live again", async () => (await status(page)) === "Live", 30_000);
  await untilMoved(page);
});

test("a meter without a feed of its own is told to be slow", async (t) => {
  const { url } = await house.stage.order({ do: "portal", settings: { slmm_max_feeds: 1 } });
  await watch(t, "Canal walk", { portal: url });
  const slow = await house.open(t, pathOf(house.stage.location("Crane base")), { portal: url });
  await until("it says so", async () => (await status(slow)) === "Live, every 5 s", 15_000);
});

test("a location that is taken away leaves its page", async (t) => {
  const order = { do: "add_location", project: "Harbour Tower", name: "Sluice" };
  const { id } = await house.stage.order(order);
  const page = await house.sit(t, { project: "Harbour Tower", allowed: [/status of 404/] });
  await page.clock.install();
  await page.goto(`${house.stage.url}/portal/location/${id}`);
  await page.getByRole("heading", { level: 1, name: "Sluice" }).waitFor();
  await house.stage.order({ do: "remove_location", id });
  await until("the page has left", async () => {
    await page.clock.runFor(15_000);
    return (await page.getByRole("heading", { name: "Sluice" }).count()) === 0;
  });
  await page.getByRole("heading", { name: "Not found" }).waitFor();
});

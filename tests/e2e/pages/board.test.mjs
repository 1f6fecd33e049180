// The board and a project's page keep themselves current.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page */

const house = theatre();
const EVERY_MS = 20_000;

/**
 * A page whose timers the test moves.
 * @param {import("node:test").TestContext} t
 * @param {string} path
 */
async function enterTimed(t, path) {
  const page = await house.sit(t, { others: [house.stage.operator] });
  await page.clock.install();
  await page.goto(`${house.stage.operator}${path}`);
  await page.evaluate(() => Object.assign(window, { same: true }));
  return page;
}

/**
 * Lets the page's own time run until something is so.
 * @param {Page} page
 * @param {string} what
 * @param {() => Promise<boolean>} ask
 */
const runUntil = (page, what, ask) =>
  until(what, async () => {
    await page.clock.runFor(EVERY_MS);
    return ask();
  });

test("limits not asked yet are said so, and follow without a new page", async (t) => {
  const page = await enterTimed(t, "/");
  const verdict = page.locator(".verdict");
  assert.match(await verdict.innerText(), /not asked yet/);
  await runUntil(page, "everything was asked", async () =>
    !/not asked yet/.test(await verdict.innerText()));
  assert.match(await verdict.innerText(), /limits? (is|are) being broken/);
  assert.match(await page.title(), /^▲/);
  assert.ok(await page.evaluate(() => "same" in window), "no new page");
});

test("a project's levels follow, and what is copied or filled in stays", async (t) => {
  const { id } = house.stage.project("Harbour Tower");
  const page = await enterTimed(t, `/projects/${id}`);
  const copy = page.locator("[data-copy=link]");
  await copy.waitFor();
  const playground = house.stage.location("School playground").id;
  const level = page.locator(`[data-place="${playground}"] .level b`);
  await house.stage.sim("SLM-103", { do: "force", metric: "leq", text: "44.4" });
  await house.stage.sim("SLM-103", { do: "poll" });
  await runUntil(page, "another level", async () => (await level.innerText()) === "44.4");
  assert.ok(await copy.isVisible(), "what a script has shown stays shown");
  assert.ok(await page.evaluate(() => "same" in window), "no new page");
});

test("the inbox follows and keeps its filter", async (t) => {
  const page = await enterTimed(t, "/alerts?unit=SLM-101&state=");
  await page.locator("#unit").fill("SLM-1");
  await page.locator("#state").focus();
  const updated = page.locator("[data-freshness-text]");
  const before = await updated.innerText();
  await runUntil(page, "a fresh page", async () => (await updated.innerText()) !== before);
  assert.equal(await page.locator("#unit").inputValue(), "SLM-1");
  assert.match(page.url(), /unit=SLM-101/);
});

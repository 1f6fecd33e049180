// The whole path of a visitor, from the link to being shut out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hide } from "../harness/tabs.mjs";
import { theatre } from "../harness/theatre.mjs";
import { tileOf, untilLive, untilMoved } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();
const PROJECT = "Harbour Tower";
const LOCKED_S = 15 * 60;

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {Page} page  at a prompt
 * @param {string} password
 * @returns {Promise<number>} the answer's status
 */
async function enter(page, password) {
  await page.locator("#password").fill(password);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.locator("main form button[type=submit]").click(),
  ]);
  return answer.status();
}

/** @param {number} count */
async function untilViewers(count) {
  await until(`${count} viewers`, async () => (await house.stage.metrics())["viewers"] === count);
}

/** @param {string} link */
const promptAt = (link) => `${house.stage.url}/portal/p/${link}`;

test("the path of a visitor", async (t) => {
  const page = await house.sit(t, { tab: true, allowed: [/status of (401|429)/] });
  const { link, password } = house.stage.project(PROJECT);

  await t.test("a wrong password is told at the field", async () => {
    await page.goto(promptAt(link));
    await page.getByRole("heading", { level: 1, name: PROJECT }).waitFor();
    assert.equal(await enter(page, "not this one"), 401);
    await page.getByText("Incorrect password").waitFor();
    const field = page.locator("#password");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "password");
  });

  await t.test("the fifth locks, for the right password too", async () => {
    for (let attempt = 2; attempt < 5; attempt++) {
      assert.equal(await enter(page, `guess ${attempt}`), 401);
    }
    assert.equal((await house.stage.metrics())["verifications"], 4);
    const fifth = await enter(page, "guess 5");
    assert.ok(fifth === 401 || fifth === 429, `${fifth}`);
    await page.goto(promptAt(link));
    assert.equal(await enter(page, password), 429);
    await page.getByText(/Try again in 15 minutes/).waitFor();
    assert.equal((await house.stage.metrics())["verifications"], 5);
    await house.stage.order({ do: "pass", seconds: LOCKED_S - 130 });
    await page.goto(promptAt(link));
    assert.equal(await enter(page, password), 429);
    await page.getByText(/Try again in [23] minutes/).waitFor();
  });

  await t.test("after the time the right password leads to the overview", async () => {
    await house.stage.order({ do: "pass", seconds: 135 });
    await page.goto(promptAt(link));
    assert.equal(await enter(page, password), 303);
    await page.waitForURL(`${house.stage.url}/portal`);
    await page.getByRole("heading", { level: 1, name: PROJECT }).waitFor();
  });

  await t.test("a tile leads to its location, where values move", async () => {
    const location = house.stage.location("North gate");
    await tileOf(page, location).getByRole("link").first().click();
    await page.waitForURL(`${house.stage.url}/portal/location/${location.id}`);
    await page.getByRole("heading", { level: 1, name: location.name }).waitFor();
    await untilLive(page);
    await untilMoved(page);
    await untilViewers(1);
    assert.equal((await house.stage.metrics())["feeds"], 1);
  });

  await t.test("a hidden tab closes the socket, a seen one opens it", async () => {
    const show = await hide(page);
    await untilViewers(0);
    await show();
    await untilViewers(1);
    await untilLive(page);
    await untilMoved(page);
  });

  await t.test("a new password sends the page to the prompt", async () => {
    const order = { do: "revoke", project: PROJECT, how: "password" };
    const { password: newest } = await house.stage.order(order);
    await page.waitForURL(promptAt(link), { timeout: 5_000 });
    await untilViewers(0);
    assert.equal(await enter(page, password), 401);
    assert.equal(await enter(page, newest), 303);
    await page.waitForURL(`${house.stage.url}/portal`);
  });

  await t.test("signing out ends the session", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${house.stage.url}/portal/access`);
    assert.deepEqual(await page.context().cookies(house.stage.url), []);
    const answer = await page.goto(`${house.stage.url}/portal`);
    assert.equal(answer?.status(), 401);
  });
});

test("a new link sends the page to where one asks for it", async (t) => {
  const page = await house.open(t, "/portal", {
    project: "Station Square",
    allowed: [/status of 401/],
  });
  const { id } = house.stage.location("Taxi rank");
  await page.goto(`${house.stage.url}/portal/location/${id}`);
  await untilLive(page);
  const order = { do: "revoke", project: "Station Square", how: "link" };
  const { link } = await house.stage.order(order);
  await page.locator("#live").waitFor({ state: "detached", timeout: 5_000 });
  // Who holds a dead link never learns the new one.
  assert.ok(!(await page.content()).includes(link));
  await page
    .getByText(/monitoring firm/)
    .first()
    .waitFor();
});

test("after the viewing cap a click resumes", async (t) => {
  const { url, portal } = await house.stage.order({ do: "portal", settings: { stream_cap_s: 2 } });
  const viewers = async () => (await house.stage.order({ do: "metrics", portal }))["viewers"];
  const { id } = house.stage.location("Canal walk");
  const page = await house.open(t, `/portal/location/${id}`, { portal: url });
  const overlay = page.locator("[data-paused]");
  await page.getByRole("button", { name: "Live paused — click to resume" }).waitFor();
  await until("nobody watches", async () => (await viewers()) === 0);
  await page.locator("[data-live-status].paused").waitFor();
  await page.locator("[data-resume]").click();
  await overlay.waitFor({ state: "hidden" });
  await untilLive(page);
  await until("one watches", async () => (await viewers()) === 1);
});

// A meter's page: it lives, keeps itself current around what is being typed, and its rules are
// sentences one fills in.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hide } from "../harness/tabs.mjs";
import { theatre } from "../harness/theatre.mjs";
import { levelOf, untilLive } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page */

const house = theatre();

/** @param {Page} page */
const form = (page) => page.locator("form[data-rule-form]");

/** @param {Page} page */
const openForm = (page) => page.locator("#new-rule > summary").click();

test("all seven levels follow a frame, and the state follows the meter", async (t) => {
  const page = await house.enter(t, "/slm/SLM-103");
  await untilLive(page);
  for (const [metric, text] of [["leq", "71.4"], ["lmin", "33.3"], ["lpeak", "101.9"]]) {
    await house.stage.sim("SLM-103", { do: "force", metric, text });
  }
  for (const [metric, text] of [["leq", "71.4"], ["lmin", "33.3"], ["lpeak", "101.9"]]) {
    const shown = () => levelOf(page, metric ?? "").last().innerText();
    await until(`${metric} is ${text}`, async () => (await shown()) === text);
  }
  await house.stage.sim("SLM-103", { do: "restore" });
  const lines = page.locator("[data-plot] canvas");
  await until("the chart is drawn", async () => (await lines.count()) === 1);
});

test("a hidden tab listens to nothing, and takes up again when seen", async (t) => {
  const page = await house.enter(t, "/system", { tab: true });
  /** @type {import("playwright-core").WebSocket[]} */
  const sockets = [];
  page.on("websocket", (socket) => sockets.push(socket));
  await page.goto(`${house.stage.operator}/slm/SLM-103`);
  await untilLive(page);
  const show = await hide(page);
  await until("the socket is closed", () => sockets.length === 1 && Boolean(sockets[0]?.isClosed()));
  await show();
  await untilLive(page);
  assert.equal(sockets.length, 2);
});

test("a refresh leaves what is being typed, and brings what is new", async (t) => {
  const page = await house.enter(t, "/slm/SLM-103", { tab: true });
  await untilLive(page);
  await openForm(page);
  await page.fill("#name", "Half a rule");
  await page.fill("#threshold_db", "7");
  await page.check("[name=schedule_days][value='5']");
  await page.focus("#duration_s");
  const before = await page.locator("main").getAttribute("data-at");
  const show = await hide(page);
  await house.stage.order({ do: "pass", seconds: 2 });
  await show();
  await until("it is renewed", async () =>
    (await page.locator("main").getAttribute("data-at")) !== before);
  assert.equal(await page.inputValue("#name"), "Half a rule");
  assert.equal(await page.inputValue("#threshold_db"), "7");
  assert.ok(await page.isChecked("[name=schedule_days][value='5']"));
  assert.equal(await page.evaluate(() => document.activeElement?.id), "duration_s");
  assert.equal(await page.locator("#new-rule").getAttribute("open"), "");
});

test("notes concern what is chosen", async (t) => {
  const page = await house.enter(t, "/slm/SLM-103");
  await openForm(page);
  const notes = () => page.locator(".note:visible").allInnerTexts();
  assert.match((await notes()).join(), /more slowly/);
  await page.selectOption("#metric", "lmax");
  assert.match((await notes()).join(), /cannot clear before the meter restarts/);
  await page.selectOption("#metric", "lp");
  assert.deepEqual(await notes(), []);
  await page.fill("#schedule_start", "22:00");
  await page.fill("#schedule_end", "07:00");
  assert.deepEqual(await notes(), []);
  await page.check("[name=schedule_days][value='4']");
  assert.match((await notes()).join(), /Friday midnight/);
  await page.getByRole("button", { name: "At any time" }).click();
  assert.equal(await page.inputValue("#schedule_end"), "");
  assert.deepEqual(await notes(), []);
});

test("a rule is written, mended, paused and deleted, and keepalive offered to rest", async (t) => {
  const page = await house.enter(t, "/slm/SLM-109", { allowed: [/status of 422/] });
  const old = page.locator(".limits li .acts a[href$=delete]");
  for (let left = await old.count(); left > 0; left -= 1) {
    await old.first().click();
    await page.getByRole("button", { name: "Delete it" }).click();
  }
  // The first rule is offered at once.
  await page.fill("#name", "Works at night");
  await page.selectOption("#metric", "leq");
  await page.fill("#threshold_db", "650");
  await page.fill("#schedule_start", "22:00");
  await page.fill("#schedule_end", "06:00");
  for (const day of [0, 1, 2]) await page.check(`[name=schedule_days][value='${day}']`);
  await form(page).getByRole("button", { name: "Watch it" }).click();
  await page.locator("#threshold_db-problem").waitFor();
  assert.equal(await page.inputValue("#name"), "Works at night");
  assert.ok(await page.isChecked("[name=schedule_days][value='2']"));

  await page.fill("#threshold_db", "65");
  await form(page).getByRole("button", { name: "Watch it" }).click();
  const words = page.locator(".limits li .words");
  assert.equal(await words.innerText(), "Leq above 65 dB for 60 s, 22:00 to 06:00, Mon to Wed");

  await page.getByRole("link", { name: "Edit Works at night" }).click();
  assert.equal(await page.inputValue("#schedule_start"), "22:00");
  await page.fill("#threshold_db", "55.5");
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await words.innerText(), /above 55\.5 dB/);

  await page.getByRole("button", { name: "Pause Works at night" }).click();
  assert.match(await page.locator(".limits li .name").innerText(), /Paused/);

  await page.getByRole("link", { name: "Delete Works at night" }).click();
  assert.match(await page.locator("main").innerText(), /last rule/);
  await page.getByRole("button", { name: "Delete it" }).click();
  const offer = page.locator("form.away");
  assert.match(await offer.innerText(), /has no rule any more/);
  await offer.getByRole("button").click();
  assert.equal(await page.locator("form.away").count(), 0);
  assert.match(await page.locator(".keepalive h3").innerText(), /Keepalive off/);
});

test("without scripts a rule can be written all the same", async (t) => {
  const page = await house.enter(t, "/slm/SLM-104", { scripts: false });
  await openForm(page);
  assert.equal(await page.locator(".note:visible").count(), 4, "every note stands there");
  await page.fill("#name", "Plain");
  await page.fill("#threshold_db", "80");
  await form(page).getByRole("button", { name: "Watch it" }).click();
  const words = await page.locator(".limits li", { hasText: "Plain" }).locator(".words").innerText();
  assert.equal(words, "Leq above 80 dB for 60 s, at any time");
});

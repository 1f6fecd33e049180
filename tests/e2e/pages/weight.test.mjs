// What a first visit to the overview weighs, and how soon it can be read on a slow line.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { untilMapped } from "../harness/tiles.mjs";
import { until } from "../harness/until.mjs";

const house = theatre();
const MOST_BYTES = 60_000;
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};
const READABLE_MS = 3_000;

/** @typedef {{url: string, type: string, at: number, bytes: number}} Transfer */

/**
 * Counts what comes over the wire, heads included.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{cdp: import("playwright-core").CDPSession, transfers: Map<string, Transfer>}>}
 */
async function weigh(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  /** @type {Map<string, Transfer>} */
  const transfers = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request, type, timestamp }) => {
    transfers.set(requestId, { url: request.url, type: type ?? "Other", at: timestamp, bytes: 0 });
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (transfer) transfer.bytes = encodedDataLength;
  });
  return { cdp, transfers };
}

test("HTML, CSS and JS before the map are at most 60 000 bytes", async (t) => {
  const page = await house.sit(t, { project: "Harbour Tower" });
  const { transfers } = await weigh(page);
  await page.goto(`${house.stage.url}/portal`);
  await untilMapped(page);
  await until("all has come", () => [...transfers.values()].every(({ bytes }) => bytes > 0));
  const all = [...transfers.values()].sort((a, b) => a.at - b.at);
  const map = all.find(({ url }) => url.includes("leaflet"));
  assert.ok(map, "the map's library comes by itself");
  const sum = (/** @type {Transfer[]} */ some) =>
    some.reduce((total, { bytes }) => total + bytes, 0);
  const before = all.filter(({ at }) => at < map.at);
  const counted = before.filter(({ type }) => ["Document", "Stylesheet", "Script"].includes(type));
  const fonts = all.filter(({ type }) => type === "Font");
  for (const { url, type, bytes } of all) {
    t.diagnostic(
      `${String(bytes).padStart(7)} ${type.padEnd(10)} ${new URL(url).pathname.split("/").at(-1)}`,
    );
  }
  t.diagnostic(
    `before the map ${sum(counted)} bytes in ${counted.length} files; fonts ${sum(fonts)}; all ${sum(all)}`,
  );
  assert.ok(sum(counted) <= MOST_BYTES, `${sum(counted)} bytes`);
});

test("on slow 3G the values are readable in under 3 s", async (t) => {
  const page = await house.sit(t, { project: "Harbour Tower" });
  const { cdp } = await weigh(page);
  // When a frame was made in which the first tile's value stands.
  await page.addInitScript(() => {
    const look = () => {
      const value = document.querySelector(".tile .num");
      const there =
        value && value.getBoundingClientRect().height > 0 && /\d/.test(value.textContent ?? "");
      if (there) requestAnimationFrame(() => performance.mark("value-readable"));
      else requestAnimationFrame(look);
    };
    look();
  });
  await cdp.send("Network.emulateNetworkConditions", SLOW_3G);
  await page.goto(`${house.stage.url}/portal`, { waitUntil: "commit" });
  const readable = await until("the first value is readable", () =>
    page.evaluate(() => performance.getEntriesByName("value-readable")[0]?.startTime),
  );
  const painted = await until("the first paint is told", () =>
    page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime),
  );
  // Text in a font that is waited for is there and cannot be seen.
  const hiding = await page.evaluate(
    () => [...document.fonts].filter(({ display }) => ["auto", "block"].includes(display)).length,
  );
  assert.equal(hiding, 0, "no font hides text while it loads");
  t.diagnostic(
    `slow 3G (400 kbit/s, 400 ms): first paint ${Math.round(painted)} ms, first value ${Math.round(readable)} ms`,
  );
  assert.ok(readable < READABLE_MS, `${readable} ms`);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAction } from "../../../assets/shared/js/chart-keyboard.js";
import { keepShownLines, shownLines } from "../../../assets/shared/js/chart-series.js";
import {
  breachEntry, brokenText, emptyText, levelText, limitText, spokenReading, spokenView, statusText,
} from "../../../assets/shared/js/chart-words.js";

const ZONE = "Europe/London";
const AT = Date.parse("2026-11-21T14:32:10Z") / 1000;

test("a level has one decimal, and a missing one is a dash", () => {
  assert.deepEqual([61.25, 61, null].map(levelText), ["61.3 dB", "61.0 dB", "–"]);
});

test("a limit says its level, and its quantity where that is asked", () => {
  const limit = { name: "Day", metric: "leq", comparison: "above", threshold_db: 65, from: 0, until: 1 };
  assert.equal(limitText(limit, null), "Limit 65");
  assert.equal(limitText({ ...limit, threshold_db: 65.5 }, "Leq"), "Leq limit 65.5");
  assert.equal(limitText({ ...limit, comparison: "below" }, null), "Lower limit 65");
});

test("a breach is above an upper limit, under a lower one, and of both it is one word", () => {
  const sides = (/** @type {("above" | "below")[]} */ ...some) => brokenText(new Set(some));
  assert.deepEqual([sides("above"), sides("below"), sides("below", "above"), sides()],
    ["Above limit", "Under limit", "Limit broken", ""]);
  const span = [{ from: 0, until: 1 }];
  assert.equal(breachEntry({ above: span, below: [] }), "Above limit");
  assert.equal(breachEntry({ above: [], below: span }), "Under limit");
  assert.equal(breachEntry({ above: span, below: span }), "Limit broken");
  assert.equal(breachEntry({ above: [], below: [] }), "Above limit");
});

test("a reading is one sentence for the ear", () => {
  const reading = {
    at: AT, gap: null, broken: new Set(/** @type {const} */ (["above"])),
    levels: [{ label: "Lp", level: 74.6 }, { label: "Leq", level: null }],
  };
  assert.equal(spokenReading(reading, ZONE),
    "Sat 21 Nov, 14:32: Lp 74.6 dB, Leq no value. Above limit.");
  assert.equal(spokenReading({ ...reading, broken: new Set(["below"]) }, ZONE),
    "Sat 21 Nov, 14:32: Lp 74.6 dB, Leq no value. Under limit.");
  assert.equal(spokenReading({ ...reading, broken: new Set(), levels: [] }, ZONE),
    "Sat 21 Nov, 14:32: no line is shown.");
  assert.equal(spokenReading({ ...reading, gap: { from: AT, until: AT + 720 } }, ZONE),
    "No data, 14:32 to 14:44.");
  assert.equal(spokenView({ from: AT, until: AT + 3600 }, ZONE),
    "Showing Sat 21 Nov, 14:32 to 15:32.");
  assert.equal(spokenView({ from: AT - 86_400, until: AT }, ZONE),
    "Showing Fri 20 Nov, 14:32 to Sat 21 Nov, 14:32.");
});

test("an empty chart says why", () => {
  const none = "No history is kept for this time.";
  const away = "The history cannot be reached at the moment.";
  assert.equal(emptyText({ reached: true, meter: true }), none);
  assert.equal(emptyText({ reached: false, meter: false }), none);
  assert.equal(emptyText({ reached: false, meter: true }), away);
});

test("a chart says what it lacks, and nothing when it lacks nothing", () => {
  const all = { since: null, limits: true, events: true };
  assert.equal(statusText(all, ZONE), "");
  assert.equal(statusText({ ...all, since: AT }, ZONE), "Chart not updated since 14:32");
  assert.equal(statusText({ ...all, since: AT, limits: false }, ZONE),
    "Limits not available");
  assert.equal(statusText({ ...all, limits: false, events: false }, ZONE),
    "Limits and breaches not available");
});

test("keys step, jump, zoom and leave; the browser's own stay its own", () => {
  /** @type {unknown[][]} */
  const calls = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...rest) => {
    calls.push([name, ...rest]);
  };
  const actions = {
    step: note("step"), jump: note("jump"), zoom: note("zoom"), reset: note("reset"),
    leave: note("leave"),
  };
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  for (const event of [
    { ...plain, key: "ArrowLeft" }, { ...plain, key: "ArrowRight", shiftKey: true },
    { ...plain, key: "Home" }, { ...plain, key: "End" }, { ...plain, key: "+", shiftKey: true },
    { ...plain, key: "-" }, { ...plain, key: "0" }, { ...plain, key: "Escape" },
  ]) keyAction(event, actions)?.();
  assert.deepEqual(calls, [["step", -1], ["step", 10], ["jump", -1], ["jump", 1], ["zoom", 0.5],
    ["zoom", 2], ["reset"], ["leave"]]);
  for (const event of [
    { ...plain, key: "+", ctrlKey: true }, { ...plain, key: "0", metaKey: true },
    { ...plain, key: "ArrowLeft", altKey: true }, { ...plain, key: "Tab" },
    { ...plain, key: "ArrowDown" },
  ]) assert.equal(keyAction(event, actions), null);
});

/** @returns {Storage} */
function memory() {
  const kept = new Map();
  return /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  });
}

test("Lmax is off at first, and a choice lasts for the session", () => {
  const storage = memory();
  assert.deepEqual([...shownLines(() => storage)].sort(), ["leq", "ln1", "ln2", "lp"]);
  keepShownLines(() => storage, new Set(/** @type {const} */ (["lmax", "leq"])));
  assert.deepEqual([...shownLines(() => storage)].sort(), ["leq", "lmax"]);
  keepShownLines(() => storage, new Set());
  assert.deepEqual([...shownLines(() => storage)], []);
});

test("a browser that keeps nothing, or something odd, shows what can be shown", () => {
  const refusing = () => {
    throw new Error("refused");
  };
  keepShownLines(refusing, new Set());
  assert.equal(shownLines(refusing).size, 4);
  const odd = memory();
  odd.setItem("chart-lines", "leq,__proto__,lmin");
  assert.deepEqual([...shownLines(() => odd)], ["leq"]);
});

import assert from "node:assert/strict";
import test from "node:test";

import {
  announcement, levelWords, marginWords, railWidth, stateWords, statusWords,
} from "../../../assets/shared/js/live-words.js";

test("a level has one decimal, and no value is a dash", () => {
  assert.equal(levelWords(77), "77.0");
  assert.equal(levelWords(68.44), "68.4");
  assert.equal(levelWords(0), "0.0");
  assert.equal(levelWords(null), "–");
});

test("the margin says how far, and on which side of the limit", () => {
  assert.equal(marginWords(73.8, 70), "3.8 dB above the limit");
  assert.equal(marginWords(68.4, 70), "1.6 dB below the limit");
  assert.equal(marginWords(70, 70), "at the limit");
  assert.equal(marginWords(70.04, 70), "at the limit");
  assert.equal(marginWords(80, 70), "10.0 dB above the limit");
});

test("without a value or a limit there is no margin", () => {
  assert.equal(marginWords(null, 70), "");
  assert.equal(marginWords(70, NaN), "");
});

test("the rail goes from 30 to 100 dB", () => {
  assert.equal(railWidth(73.8), "62.57%");
  assert.equal(railWidth(30), "0.00%");
  assert.equal(railWidth(12), "0.00%");
  assert.equal(railWidth(104.2), "100.00%");
  assert.equal(railWidth(null), "0.00%");
});

test("each status has its words and its class", () => {
  /** @type {[import("../../../assets/shared/js/live-words.js").Status, string, string][]} */
  const cases = [
    [{ kind: "live", slow: false }, "Live", "on"],
    [{ kind: "live", slow: true }, "Live, every 5 s", "on"],
    [{ kind: "connecting" }, "Connecting…", "wait"],
    [{ kind: "waiting" }, "Waiting for the meter", "wait"],
    [{ kind: "paused" }, "Live paused", "paused"],
    [{ kind: "none" }, "", ""],
  ];
  for (const [status, text, className] of cases) {
    assert.deepEqual(statusWords(status, 0), { text, className });
  }
});

test("a lost connection counts its seconds down and never says zero", () => {
  const status = /** @type {const} */ ({ kind: "lost", retryAt: 10_000 });
  const at = (/** @type {number} */ now) => statusWords(status, now).text;
  assert.equal(statusWords(status, 2000).className, "lost");
  assert.equal(at(2000), "Connection lost. Trying again in 8 s.");
  assert.equal(at(2001), "Connection lost. Trying again in 8 s.");
  assert.equal(at(3000), "Connection lost. Trying again in 7 s.");
  assert.equal(at(10_500), "Connection lost. Trying again in 1 s.");
});

test("only changes are spoken", () => {
  /** @type {import("../../../assets/shared/js/live-words.js").Status["kind"]} */
  let told = "live";
  const spoken = [];
  const kinds = /** @type {const} */ ([
    ...["connecting", "live", "waiting", "live", "lost", "connecting", "lost", "connecting"],
    ...["waiting", "live", "paused", "connecting", "live", "none"],
  ]);
  for (const kind of kinds) {
    const next = announcement(told, kind);
    told = next.told;
    if (next.text) spoken.push(next.text);
  }
  assert.deepEqual(announcement("lost", "none"), { told: "lost", text: null });
  assert.deepEqual(spoken, ["Connection lost.", "Live again.", "Live paused.", "Live again."]);
});

test("states have the words that the server has for them", () => {
  assert.equal(stateWords("no_data"), "No data");
  assert.equal(stateWords("measuring"), "Measuring");
  assert.equal(stateWords("unheard_of"), null);
  assert.equal(stateWords(undefined), null);
});

import assert from "node:assert/strict";
import test from "node:test";

import { needsWords, parseFrame, saidBy } from "../../../assets/shared/js/live-frame.js";

const AT = "2026-11-21T14:32:10Z";
const READING = {
  type: "reading",
  state: "measuring",
  at: AT,
  lp: 65.2,
  leq: 68.4,
  lmax: 82.1,
  lmin: 41.3,
  lpeak: 89.5,
  ln1: 77,
  ln2: 70.3,
};

/** @param {object} change */
const parsed = (change) => parseFrame(JSON.stringify({ ...READING, ...change }));

/** @param {object} change */
function reading(change) {
  const frame = parsed(change);
  assert.equal(frame?.type, "reading");
  return frame;
}

test("a reading has its levels and its time", () => {
  assert.deepEqual(parsed({}), {
    type: "reading",
    state: "measuring",
    at: Date.parse(AT),
    levels: { lp: 65.2, leq: 68.4, lmax: 82.1, lmin: 41.3, lpeak: 89.5, ln1: 77, ln2: 70.3 },
    slow: false,
  });
});

test("what is no finite number is no value, and zero is one", () => {
  const odd = {
    lp: null, leq: "68.4", lmax: true, lmin: {}, lpeak: [89.5], ln1: undefined, ln2: 0,
  };
  const { levels } = reading(odd);
  const { ln2, ...others } = levels;
  assert.equal(ln2, 0);
  assert.deepEqual(Object.values(others), [null, null, null, null, null, null]);
  const huge = parseFrame(JSON.stringify(READING).replace("65.2", "1e999"));
  assert.equal(huge?.type === "reading" && huge.levels.lp, null);
});

test("only known fields get through", () => {
  const frame = reading({ counter: 4, unit_id: "X", __proto__: { lp: 1 } });
  assert.deepEqual(Object.keys(frame), ["type", "state", "at", "levels", "slow"]);
  assert.deepEqual(Object.keys(frame.levels), ["lp", "leq", "lmax", "lmin", "lpeak", "ln1", "ln2"]);
});

test("slow is what says so, and nothing else", () => {
  assert.equal(reading({ slow: true }).slow, true);
  assert.equal(reading({ slow: "true" }).slow, false);
});

test("the other kinds have their time alone", () => {
  for (const type of ["offline", "waiting", "heartbeat"]) {
    assert.deepEqual(parsed({ type }), { type, at: Date.parse(AT) });
  }
});

test("every state that a location can have gets through", () => {
  const states = ["measuring", "stopped", "stale", "offline", "no_data", "no_meter", "unavailable"];
  for (const state of states) assert.equal(reading({ state }).state, state);
});

test("what is no frame of ours is ignored", () => {
  const others = [
    "", "{", "null", "1", '"reading"', "[]", "{}", new Uint8Array(3), undefined,
    JSON.stringify({ ...READING, type: "alarm" }),
    JSON.stringify({ ...READING, state: "<b>" }),
    JSON.stringify({ ...READING, state: 1 }),
    JSON.stringify({ ...READING, at: "soon" }),
    JSON.stringify({ ...READING, at: 1795271530 }),
    JSON.stringify({ type: "heartbeat" }),
  ];
  for (const other of others) assert.equal(parseFrame(other), null);
});

test("a state that the page does not show needs the server's words", () => {
  assert.equal(needsWords(reading({}), "measuring"), false);
  assert.equal(needsWords(reading({}), "offline"), true);
  assert.equal(needsWords(reading({ state: "stopped" }), "measuring"), true);
  assert.equal(needsWords(reading({}), undefined), true);
});

test("silence needs words only where the page shows readings", () => {
  for (const type of /** @type {const} */ (["offline", "waiting"])) {
    assert.equal(needsWords({ type, at: 0 }, "measuring"), true);
    for (const shown of ["offline", "no_data", "unavailable"]) {
      assert.equal(needsWords({ type, at: 0 }, shown), false);
    }
  }
  assert.equal(needsWords({ type: "heartbeat", at: 0 }, "measuring"), false);
});

test("only a reading of a meter that measures says that it is live", () => {
  assert.equal(saidBy(reading({})), "live");
  assert.equal(saidBy(reading({ slow: true })), "slow");
  const others = ["stopped", "stale", "offline", "no_data", "no_meter", "unavailable"];
  for (const state of others) {
    assert.equal(saidBy(reading({ state })), "waiting", state);
    assert.equal(saidBy(reading({ state, slow: true })), "waiting", state);
  }
  assert.equal(saidBy({ type: "offline", at: 0 }), "waiting");
  assert.equal(saidBy({ type: "waiting", at: 0 }), "waiting");
  assert.equal(saidBy({ type: "heartbeat", at: 0 }), null);
});

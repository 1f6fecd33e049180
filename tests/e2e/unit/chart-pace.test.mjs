import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace, EVERY_MS } from "../../../assets/shared/js/chart-pace.js";

/** A pace whose time passes only when told to. */
function trial() {
  let time = 5_000;
  let loads = 0;
  /** @type {{due: number, work: () => void} | null} */
  let timer = null;
  const pace = createPace({
    now: () => time,
    setTimer: (work, ms) => {
      timer = { due: time + ms, work };
      return timer;
    },
    clearTimer: () => {
      timer = null;
    },
    load: async () => {
      loads += 1;
    },
  });
  return {
    pace,
    loads: () => loads,
    waiting: () => timer !== null,
    /** @param {number} ms */
    pass(ms) {
      const end = time + ms;
      while (timer && timer.due <= end) {
        const { due, work } = timer;
        timer = null;
        time = due;
        work();
      }
      time = end;
    },
  };
}

test("a visible chart asks at the start and once a minute", () => {
  const { pace, loads, pass } = trial();
  void pace.start();
  assert.equal(loads(), 1);
  pass(EVERY_MS - 1);
  assert.equal(loads(), 1);
  pass(1);
  assert.equal(loads(), 2);
  pass(10 * EVERY_MS);
  assert.equal(loads(), 12);
});

test("a hidden chart never asks", () => {
  const { pace, loads, pass, waiting } = trial();
  void pace.start();
  pace.hide();
  assert.equal(waiting(), false);
  pass(60 * EVERY_MS);
  pace.nudge();
  assert.equal(loads(), 1);
});

test("on return it asks at once if a minute has passed", () => {
  const { pace, loads, pass } = trial();
  void pace.start();
  pace.hide();
  pass(EVERY_MS);
  pace.show();
  assert.equal(loads(), 2);
});

test("on an early return it keeps to the minute", () => {
  const { pace, loads, pass } = trial();
  void pace.start();
  pass(20_000);
  pace.hide();
  pass(20_000);
  pace.show();
  assert.equal(loads(), 1);
  pass(19_999);
  assert.equal(loads(), 1);
  pass(1);
  assert.equal(loads(), 2);
});

test("a chart that begins hidden asks when it is first seen", () => {
  const { pace, loads, pass } = trial();
  pace.hide();
  pass(1_000);
  assert.equal(loads(), 0);
  pace.show();
  assert.equal(loads(), 1);
});

test("a refresh of the page asks only if a minute has passed", () => {
  const { pace, loads, pass } = trial();
  void pace.start();
  pass(15_000);
  pace.nudge();
  assert.equal(loads(), 1);
  pass(EVERY_MS);
  assert.equal(loads(), 2);
});

test("another range is asked for at once, and the minute begins anew", () => {
  const { pace, loads, pass } = trial();
  void pace.start();
  pass(50_000);
  void pace.start();
  assert.equal(loads(), 2);
  pass(EVERY_MS - 1);
  assert.equal(loads(), 2);
  pass(1);
  assert.equal(loads(), 3);
});

import assert from "node:assert/strict";
import test from "node:test";

import { refreshState, refreshStep } from "../../../assets/shared/js/refresh-machine.js";

/**
 * @typedef {import("../../../assets/shared/js/refresh-machine.js").RefreshEvent} RefreshEvent
 * @typedef {import("../../../assets/shared/js/refresh-machine.js").RefreshEffect} RefreshEffect
 */

/**
 * A page on which things happen one after the other; `chance` is 1 unless told.
 *
 * @param {boolean} visible
 */
function page(visible = true) {
  let state = refreshState({ visible, everyMs: 15_000 });
  /**
   * @param {RefreshEvent["type"] | RefreshEvent} event
   * @param {number} chance
   * @returns {RefreshEffect[]} what the last event asks for
   */
  const happens = (event, chance = 1) => {
    const told = /** @type {RefreshEvent} */ (typeof event === "string" ? { type: event } : event);
    const step = refreshStep(state, told, chance);
    state = step.state;
    return step.effects;
  };
  return { happens };
}

const FETCH = [{ type: "stop" }, { type: "fetch" }];
const WAIT = [{ type: "wait", ms: 15_000 }];

test("a page is asked for each interval, one request at a time", () => {
  const { happens } = page();
  assert.deepEqual(happens("start"), WAIT);
  assert.deepEqual(happens("due"), FETCH);
  assert.deepEqual(happens("visible"), []);
  assert.deepEqual(happens("succeeded"), WAIT);
});

test("a hidden tab asks for nothing, and once on return", () => {
  const { happens } = page();
  happens("start");
  assert.deepEqual(happens("hidden"), [{ type: "stop" }]);
  assert.deepEqual(happens("asked"), [{ type: "stop" }]);
  assert.deepEqual(happens("visible"), FETCH);
  assert.deepEqual(happens("succeeded"), WAIT);
});

test("a page that begins hidden waits until it is seen", () => {
  const { happens } = page(false);
  assert.deepEqual(happens("start"), [{ type: "stop" }]);
  assert.deepEqual(happens("visible"), FETCH);
});

test("a request that ends in a hidden tab starts no new interval", () => {
  const { happens } = page();
  happens("due");
  assert.deepEqual(happens("hidden"), []);
  assert.deepEqual(happens("succeeded"), [{ type: "stop" }]);
});

test("a failure is shown, and tried again sooner than usual", () => {
  const { happens } = page();
  happens("due");
  assert.deepEqual(happens("failed"), [{ type: "late" }, { type: "wait", ms: 4000 }]);
  happens("due");
  assert.deepEqual(happens("failed", 0), [{ type: "late" }, { type: "wait", ms: 1000 }]);
});

test("after many failures it is tried again at the usual interval, never slower", () => {
  const { happens } = page();
  for (let failures = 1; failures < 20; failures += 1) {
    happens("due");
    const wait = happens("failed").find((effect) => effect.type === "wait");
    assert.ok(wait?.type === "wait" && wait.ms <= 15_000);
    if (failures > 3) assert.equal(wait.ms, 15_000);
  }
});

test("a success after failures brings back the interval and the backoff", () => {
  const { happens } = page();
  for (const event of /** @type {const} */ (["due", "failed", "due", "failed", "due"])) {
    happens(event);
  }
  assert.deepEqual(happens("succeeded"), WAIT);
  happens("due");
  assert.deepEqual(happens("failed")[1], { type: "wait", ms: 4000 });
});

test("an interval shorter than the shortest retry holds", () => {
  const { happens } = page();
  happens({ type: "every", ms: 500 });
  happens("due");
  assert.deepEqual(happens("failed"), [{ type: "late" }, { type: "wait", ms: 500 }]);
});

test("a refresh asked for during another follows it at once", () => {
  const { happens } = page();
  happens("due");
  assert.deepEqual(happens("asked"), []);
  assert.deepEqual(happens("succeeded"), FETCH);
  assert.deepEqual(happens("succeeded"), WAIT);
});

test("what came for another address is asked for once more", () => {
  const { happens } = page();
  happens("due");
  assert.deepEqual(happens("dropped"), FETCH);
});

test("a paused page does not refresh by itself, but when asked", () => {
  const { happens } = page();
  happens("start");
  assert.deepEqual(happens("pause"), [{ type: "stop" }]);
  happens("hidden");
  assert.deepEqual(happens("visible"), [{ type: "stop" }]);
  assert.deepEqual(happens("restored"), [{ type: "stop" }]);
  assert.deepEqual(happens("asked"), FETCH);
  assert.deepEqual(happens("succeeded"), [{ type: "stop" }]);
});

test("a page that goes on refreshes at once", () => {
  const { happens } = page();
  happens("pause");
  assert.deepEqual(happens("resume"), FETCH);
  happens("succeeded");
  assert.deepEqual(happens("resume"), WAIT);
});

test("out of the history, and with the network back, it refreshes at once", () => {
  const { happens } = page();
  assert.deepEqual(happens("restored"), FETCH);
  assert.deepEqual(happens("restored"), []);
  assert.deepEqual(happens("succeeded"), WAIT);
  assert.deepEqual(happens("online"), WAIT);
  happens("due");
  happens("failed");
  assert.deepEqual(happens("online"), FETCH);
});

test("another interval counts from now, the same one changes nothing", () => {
  const { happens } = page();
  happens("start");
  assert.deepEqual(happens({ type: "every", ms: 20_000 }), [{ type: "wait", ms: 20_000 }]);
  assert.deepEqual(happens({ type: "every", ms: 20_000 }), []);
});

test("when the session is over, the page is loaded anew and nothing follows", () => {
  const { happens } = page();
  happens("due");
  assert.deepEqual(happens("gone"), [{ type: "stop" }, { type: "reload" }]);
  for (const event of /** @type {const} */ (["due", "asked", "visible", "resume", "gone"])) {
    assert.deepEqual(happens(event), []);
  }
});

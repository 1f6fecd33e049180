import assert from "node:assert/strict";
import test from "node:test";

import { liveState, liveStep } from "../../../assets/shared/js/live-machine.js";

/**
 * @typedef {import("../../../assets/shared/js/live-machine.js").LiveEvent} LiveEvent
 * @typedef {import("../../../assets/shared/js/live-machine.js").LiveEffect} LiveEffect
 */

/** A connection to which things happen when the test tells (ms); `chance` is 1 unless told. */
function line() {
  let state = liveState();
  let now = 0;
  /**
   * @param {LiveEvent["type"] | LiveEvent} event
   * @param {{at?: number, chance?: number}} given
   */
  const happens = (event, { at = now, chance = 1 } = {}) => {
    now = at;
    const told = /** @type {LiveEvent} */ (typeof event === "string" ? { type: event } : event);
    const step = liveStep(state, told, { now, chance });
    state = step.state;
    return step.effects;
  };
  return { happens, phase: () => state.phase };
}

/** A connection that is open since 0 ms. */
function openLine() {
  const made = line();
  made.happens({ type: "start", stream: true, visible: true });
  made.happens("opened");
  made.happens({ type: "frame", said: "live" });
  return made;
}

/**
 * @template {LiveEffect["type"]} T
 * @param {LiveEffect[]} effects
 * @param {T} type
 * @returns {Extract<LiveEffect, {type: T}> | undefined}
 */
function find(effects, type) {
  return /** @type {Extract<LiveEffect, {type: T}> | undefined} */ (
    effects.find((effect) => effect.type === type)
  );
}

/** @param {LiveEffect[]} effects */
const kinds = (effects) => effects.map(({ type }) => type);

/** @type {LiveEvent} */
const HEARTBEAT = { type: "frame", said: null };

/** @param {number} code @returns {LiveEvent} */
const closed = (code) => ({ type: "closed", code });

test("it connects, and is live with the first reading", () => {
  const { happens } = line();
  const begun = happens({ type: "start", stream: true, visible: true });
  assert.deepEqual(kinds(begun), ["retry", "connect", "watch", "show"]);
  assert.deepEqual(find(begun, "show")?.status, { kind: "connecting" });
  const opened = happens("opened");
  assert.deepEqual(opened, [{ type: "watch", ms: 40_000 }, { type: "poll", fast: false }]);
  const heard = happens({ type: "frame", said: "live" });
  assert.deepEqual(find(heard, "show")?.status, { kind: "live", slow: false });
});

test("a connection that begins with a heartbeat waits for the meter", () => {
  const { happens } = line();
  happens({ type: "start", stream: true, visible: true });
  happens("opened");
  assert.deepEqual(find(happens(HEARTBEAT), "show")?.status, { kind: "waiting" });
});

test("it is live only as long as the last that was heard of the meter is a measured reading", () => {
  const { happens } = openLine();
  const shown = () => /** @type {const} */ (["waiting", "waiting", "live", "slow", "waiting"])
    .map((said) => find(happens({ type: "frame", said }), "show")?.status);
  assert.deepEqual(shown(), [
    { kind: "waiting" }, undefined, { kind: "live", slow: false }, { kind: "live", slow: true },
    { kind: "waiting" },
  ]);
  assert.equal(find(happens(HEARTBEAT), "show"), undefined);
});

test("what a former connection heard is not taken for live", () => {
  const { happens } = openLine();
  happens(closed(1006));
  happens("retry-due");
  happens("opened");
  assert.deepEqual(find(happens(HEARTBEAT), "show")?.status, { kind: "waiting" });
});

test("without a stream there is nothing to connect to, until the page has one", () => {
  const { happens } = line();
  assert.deepEqual(happens({ type: "start", stream: false, visible: true }), []);
  assert.deepEqual(happens({ type: "page", stream: false }), []);
  assert.ok(find(happens({ type: "page", stream: true }), "connect"));
});

test("a hidden tab closes at once and connects when it is seen", () => {
  const { happens, phase } = openLine();
  const effects = happens("hidden");
  assert.ok(find(effects, "close"));
  assert.equal(find(effects, "watch")?.ms, null);
  assert.equal(phase(), "hidden");
  assert.deepEqual(happens("hidden"), []);
  assert.ok(find(happens("visible"), "connect"));
  assert.deepEqual(happens("visible"), []);
});

test("a tab that begins hidden connects when it is seen", () => {
  const { happens } = line();
  assert.deepEqual(happens({ type: "start", stream: true, visible: false }), []);
  assert.ok(find(happens("visible"), "connect"));
  const later = line();
  later.happens({ type: "start", stream: false, visible: false });
  assert.deepEqual(later.happens({ type: "page", stream: true }), []);
  assert.ok(find(later.happens("visible"), "connect"));
});

test("a hidden tab makes no further attempt", () => {
  const { happens } = openLine();
  happens(closed(1006));
  const effects = happens("hidden");
  assert.equal(find(effects, "retry")?.ms, null);
  assert.equal(find(effects, "poll")?.fast, false);
  assert.deepEqual(happens("retry-due"), []);
  assert.ok(find(happens("visible"), "connect"));
});

test("after the cap it is paused, with the page, until somebody resumes", () => {
  const { happens } = openLine();
  const effects = happens(closed(4408));
  assert.ok(find(effects, "page-pause"));
  assert.deepEqual(find(effects, "show")?.status, { kind: "paused" });
  assert.equal(find(effects, "watch")?.ms, null);
  assert.deepEqual(happens("retry-due"), []);
  for (const stream of [true, false]) assert.deepEqual(happens({ type: "page", stream }), []);
  const resumed = happens("resume");
  assert.deepEqual(kinds(resumed).slice(0, 3), ["page-resume", "retry", "connect"]);
});

test("a paused one that is hidden is paused when it is seen again", () => {
  const { happens, phase } = openLine();
  happens(closed(4408));
  assert.deepEqual(happens("hidden"), []);
  assert.deepEqual(happens("visible"), []);
  assert.equal(phase(), "paused");
});

test("when the session has ended, the page is loaded anew and nothing follows", () => {
  const { happens } = openLine();
  const ended = happens(closed(4401));
  assert.ok(find(ended, "reload"));
  assert.equal(find(ended, "watch")?.ms, null);
  const events = /** @type {const} */ (["visible", "retry-due", "resume", "online", "hidden"]);
  for (const event of events) assert.deepEqual(happens(event), []);
  assert.deepEqual(happens({ type: "page", stream: true }), []);
  assert.deepEqual(happens({ type: "page", stream: false }), []);
});

test("a location that has gone is asked of the page, and not of the stream", () => {
  const { happens, phase } = openLine();
  const effects = happens(closed(4404));
  assert.ok(find(effects, "page-refresh"));
  assert.equal(find(effects, "connect"), undefined);
  assert.equal(find(effects, "watch")?.ms, null);
  assert.deepEqual(find(effects, "show")?.status, { kind: "none" });
  assert.deepEqual(happens("retry-due"), []);
  happens({ type: "page", stream: false });
  assert.equal(phase(), "off");
});

test("a page that has a stream after all is tried, slower each time", () => {
  const { happens } = openLine();
  happens(closed(4404));
  assert.equal(find(happens({ type: "page", stream: true }), "retry")?.ms, 2000);
  happens("retry-due");
  happens("opened");
  happens(closed(4404));
  assert.equal(find(happens({ type: "page", stream: true }), "retry")?.ms, 4000);
});

test("a page that has a stream after all is not followed by a hidden tab", () => {
  const { happens, phase } = openLine();
  happens(closed(4404));
  assert.deepEqual(happens("hidden"), []);
  assert.deepEqual(happens({ type: "page", stream: true }), []);
  assert.equal(phase(), "hidden");
  assert.ok(find(happens("visible"), "connect"));
});

test("a page that has a stream after all is followed by one that was hidden for a while", () => {
  const { happens } = openLine();
  happens(closed(4404));
  happens("hidden");
  happens("visible");
  assert.ok(find(happens({ type: "page", stream: true }), "retry")?.ms);
});

test("a page without a stream ends the connection", () => {
  const { happens } = openLine();
  const effects = happens({ type: "page", stream: false });
  assert.ok(find(effects, "close"));
  assert.equal(find(effects, "watch")?.ms, null);
  assert.deepEqual(find(effects, "show")?.status, { kind: "none" });
});

test("a server that goes down is tried again within half a second to three", () => {
  assert.equal(find(openLine().happens(closed(1012), { chance: 0 }), "retry")?.ms, 500);
  assert.equal(find(openLine().happens(closed(1012), { chance: 1 }), "retry")?.ms, 3000);
});

test("a server that keeps going down is tried less and less often", () => {
  const { happens } = openLine();
  const waits = [];
  for (let turn = 0; turn < 6; turn += 1) {
    waits.push(find(happens(closed(1012)), "retry")?.ms);
    happens("retry-due");
    happens("opened");
  }
  assert.deepEqual(waits, [3000, 3000, 3000, 16_000, 32_000, 60_000]);
  happens(HEARTBEAT, { at: 30_000 });
  assert.equal(find(happens(closed(1012)), "retry")?.ms, 3000);
});

test("a lost connection is tried again with backoff, and the page is polled meanwhile", () => {
  for (const code of [1013, 1006, 1011]) {
    const { happens } = openLine();
    const effects = happens(closed(code), { at: 5000 });
    assert.equal(find(effects, "retry")?.ms, 2000);
    assert.equal(find(effects, "poll")?.fast, true);
    assert.equal(find(effects, "watch")?.ms, null);
    assert.deepEqual(find(effects, "show")?.status, { kind: "lost", retryAt: 7000 });
    assert.ok(find(happens("retry-due"), "connect"));
    assert.equal(find(happens(closed(code)), "retry")?.ms, 4000);
  }
});

test("the wait grows to a minute and has full jitter", () => {
  const { happens } = line();
  happens({ type: "start", stream: true, visible: true });
  for (let turn = 0; turn < 10; turn += 1) {
    happens(closed(1006));
    happens("retry-due");
  }
  assert.equal(find(happens(closed(1006), { chance: 0.5 }), "retry")?.ms, 30_500);
  happens("retry-due");
  assert.equal(find(happens(closed(1006), { chance: 0 }), "retry")?.ms, 1000);
});

test("only a connection that was healthy for 30 s brings back the backoff", () => {
  for (const [heardAt, wait] of [[29_999, 4000], [30_000, 2000]]) {
    const { happens } = line();
    happens({ type: "start", stream: true, visible: true });
    happens(closed(1006));
    happens("retry-due");
    happens("opened", { at: 50_000 });
    happens(HEARTBEAT, { at: 50_000 + heardAt });
    assert.equal(find(happens(closed(1006), { at: 190_000 }), "retry")?.ms, wait);
  }
});

test("a connection that opens stops the polling of the page", () => {
  const { happens } = openLine();
  happens(closed(1006));
  happens("retry-due");
  assert.equal(find(happens("opened"), "poll")?.fast, false);
});

test("40 s without a frame is a loss", () => {
  const { happens, phase } = openLine();
  assert.equal(find(happens(HEARTBEAT), "watch")?.ms, 40_000);
  const effects = happens("silent");
  assert.ok(find(effects, "close"));
  assert.equal(phase(), "lost");
});

test("a connection that does not open is given up", () => {
  const { happens } = line();
  assert.equal(find(happens({ type: "start", stream: true, visible: true }), "watch")?.ms, 15_000);
  assert.ok(find(happens("silent"), "retry"));
});

test("a slow stream says so, and heartbeats do not change it", () => {
  const { happens } = openLine();
  const slow = happens({ type: "frame", said: "slow" });
  assert.deepEqual(find(slow, "show")?.status, { kind: "live", slow: true });
  assert.equal(find(happens(HEARTBEAT), "show"), undefined);
  const again = happens({ type: "frame", said: "live" });
  assert.deepEqual(find(again, "show")?.status, { kind: "live", slow: false });
});

test("with the network back it is tried at once", () => {
  const { happens } = openLine();
  assert.deepEqual(happens("online"), []);
  happens(closed(1006));
  const effects = happens("online");
  assert.ok(find(effects, "connect"));
  assert.equal(find(effects, "retry")?.ms, null);
});

test("what a connection says that is no longer ours changes nothing", () => {
  const { happens } = openLine();
  happens("hidden");
  for (const event of /** @type {const} */ (["opened", "silent", "resume"])) {
    assert.deepEqual(happens(event), []);
  }
  assert.deepEqual(happens({ type: "frame", said: "live" }), []);
  assert.deepEqual(happens(closed(4401)), []);
});

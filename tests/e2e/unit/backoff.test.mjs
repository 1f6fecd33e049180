import assert from "node:assert/strict";
import test from "node:test";

import { backoff } from "../../../assets/shared/js/backoff.js";

const LIMITS = { least: 1000, first: 2000, most: 60_000 };

test("the ceiling doubles with each attempt, up to the longest wait", () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 50, 5000].map((attempt) => backoff(attempt, 1, LIMITS));
  assert.deepEqual(ceilings, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
});

test("the jitter takes the whole room between the shortest wait and the ceiling", () => {
  assert.equal(backoff(5, 0, LIMITS), 1000);
  assert.equal(backoff(5, 0.5, LIMITS), 30_500);
});

test("a ceiling below the shortest wait does not make it shorter", () => {
  assert.equal(backoff(0, 1, { least: 1000, first: 4000, most: 500 }), 1000);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  degreesOf, degreesText, nudged, pairOf, wrapped,
} from "../../../assets/operator/js/coordinates.js";

const CASES = new URL("../../fixtures/words/coordinates.json", import.meta.url);

test("two numbers are a pair and a decimal comma is none, as the server has it", () => {
  /** @type {{text: string, pair: [number, number] | null}[]} */
  const cases = JSON.parse(readFileSync(CASES, "utf8"));
  assert.ok(cases.length > 10);
  for (const { text, pair } of cases) assert.deepEqual(pairOf(text), pair, text);
});

test("degrees are plain numbers within their range", () => {
  assert.equal(degreesOf(" 40.7074 ", 90), 40.7074);
  assert.equal(degreesOf("-74.", 180), -74);
  for (const text of ["", "north", "1e1", "91", "40,7", "Infinity", "."]) {
    assert.equal(degreesOf(text, 90), null, text);
  }
});

test("six decimals are written, and no minus before a zero", () => {
  assert.equal(degreesText(40.7074), "40.707400");
  assert.equal(degreesText(-74.01234567), "-74.012346");
  assert.equal(degreesText(-0.0000001), "0.000000");
});

test("once round the world is the same place", () => {
  assert.equal(wrapped(190), -170);
  assert.equal(wrapped(-190), 170);
  assert.equal(wrapped(12.5), 12.5);
  assert.equal(wrapped(734), 14);
});

test("an arrow key changes a number a little, and none over the edge", () => {
  assert.equal(nudged("40.7074", 0.00001, 90), "40.707410");
  assert.equal(nudged("90", 0.00001, 90), null);
  assert.equal(nudged("", 0.00001, 90), null);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { ageWords } from "../../../assets/shared/js/ages.js";
import { duration } from "../../../assets/shared/js/duration.js";

/** @type {{seconds: number, words: string}[]} */
const cases = JSON.parse(
  readFileSync(new URL("../../fixtures/words/durations.json", import.meta.url), "utf8"),
);

test("a duration has the words that the server has for it", () => {
  assert.ok(cases.length >= 12);
  for (const { seconds, words } of cases) assert.equal(duration(seconds), words);
});

test("parts of a second are cut off", () => {
  assert.equal(duration(59.999), "59 s");
  assert.equal(duration(-0.5), "0 s");
});

test("an age says whether it is over", () => {
  const now = Date.parse("2026-11-21T14:32:10Z");
  assert.equal(ageWords("2026-11-21T14:32:08Z", "ago", now), "2 s ago");
  assert.equal(ageWords("2026-11-21T14:21:00Z", "lasting", now), "11 min");
  assert.equal(ageWords("2026-11-21T14:32:12Z", "ago", now), "0 s ago");
});

test("a moment that cannot be read has no words", () => {
  assert.equal(ageWords("soon", "ago", 0), null);
  assert.equal(ageWords(null, "ago", 0), null);
});

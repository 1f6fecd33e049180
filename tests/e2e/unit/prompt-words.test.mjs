import assert from "node:assert/strict";
import test from "node:test";

import { minutesLeft, minutesWords } from "../../../assets/shared/js/prompt-words.js";

test("minutes are rounded up, and the last one is one", () => {
  assert.equal(minutesLeft(900_000, 0), 15);
  assert.equal(minutesLeft(900_000, 1), 15);
  assert.equal(minutesLeft(900_000, 60_000), 14);
  assert.equal(minutesLeft(900_000, 899_999), 1);
});

test("it is over a second after its time, when the server agrees", () => {
  assert.equal(minutesLeft(900_000, 900_000), 1);
  assert.equal(minutesLeft(900_000, 900_999), 1);
  assert.equal(minutesLeft(900_000, 901_000), 0);
});

test("the sentence stays but for its minutes", () => {
  assert.equal(minutesWords(14, "Try again in 15 minutes."), "Try again in 14 minutes.");
  assert.equal(minutesWords(1, "Try again in 2 minutes."), "Try again in 1 minute.");
  assert.equal(minutesWords(1, "Try again in 1 minute."), "Try again in 1 minute.");
});

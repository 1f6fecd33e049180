import assert from "node:assert/strict";
import { test } from "node:test";

import {
  movedTo, sameOrder, savedWords, slotAt,
} from "../../../assets/operator/js/order-model.js";

test("a row belongs after those whose middle is above the pointer", () => {
  assert.equal(slotAt([20, 60, 100], 5), 0);
  assert.equal(slotAt([20, 60, 100], 61), 2);
  assert.equal(slotAt([20, 60, 100], 500), 3);
  assert.equal(slotAt([], 7), 0);
});

test("one id moves and the others keep their order", () => {
  assert.deepEqual(movedTo(["a", "b", "c"], "c", 0), ["c", "a", "b"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "a", 2), ["b", "c", "a"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "b", 1), ["a", "b", "c"]);
});

test("orders are compared place by place", () => {
  assert.ok(sameOrder(["a", "b"], ["a", "b"]));
  assert.ok(!sameOrder(["a", "b"], ["b", "a"]));
  assert.ok(!sameOrder(["a"], ["a", "b"]));
});

test("a failure is said, and that nothing has changed", () => {
  assert.equal(savedWords(true), "Order saved.");
  assert.match(savedWords(false), /as it was/);
});

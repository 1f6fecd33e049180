import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { document: { querySelectorAll: () => [] } });
const { revealWords } = await import("../../../assets/operator/js/reveal.js");

test("a button says what it does next, and of which field to who does not see it", () => {
  assert.deepEqual(revealWords(false, "New password"), { text: "Show", spoken: "Show New password" });
  assert.deepEqual(revealWords(true, "New password"), { text: "Hide", spoken: "Hide New password" });
});

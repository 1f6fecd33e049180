import assert from "node:assert/strict";
import { test } from "node:test";
import { renewCursor } from "../../../assets/shared/js/chart-pointing.js";

test("with a new size the cursor is taken away and put back, and one that is away stays so", () => {
  /** @type {{left: number, top: number}[]} */
  const places = [];
  const plot = /** @type {any} */ ({
    cursor: { left: 120, top: 7 },
    setCursor(/** @type {{left: number, top: number}} */ place) {
      places.push(place);
      Object.assign(this.cursor, place);
    },
  });
  renewCursor(plot);
  assert.ok(places[0].left < 0);
  assert.deepEqual(places.slice(1), [{ left: 120, top: 7 }]);
  plot.cursor = { left: -10, top: -10 };
  renewCursor(plot);
  assert.equal(places.length, 2);
});

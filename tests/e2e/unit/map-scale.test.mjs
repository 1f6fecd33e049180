import assert from "node:assert/strict";
import { test } from "node:test";

import {
  distanceText, gridLines, gridStep, metresPerPixel,
} from "../../../assets/shared/js/map-scale.js";

test("a pixel's size follows zoom and latitude", () => {
  assert.ok(Math.abs(metresPerPixel(0, 0) - 156_543.034) < 0.001);
  assert.ok(Math.abs(metresPerPixel(0, 1) / metresPerPixel(0, 0) - 0.5) < 1e-12);
  assert.ok(Math.abs(metresPerPixel(60, 10) / metresPerPixel(0, 10) - 0.5) < 1e-12);
});

test("a square's side is a round number of metres and of a handy size, at every zoom", () => {
  for (let zoom = 3; zoom <= 19; zoom += 1) {
    for (const latitude of [0, 40.7, -51.5, 69]) {
      const scale = metresPerPixel(latitude, zoom);
      const step = gridStep(scale);
      assert.match(String(step), /^[125]0*$/, `${step} m at zoom ${zoom}`);
      const pixels = step / scale;
      assert.ok(pixels >= 56 && pixels <= 140, `${pixels} px at zoom ${zoom}`);
    }
  }
});

test("a step that fits exactly is taken", () => {
  assert.equal(gridStep(50 / 56), 50);
  assert.equal(gridStep(50.1 / 56), 100);
});

test("distances are told in metres, or in whole kilometres", () => {
  assert.equal(distanceText(50), "50 m");
  assert.equal(distanceText(500), "500 m");
  assert.equal(distanceText(1000), "1 km");
  assert.equal(distanceText(200_000), "200 km");
});

test("lines lie on whole pixels, every fifth is strong", () => {
  const lines = gridLines(0, 256, 50.4);
  assert.deepEqual(lines, [
    { at: 0, strong: true },
    { at: 50, strong: false },
    { at: 101, strong: false },
    { at: 151, strong: false },
    { at: 202, strong: false },
    { at: 252, strong: true },
  ]);
});

test("a line that rounds to a tile's first pixel is that tile's, not the one's before", () => {
  assert.deepEqual(gridLines(0, 256, 51.16).at(-1), { at: 205, strong: false });
  assert.deepEqual(gridLines(256, 256, 51.16).at(0), { at: 0, strong: true });
});

test("neighbouring tiles share no line and lose none", () => {
  for (const step of [56, 63.7, 99.99, 127.5, 139.2]) {
    const whole = gridLines(25_600, 2560, step).map(({ at }) => at);
    const parts = Array.from({ length: 10 }, (_, index) => {
      const start = 25_600 + index * 256;
      return gridLines(start, 256, step).map(({ at }) => at + index * 256);
    });
    assert.deepEqual(parts.flat(), whole);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isLive, pinLabel, pinOf, pinText, placesChanged,
} from "../../../assets/portal/js/map-model.js";

const GATE = {
  code: "A",
  name: "North gate",
  standing: "above",
  label: "Above limit",
  value: "73.8",
  symbol: "Leq",
  at: "2026-11-21T14:32:10Z",
  lat: "40.7074",
  lon: "-74.0113",
  href: "/portal/location/1",
};

/** @param {Record<string, string | undefined>} [changes] */
function pin(changes = {}) {
  const made = pinOf("tile-1", { ...GATE, ...changes });
  assert.ok(made);
  return made;
}

test("a tile's attributes become a pin", () => {
  assert.deepEqual(pin(), {
    id: "tile-1",
    code: "A",
    name: "North gate",
    standing: "above",
    label: "Above limit",
    value: "73.8",
    symbol: "Leq",
    at: Date.UTC(2026, 10, 21, 14, 32, 10),
    lat: 40.7074,
    lon: -74.0113,
    href: "/portal/location/1",
  });
});

test("a location without a whole position has no pin", () => {
  assert.equal(pinOf("tile-1", { ...GATE, lat: undefined }), null);
  assert.equal(pinOf("tile-1", { ...GATE, lon: "" }), null);
});

test("what a tile does not say is told as absent", () => {
  const silent = pin({ value: undefined, at: undefined });
  assert.equal(silent.value, null);
  assert.equal(silent.at, null);
});

test("a position on the equator or the prime meridian is a position", () => {
  assert.equal(pin({ lat: "0", lon: "0" }).lat, 0);
});

test("a pin shows its code and the rounded level", () => {
  assert.equal(pinText(pin()), "A 74");
  assert.equal(pinText(pin({ value: "73.4" })), "A 73");
  assert.equal(pinText(pin({ value: undefined })), "A");
});

test("a pin shows no level that is not of now", () => {
  const stale = pin({ standing: "stale", label: "Stale" });
  assert.equal(pinText(stale), "A");
  assert.equal(pinLabel(stale), "A, North gate, Stale");
});

test("the name of a pin begins with what is seen", () => {
  assert.equal(pinLabel(pin()), "A 74 dB, North gate, Above limit");
});

test("the standings of a measuring location are live, the others are not", () => {
  const standings = ["above", "near", "below", "free", "unknown", "stopped", "stale", "offline",
    "no-data", "no-meter", "unavailable"];
  const live = standings.filter((standing) => isLive(pin({ standing })));
  assert.deepEqual(live, ["above", "near", "below", "free", "unknown"]);
});

test("the map looks elsewhere for locations that came or moved only", () => {
  const other = { ...pin(), id: "tile-2" };
  assert.equal(placesChanged([pin()], [pin({ value: "50.0", standing: "below" })]), false);
  assert.equal(placesChanged([pin(), other], [pin()]), false);
  assert.equal(placesChanged([pin()], [pin(), other]), true);
  assert.equal(placesChanged([pin()], [pin({ lat: "40.7075" })]), true);
  assert.equal(placesChanged([pin()], [pin({ lon: "-74.0114" })]), true);
});

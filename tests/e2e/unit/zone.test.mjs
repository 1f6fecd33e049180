import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockText, dayText, offsetSeconds, stampText, timeText,
} from "../../../assets/shared/js/zone.js";

/** @param {string} text */
const at = (text) => Date.parse(text) / 1000;

test("a moment is told as the server tells it", () => {
  const moment = at("2026-11-21T14:32:10Z");
  assert.equal(stampText(moment, "Europe/London"), "Sat 21 Nov, 14:32");
  assert.equal(stampText(moment, "America/New_York"), "Sat 21 Nov, 09:32");
  assert.equal(clockText(moment, "Asia/Kolkata"), "20:02");
  assert.equal(dayText(at("2026-11-21T00:00:00Z"), "America/New_York"), "Fri 20");
  assert.equal(stampText(at("2026-09-01T00:00:00Z"), "UTC"), "Tue 1 Sep, 00:00");
});

test("months have three letters", () => {
  for (let month = 1; month <= 12; month += 1) {
    const text = stampText(at(`2026-${String(month).padStart(2, "0")}-15T12:00:00Z`), "UTC");
    assert.match(text, /^[A-Z][a-z]{2} 15 [A-Z][a-z]{2}, 12:00$/);
  }
});

test("midnight is 00:00 and not 24:00", () => {
  assert.equal(clockText(at("2026-11-21T00:00:00Z"), "UTC"), "00:00");
});

// The last moment before each change of the clocks in 2026, and the change.
for (const [zone, before, after, words] of /** @type {const} */ ([
  ["Europe/London", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z",
    ["Sun 29 Mar, 00:59", "Sun 29 Mar, 02:00", 0, 3600]],
  ["Europe/London", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z",
    ["Sun 25 Oct, 01:59", "Sun 25 Oct, 01:00", 3600, 0]],
  ["America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z",
    ["Sun 8 Mar, 01:59", "Sun 8 Mar, 03:00", -18_000, -14_400]],
  ["America/New_York", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z",
    ["Sun 1 Nov, 01:59", "Sun 1 Nov, 01:00", -14_400, -18_000]],
])) {
  test(`${zone} changes its clocks at ${after}`, () => {
    const [textBefore, textAfter, offsetBefore, offsetAfter] = words;
    assert.equal(stampText(at(before), zone), textBefore);
    assert.equal(stampText(at(after), zone), textAfter);
    assert.equal(offsetSeconds(at(before), zone), offsetBefore);
    assert.equal(offsetSeconds(at(after), zone), offsetAfter);
  });
}

test("an offset is right across midnight and the ends of months and years", () => {
  for (const [moment, zone, hours] of /** @type {const} */ ([
    ["2026-12-31T23:30:00Z", "Asia/Tokyo", 9],
    ["2027-01-01T03:00:00Z", "America/New_York", -5],
    ["2026-03-01T04:00:00Z", "America/New_York", -5],
    ["2028-02-29T23:45:00Z", "Asia/Kolkata", 5.5],
    ["2026-06-30T11:00:00Z", "Pacific/Kiritimati", 14],
    ["2026-07-01T08:00:00Z", "Pacific/Pago_Pago", -11],
    ["2026-07-01T08:00:00Z", "Australia/Eucla", 8.75],
  ])) {
    assert.equal(offsetSeconds(at(moment), zone), hours * 3600, `${moment} ${zone}`);
  }
});

test("a zone that the browser does not know is told in UTC, and says so", () => {
  const moment = at("2026-11-21T14:32:10Z");
  assert.equal(stampText(moment, "Mars/Olympus_Mons"), "Sat 21 Nov, 14:32 UTC");
  assert.equal(offsetSeconds(moment, "Mars/Olympus_Mons"), 0);
});

test("a time has its seconds, and its date where that is another day at the site", () => {
  const moment = at("2026-11-21T19:32:10Z");
  const zone = "America/New_York";
  assert.equal(timeText(moment, moment, zone), "14:32:10");
  assert.equal(timeText(moment, moment + 8 * 3600, zone), "14:32:10");
  assert.equal(timeText(moment, moment + 12 * 3600, zone), "Sat 21 Nov, 14:32:10");
  assert.equal(timeText(moment + 0.999, moment + 12 * 3600, zone), "Sat 21 Nov, 14:32:10");
  const summer = at("2026-07-01T12:00:00Z");
  assert.equal(timeText(summer, summer, "Europe/London"), "13:00:00");
});

test("a time of September has three letters, midnight is 00, an unknown zone is UTC", () => {
  const midnight = at("2026-09-01T00:00:00Z");
  assert.equal(timeText(midnight, midnight, "UTC"), "00:00:00");
  assert.equal(timeText(midnight, midnight + 86_400, "UTC"), "Tue 1 Sep, 00:00:00");
  assert.equal(timeText(midnight, midnight + 86_400, "Mars/Olympus"), "Tue 1 Sep, 00:00:00 UTC");
});

test("UTC by another name is UTC all the same, and is not named", () => {
  assert.equal(stampText(at("2026-09-01T00:00:00Z"), "Etc/UTC"), "Tue 1 Sep, 00:00");
});

test("a zone's format is made once, also that of one that nobody knows", (t) => {
  const Format = Intl.DateTimeFormat;
  const made = t.mock.method(Intl, "DateTimeFormat", function () {
    return new Format(...arguments);
  });
  for (let moment = 0; moment < 50; moment += 1) {
    timeText(moment, moment + 86_400, "Asia/Kathmandu");
    stampText(moment, "Moon/Tycho");
  }
  // Of the unknown one: the attempt, and UTC instead.
  assert.equal(made.mock.callCount(), 3);
});

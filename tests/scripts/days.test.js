import assert from "node:assert/strict";
import { test } from "node:test";

import { daysUntil, isDay, timeLeft, today } from "../../site/assets/js/common/days.js";
import { FROM_PYTHON } from "./from-python.js";

/** @param {import("node:test").TestContext} context @param {string} moment */
function at(context, moment) {
  context.mock.timers.enable({ apis: ["Date"], now: Date.parse(moment) });
}

test("the day is China's from midnight there", (context) => {
  at(context, "2031-06-29T15:59:59Z");
  assert.equal(today(), "2031-06-29");
  context.mock.timers.setTime(Date.parse("2031-06-29T16:00:00Z"));
  assert.equal(today(), "2031-06-30");
});

test("a deadline is still open on its own day", (context) => {
  at(context, "2031-06-30T15:59:59Z");
  assert.equal(daysUntil("2031-06-30"), 0);
  assert.equal(daysUntil("2031-06-29"), -1);
});

test("days are counted over months, leap days and years", (context) => {
  at(context, "2032-02-28T04:00:00Z");
  assert.equal(daysUntil("2032-03-01"), 2);
  assert.equal(daysUntil("2033-02-28"), 366);
});

test("time left is said as the desk's letters and lists say it", () => {
  FROM_PYTHON.left.forEach(([days, said]) => assert.equal(timeLeft(days), said, String(days)));
});

test("a day is one that exists, written in full", () => {
  for (const text of ["2031-06-30", "2032-02-29", "0100-01-01", "2000-02-29"]) assert.equal(isDay(text), true, text);
  for (const text of ["2031-02-29", "1900-02-29", "2031-13-01", "2031-00-10", "2031-06-00", "2031-6-30", "31-06-30", "0099-01-01", "2031-06-30 ", ""]) {
    assert.equal(isDay(text), false, text);
  }
});

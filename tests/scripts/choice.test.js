import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenOf, MOST, perTable, toggled } from "../../site/assets/js/favourites/choice.js";

const IDS = ["A", "B", "C", "D", "E", "F"];

test("the first ones stand side by side until others are chosen", () => {
  assert.equal(MOST, 4);
  assert.deepEqual(chosenOf(IDS, []), ["A", "B", "C", "D"]);
  assert.deepEqual(chosenOf(["A", "B"], []), ["A", "B"]);
  assert.deepEqual(chosenOf(IDS, ["F", "B"]), ["B", "F"]);
});

test("what is gone is no longer chosen, and never are there too many", () => {
  assert.deepEqual(chosenOf(["A", "C"], ["B", "C"]), ["C"]);
  assert.deepEqual(chosenOf(["A", "C"], ["B"]), ["A", "C"]);
  assert.deepEqual(chosenOf(IDS, IDS), ["A", "B", "C", "D"]);
  assert.deepEqual(chosenOf([], ["A"]), []);
});

test("a fifth is not added; one that is there is taken away", () => {
  assert.deepEqual(toggled(["A", "B"], "C"), ["A", "B", "C"]);
  assert.deepEqual(toggled(["A", "B"], "A"), ["B"]);
  assert.deepEqual(toggled(["A", "B", "C", "D"], "E"), ["A", "B", "C", "D"]);
});

test("on paper tables are about as wide as each other", () => {
  assert.deepEqual([0, 1, 3, 4, 5, 6, 7].map((count) => perTable(count, 3)), [1, 1, 3, 2, 3, 3, 3]);
});

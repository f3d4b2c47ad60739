import assert from "node:assert/strict";
import { test } from "node:test";

import { coverOf, demandsAt, follow, ranked } from "../../site/assets/js/search/postings.js";

/** @param {string} word @param {string[]} common @param {number} longest */
function cover(word, common, longest) {
  return coverOf(Array.from(word), new Set(common), longest).map(({ from, piece, kind }) => [from, piece, kind]);
}

test("a word of two characters is its own piece", () => assert.deepEqual(cover("电池", [], 12), [[0, "电池", "places"]]));

test("pieces cover a word, the last one overlapping", () => {
  assert.deepEqual(cover("电池外", [], 12), [[0, "电池", "places"], [1, "池外", "places"]]);
  assert.deepEqual(cover("电池外壳", [], 12), [[0, "电池", "places"], [2, "外壳", "places"]]);
});

test("a common word has no cover: its list is of demands", () => assert.deepEqual(cover("电池", ["电池"], 12), []));

test("a common piece grows until it is rare", () => {
  assert.deepEqual(cover("电池外壳", ["电池"], 12), [[0, "电池外", "places"], [2, "外壳", "places"]]);
  assert.deepEqual(cover("电池外壳", ["外壳"], 12), [[0, "电池", "places"], [1, "池外壳", "places"]]);
});

test("what stays common at its longest has a long list", () => {
  assert.deepEqual(cover("aaaa", ["aa", "aaa"], 3), [[0, "aaa", "long"], [1, "aaa", "long"]]);
});

test("characters of two units count once", () => {
  assert.deepEqual(cover("🦀🦀蟹", [], 12), [[0, "🦀🦀", "places"], [1, "🦀蟹", "places"]]);
});

test("every character of a word is covered, whatever is common", () => {
  const word = "甲乙丙丁戊己庚辛";
  /** @type {string[]} */
  const pieces = [];
  for (let from = 0; from < word.length; from += 1) for (let to = from + 2; to <= from + 4; to += 1) pieces.push(word.slice(from, to));
  for (let seed = 1; seed < 200; seed += 1) {
    /** @type {string[]} */
    const common = pieces.filter((_, at) => ((seed * 7919) >> at % 13) & 1);
    const made = coverOf(Array.from(word), new Set(common), 4);
    const covered = new Set(made.flatMap(({ from, piece }) => Array.from(piece, (_, at) => from + at)));
    assert.equal(covered.size, word.length, String(common));
    for (const { from, piece } of made) assert.equal(word.slice(from, from + piece.length), piece);
  }
});

/** @param {number} from @param {number[]} places @param {number[]} [edges] */
function placed(from, places, edges = places.map(() => 0)) {
  return { from, list: { places, edges } };
}

test("places where the pieces follow each other", () => {
  assert.deepEqual(follow([placed(0, [1, 5, 9, 20]), placed(2, [3, 8, 11, 22])]), [1, 9, 20]);
});

test("the order of the lists does not matter", () => {
  const lists = [placed(0, [1, 5, 9]), placed(2, [11]), placed(3, [4, 12])];
  assert.deepEqual(follow(lists), [9]);
  assert.deepEqual(follow(lists.reverse()), [9]);
});

test("a piece that stands nowhere ends the search", () => assert.deepEqual(follow([placed(0, [1, 2]), placed(2, [])]), []));

// Two demands: titles at 0 and 10, the rest of their texts at 20 and 30.
const STARTS = Uint32Array.of(0, 10, 20, 30, 40);

test("a title meets better than a text, a whole word better than a part", () => {
  assert.deepEqual([...demandsAt([3, 31], [placed(0, [3, 31], [0, 0])], STARTS, 2)], [3, 1]);
  assert.deepEqual([...demandsAt([3, 31], [placed(0, [3, 31], [3, 3])], STARTS, 2)], [4, 2]);
});

test("the best place of a demand counts", () => {
  assert.deepEqual([...demandsAt([3, 21], [placed(0, [3, 21], [0, 3])], STARTS, 2)], [3, 0]);
});

test("a word is whole where its first piece begins and its last piece ends one", () => {
  const last = placed(2, [5, 7], [2, 0]);
  assert.deepEqual([...demandsAt([3], [placed(0, [3], [1]), last], STARTS, 2)], [4, 0]);
  assert.deepEqual([...demandsAt([3], [placed(0, [3], [2]), last], STARTS, 2)], [3, 0]);
});

test("texts without a place are passed over", () => {
  assert.deepEqual([...demandsAt([39], [placed(0, [39], [0])], Uint32Array.of(0, 0, 0, 0, 40), 2)], [0, 1]);
});

test("words in the title rank first, then whole words, then the list's order", () => {
  assert.deepEqual(ranked([Uint8Array.of(1, 2, 3, 4, 1)], 5), [3, 2, 1, 0, 4]);
});

test("each word has to be met", () => {
  assert.deepEqual(ranked([Uint8Array.of(1, 0, 4), Uint8Array.of(1, 4, 0)], 3), [0]);
});

test("one word in the title outranks two whole words in the text", () => {
  assert.deepEqual(ranked([Uint8Array.of(2, 3), Uint8Array.of(2, 1)], 2), [1, 0]);
});

test("no words leave everything as listed; of nothing nothing is left", () => {
  assert.deepEqual(ranked([], 3), [0, 1, 2]);
  assert.deepEqual(ranked([new Uint8Array(0)], 0), []);
});

// Near misses: titles by their sound, and what else may have been meant.
import assert from "node:assert/strict";
import { test } from "node:test";

import { meeting, readings, titlesThatSound } from "../../site/assets/js/search/pinyin.js";
import { distance, rearranged, suggestionFor } from "../../site/assets/js/search/suggestions.js";

const SOUNDS = ["dian电店", "ci磁词", "chi池吃", "nan南", "lang狼"];

test("letters are read as syllables in every way, the last perhaps in part", () => {
  assert.deepEqual(readings("xian", ["xi", "an", "xian", "ang"]), [["xian"], ["xi", "an"]]);
  assert.deepEqual(readings("dianc", ["dian", "chi"]), [["dian", "c"]]);
  assert.deepEqual(readings("zq", ["zi", "qi"]), []);
});

test("letters that can be read in very many ways end", () => {
  const syllables = ["a", "aa", "aaa", "aaaa", "aaaaa", "aaaaaa"];
  assert.equal(readings("a".repeat(40), syllables).length, 64);
});

test("numbers that follow each other", () => {
  assert.deepEqual(meeting([[1, 5, 9], [2, 10], [3, 11]]), [1, 9]);
  assert.deepEqual(meeting([[1, 5], []]), []);
  assert.deepEqual(meeting([[3]]), [3]);
});

test("what is no Latin word, or too long, sounds like nothing and fetches nothing", async () => {
  const index = { table: assert.fail, lines: assert.fail };
  for (const words of [["电池"], ["a"], ["ab1"], ["a".repeat(41)], []]) assert.deepEqual(await titlesThatSound(index, words), []);
});

test("the same word is no way apart", () => assert.equal(distance("电池", "电池", SOUNDS), 0));
test("another character is one step", () => assert.equal(distance("电池", "电缆", SOUNDS), 1));
test("what sounds alike is half as far, flat and curled tongue too", () => assert.equal(distance("电磁", "电池", SOUNDS), 0.5));
test("n and l, n and ng sound alike", () => assert.equal(distance("南", "狼", SOUNDS), 0.5));
test("two swapped are less than two exchanged", () => assert.equal(distance("池电", "电池", SOUNDS), 0.75));
test("left out and added are one step each", () => {
  assert.equal(distance("热误补偿", "热误差补偿", []), 1);
  assert.equal(distance("热误差补偿", "热误补偿", []), 1);
});
test("from nothing every character is a step", () => {
  assert.equal(distance("", "abc", []), 3);
  assert.equal(distance("abc", "", []), 3);
});
test("distance is the same both ways", () => {
  for (const [one, other] of [["电磁外壳", "电池壳外"], ["laser", "lsaer"], ["a", "bcd"]]) {
    assert.equal(distance(one, other, SOUNDS), distance(other, one, SOUNDS));
  }
});

test("rearranged: neighbours swapped, or one left out", () => {
  assert.deepEqual(rearranged("池电"), ["电池"]);
  assert.deepEqual(rearranged("abc"), ["bac", "acb", "bc", "ac", "ab"]);
});

/** An index of words; the texts hold those words and nothing else. @param {[word: string, count: number][]} vocabulary */
function wordIndex(vocabulary) {
  const words = vocabulary.map(([word]) => word);
  /** @type {string[]} */
  const asked = [];
  return {
    asked,
    manifest: { files: { words: 1 } },
    /** @param {string} name */
    lines: async (name) => {
      asked.push(name);
      if (name === "sounds.bin") return { numbers: new Uint32Array(0), lines: SOUNDS };
      return { numbers: Uint32Array.from(vocabulary, ([, count]) => count), lines: words };
    },
    /** @param {string} word */
    word: async (word) => Uint8Array.of(words.some((one) => one.includes(word)) ? 1 : 0),
    /** @param {string[]} sought */
    hits: async (sought) => (sought.every((word) => words.some((one) => one.includes(word))) ? [0] : []),
  };
}

test("the nearest word is suggested, of equals the more frequent", async () => {
  assert.equal(await suggestionFor(wordIndex([["电池", 1], ["电缆", 9]]), ["电磁"]), "电池");
  assert.equal(await suggestionFor(wordIndex([["检验", 1], ["检测", 9]]), ["检书"]), "检测");
});

test("only the word that stands nowhere is exchanged", async () => {
  assert.equal(await suggestionFor(wordIndex([["电池", 1], ["阻燃", 1]]), ["阻燃", "电磁"]), "阻燃 电池");
});

test("of two words that stand nowhere nothing is suggested", async () => {
  assert.equal(await suggestionFor(wordIndex([["电池", 1]]), ["甲乙", "丙丁"]), null);
});

test("where every word stands somewhere nothing is suggested", async () => {
  assert.equal(await suggestionFor(wordIndex([["电池", 1]]), ["电池"]), null);
});

test("a slip inside a long word is mended where it is", async () => {
  assert.equal(await suggestionFor(wordIndex([["光纤", 1], ["光纤激光器", 1]]), ["光千激光器"]), "光纤激光器");
});

test("two slips are allowed in long Latin words only", async () => {
  assert.equal(await suggestionFor(wordIndex([["semiconductor", 1]]), ["semcionductro"]), "semiconductor");
  assert.equal(await suggestionFor(wordIndex([["laser", 1]]), ["lxyer"]), null);
});

test("numbers, short Latin words and single characters are not guessed at", async () => {
  for (const word of ["1081", "abc", "词", "a1b2c3"]) {
    const index = wordIndex([["1080", 1], ["abd", 1], ["电池", 1]]);
    assert.equal(await suggestionFor(index, [word]), null);
    assert.deepEqual(index.asked, []);
  }
});

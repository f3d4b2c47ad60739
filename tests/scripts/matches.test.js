import assert from "node:assert/strict";
import { test } from "node:test";

import { learnTraditional } from "../../site/assets/js/search/fold.js";
import { excerpt, matchRanges, oneLine } from "../../site/assets/js/search/matches.js";

/** @param {string} text @param {string[]} words */
function found(text, words) {
  return matchRanges(text, words).map(([from, to]) => text.slice(from, to));
}

test("a character that folds to two is marked whole", () => assert.deepEqual(found("230 ℃ 时", ["°c"]), ["℃"]));
test("half of what a character folds to marks the whole character", () => assert.deepEqual(found("230 ℃", ["c"]), ["℃"]));
test("full width is marked as it is written", () => assert.deepEqual(found("（ＵＬ 94）", ["ul"]), ["ＵＬ"]));
test("an accent is marked with its letter", () => assert.deepEqual(found("un cafe\u0301.", ["café"]), ["cafe\u0301"]));
test("voiced kana typed in two parts are one", () => assert.deepEqual(found("か\u3099く", ["が"]), ["か\u3099"]));
test("overlapping words are one range", () => assert.deepEqual(found("电池电池外壳", ["电池", "池电"]), ["电池电池"]));
test("words that touch are one range", () => assert.deepEqual(found("电池外壳", ["电池", "外壳"]), ["电池外壳"]));
test("words apart are ranges of their own", () => assert.deepEqual(found("电池和外壳", ["外壳", "电池"]), ["电池", "外壳"]));
test("a character of two units before does not move the range", () => assert.deepEqual(found("𠮷🦀野家", ["野"]), ["野"]));
test("a run of blank space is one space", () => assert.deepEqual(found("a \n\u3000 b", ["a b"]), ["a \n\u3000 b"]));
test("both forms of sigma are found", () => assert.deepEqual(found("ΟΔΟΣ ς", ["οδοσ", "σ"]), ["ΟΔΟΣ", "ς"]));

test("an empty word and no word are nowhere", () => {
  assert.deepEqual(matchRanges("电池", [""]), []);
  assert.deepEqual(matchRanges("电池", []), []);
  assert.deepEqual(matchRanges("", ["电池"]), []);
});

test("what was learnt since counts for a text seen before", () => {
  assert.deepEqual(found("機器", ["机"]), []);
  learnTraditional("機机");
  assert.deepEqual(found("機器", ["机"]), ["機"]);
});

test("a text becomes one line; after a full-width stop no space is left", () => {
  assert.equal(oneLine(" 第一句。 第二句\n\n第三，  四 "), "第一句。第二句 第三，四");
});

test("an excerpt begins with the sentence that has most of the words", () => {
  const long = `${"第一句说别的。".repeat(20)}第二句说到阻燃，也说到外壳。${"又一句。".repeat(30)}`;
  const made = excerpt(["", long, "外壳"], ["外壳", "阻燃"], 40);
  assert.equal(made.part, 1);
  assert.match(made.text, /^…第二句说到阻燃，也说到外壳。/);
  assert.deepEqual(made.marks.map(([from, to]) => made.text.slice(from, to)), ["阻燃", "外壳"]);
});

test("an excerpt without the words is the beginning of the first text", () => {
  assert.deepEqual(excerpt(["", "第一句说别的。第二句。"], ["没有"], 7), { part: 1, text: "第一句说别的。…", marks: [] });
});

test("of nothing there is no excerpt", () => {
  assert.deepEqual(excerpt([null, "", "  "], ["词"], 40), { part: -1, text: "", marks: [] });
  assert.deepEqual(excerpt([], ["词"], 40), { part: -1, text: "", marks: [] });
});

test("an excerpt cuts no character in half, at either end", () => {
  for (let before = 20; before < 40; before += 1) {
    const made = excerpt([`${"🦀".repeat(before)}a${"词"}${"🦀".repeat(40)}`], ["词"], 21);
    assert.ok(made.text.includes("词"));
    assert.doesNotMatch(made.text, /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/, made.text);
  }
});

test("of two texts with as many words the first is shown", () => {
  assert.equal(excerpt(["说到电池", "也说到电池"], ["电池"], 40).part, 0);
});

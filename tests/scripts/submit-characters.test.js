import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countCharacters,
  countWritten,
  describeInvisible,
  firstInvisible,
  isWithinOneEdit,
  normaliseWidth,
  removeInvisible,
} from "../../site/assets/js/submit/characters.js";

test("a character outside the basic plane counts as one", () => {
  assert.equal(countCharacters("𠮷野家"), 3);
  assert.equal(countCharacters(""), 0);
});

test("字数 leaves out white space of every width, and takes a missing text for an empty one", () => {
  assert.equal(countWritten(" 电 池\n外\u3000壳\t"), 4);
  assert.equal(countWritten(undefined), 0);
});

test("full-width letters, digits and signs get their usual width, and Han characters stay", () => {
  assert.equal(normaliseWidth("ＡＢ１２．５（电池）"), "AB12.5(电池)");
});

test("line feeds and tabs are seen, zero-width and directional characters are not", () => {
  assert.equal(firstInvisible("第一行\n\t第二行"), null);
  assert.equal(firstInvisible("高速\u200b电机"), "\u200b");
  assert.equal(firstInvisible("a\u202eb\u200bc"), "\u202e");
});

test("a character of a private plane is found whole, an emoji and a rare Han character are seen", () => {
  assert.equal(firstInvisible("x\u{f0001}"), "\u{f0001}");
  assert.equal(firstInvisible("😀𠮷"), null);
});

test("every invisible character is removed, not only the first", () => {
  assert.equal(removeInvisible("\ufeff高\u200b速\u00ad电机"), "高速电机");
});

for (const [character, told] of [
  ["\u202e", "U+202E（双向文字控制符）"],
  ["\u061c", "U+061C（双向文字控制符）"],
  ["\ufeff", "U+FEFF（字节顺序标记（BOM））"],
  ["\u200d", "U+200D（零宽字符）"],
  ["\ue000", "U+E000（私用区字符，多半来自 Word 的特殊符号）"],
  ["\u{10fffd}", "U+10FFFD（私用区字符，多半来自 Word 的特殊符号）"],
  ["\u0007", "U+0007（控制字符）"],
  ["\u0085", "U+0085（控制字符）"],
  ["\u00ad", "U+00AD（看不见的字符）"],
]) {
  test(`an invisible character is told by its code: ${told}`, () => assert.equal(describeInvisible(character), told));
}

test("one edit is one character inserted, left out or exchanged, at any place", () => {
  for (const other of ["桥口区", "口区", "硚口", "硚口新区", "硚口区"]) assert.ok(isWithinOneEdit("硚口区", other), other);
});

test("two characters exchanged or two more are no single edit, nor is a pair turned round", () => {
  for (const other of ["桥头区", "硚口新城区", "口硚区", "桥头", "", "新城"]) assert.ok(!isWithinOneEdit("硚口区", other), other);
});

test("a rare character is one edit, though it is two units", () => {
  assert.ok(isWithinOneEdit("𠮷口区", "口区"));
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, learnTraditional, wordsOf } from "../../site/assets/js/search/fold.js";
import { bytesOf, FROM_PYTHON } from "./from-python.js";

const [index] = FROM_PYTHON.indexes;
const manifest = JSON.parse(String(bytesOf(index).get(index.manifest)));
const traditional = String(bytesOf(index).get(`search/${manifest.folder}traditional.json`));
learnTraditional(JSON.parse(traditional));

for (const [text, folded] of FROM_PYTHON.folded) {
  // Of traditional characters the index tells those whose simplified form it holds.
  if (/後|麵/.test(text)) continue;
  test(`folds as Python does: ${JSON.stringify(text)}`, () => assert.equal(fold(text), folded));
}

test("folding twice changes nothing", () => {
  for (const [text] of FROM_PYTHON.folded) assert.equal(fold(fold(text)), fold(text));
});

test("a traditional character that was not told stays as it is", () => assert.equal(fold("齉"), "齉"));

test("pairs with characters of two units are learnt whole", () => {
  learnTraditional("𠮷吉");
  assert.equal(fold("𠮷野家"), "吉野家");
});

test("words are folded, each once, in their order", () => {
  assert.deepEqual(wordsOf("  ＵＬ　电池 ul\t94 电池 "), ["ul", "电池", "94"]);
});

test("no words are in blank space", () => {
  assert.deepEqual(wordsOf(""), []);
  assert.deepEqual(wordsOf(" \u3000\u2003\ufeff"), []);
});

test("a lone surrogate does no harm", () => assert.equal(fold("a\ud800b"), "a\ud800b"));

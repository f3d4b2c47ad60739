// Other words of the trade: found in a text as the generator finds them, offered beside what was typed, never among it.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { openIndex } from "../../site/assets/js/search/engine.js";
import { fold } from "../../site/assets/js/search/fold.js";
import { halves, soundsLike } from "../../site/assets/js/search/offers.js";
import { keyOf, Terms } from "../../site/assets/js/search/terms.js";
import { bytesOf, FROM_PYTHON, serving } from "./from-python.js";

/** @import { Engine } from "../../site/assets/js/search/engine.js" */

test("words are found in a text as the generator finds them", () => {
  const terms = new Terms(FROM_PYTHON.terms.keys);
  for (const [text, expected] of FROM_PYTHON.terms.texts) {
    const found = terms.found(fold(text)).map(({ start, end, key }) => [start, end, key]);
    assert.deepEqual(found, expected, text);
  }
});

test("a word is one word however it is spaced", () => {
  assert.equal(keyOf("尼龙 66"), keyOf("尼龙-66"));
  assert.equal(keyOf("Flame-Retardant"), "flame retardant");
});

test("letters sound like a word as its syllables or as three initials and more", () => {
  const sounds = new Map([["电", ["dian"]], ["池", ["chi"]], ["重", ["zhong", "chong"]]]);
  assert.ok(soundsLike("电池", "dianchi", sounds));
  assert.ok(soundsLike("重电池", "chongdianchi", sounds));
  assert.ok(soundsLike("重电池", "cdc", sounds));
  assert.ok(!soundsLike("电池", "dc", sounds));
  assert.ok(!soundsLike("电池", "dianch", sounds));
  assert.ok(!soundsLike("未知", "dianchi", sounds));
});

test("a long word is halved nearest to its middle first, and no other", () => {
  assert.deepEqual(halves("甲乙丙丁戊"), ["甲乙 丙丁戊", "甲乙丙 丁戊"]);
  assert.deepEqual(halves("甲乙丙"), []);
  assert.deepEqual(halves("battery"), []);
});

describe("the engine", () => {
  const [index] = FROM_PYTHON.indexes;
  const { texts } = FROM_PYTHON;
  const holding = texts.flatMap((text, number) => (text.includes("电池") ? [number] : []));
  /** @type {Engine} */
  let engine;

  before(async () => {
    Object.assign(globalThis, { document: { baseURI: "http://site.invalid/" }, fetch: serving(bytesOf(index)) });
    engine = await openIndex(index.manifest);
  });

  for (const typed of ["蓄电池", "battery", "Battery", "erciDIANchi", "ercidianchi", "ecdc"]) {
    test(`offers what is meant by ${typed}, and finds nothing itself`, async () => {
      assert.ok(holding.length);
      const { hits, offers } = await engine.query(typed);
      assert.deepEqual(hits, []);
      assert.deepEqual(offers.map(({ text }) => text), ["电池"]);
      assert.deepEqual(offers[0].hits.slice().sort((one, other) => one - other), holding);
    });
  }

  test("exact hits stay what they are, and an offer that adds nothing is none", async () => {
    const { hits, offers } = await engine.query("电池");
    assert.deepEqual(hits.slice().sort((one, other) => one - other), holding);
    assert.deepEqual(offers, []);
  });

  test("no word is offered that only stands as a piece of another", async () => {
    const { offers } = await engine.query("flame retardant");
    assert.ok(offers.every(({ text }) => text !== "EV"));
    assert.ok(offers.some(({ text }) => /阻燃|UL/.test(text)));
  });

  test("what is typed beside the word is kept, unless nothing has both", async () => {
    const [beside] = /[\u4e00-\u9fff]{2}/.exec(texts[holding[0]].replace(/电池/g, "")) || [""];
    const both = await engine.query(`蓄电池 ${beside}`);
    assert.deepEqual(both.offers.map(({ text }) => text), [`电池 ${beside}`]);
    const alone = await engine.query("蓄电池 无此词句");
    assert.deepEqual(alone.offers.map(({ text }) => text), ["电池"]);
  });

  test("a long word that stands nowhere is offered in two that do", async () => {
    const words = Array.from(new Set(texts[0].match(/[\u4e00-\u9fff]{2}/g)));
    const pair = words.find((word) => !texts.some((text) => text.includes(words[0] + word)));
    const { offers } = await engine.query(`${words[0]}${pair}`);
    assert.deepEqual(offers.map(({ text }) => text), [`${words[0]} ${pair}`]);
    assert.ok(offers[0].hits.includes(0));
  });
});

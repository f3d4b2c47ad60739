// The whole engine over an index that the generator made: what it finds is what a plain search in the texts finds.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { hashOf, openIndex } from "../../site/assets/js/search/engine.js";
import { bytesOf, FROM_PYTHON, serving } from "./from-python.js";

/** @import { Engine } from "../../site/assets/js/search/engine.js" */

const { texts } = FROM_PYTHON;
const titles = texts.map((text) => text.split("\n")[0]);

/** @param {string} word */
function standingIn(word) {
  return texts.flatMap((text, number) => (text.includes(word) ? [number] : []));
}

/** @param {number} length @returns {string[]} Words of the texts, some from each. */
function pieces(length) {
  return texts.flatMap((text) => {
    const words = text.split(/\s/).filter((word) => word.length >= length);
    return words.filter((_, at) => at % 5 === 0).map((word) => Array.from(word).slice(-length).join(""));
  });
}

before(() => {
  Object.assign(globalThis, { document: { baseURI: "http://site.invalid/" } });
});

for (const [at, name] of ["as it is", "as if everything were common"].entries()) {
  describe(`an index ${name}`, () => {
    const index = FROM_PYTHON.indexes[at];
    /** @type {string[]} */
    const asked = [];
    /** @type {Engine} */
    let engine;

    before(async () => {
      globalThis.fetch = serving(bytesOf(index), asked);
      engine = await openIndex(index.manifest);
    });

    for (const length of [1, 2, 3, 5, 8]) {
      test(`finds pieces of ${length} as a plain search does`, async () => {
        const words = pieces(length);
        assert.ok(words.length > 5);
        for (const word of words) {
          const found = await engine.query(word);
          assert.deepEqual(found.hits.slice().sort((one, other) => one - other), standingIn(word), word);
          assert.equal(found.how, "text");
        }
      });
    }

    test("finds what has every word, and says what is missing by nothing", async () => {
      const [one, other] = pieces(3);
      const both = standingIn(one).filter((number) => standingIn(other).includes(number));
      assert.deepEqual((await engine.query(`${one} ${other}`)).hits.sort(), both);
      assert.deepEqual((await engine.query(`${one} 无此词句`)).hits, []);
    });

    for (const [typed, ...words] of [["6MIN", "6", "min"], ["GB/T11345", "gb/t", "11345"], ["8号", "8", "号"], ["“焊缝”、“判定”？", "焊缝", "判定"]]) {
      test(`what was typed in one is offered as texts write it: ${typed}`, async () => {
        const { hits, how, offers } = await engine.query(typed);
        assert.deepEqual([how, hits], ["none", []]);
        const standing = texts.flatMap((text, number) => (words.every((word) => text.includes(word)) ? [number] : []));
        assert.equal(offers[0].text, words.join(" "));
        assert.deepEqual(offers[0].hits.slice().sort((one, other) => one - other), standing);
      });
    }

    test("a sound is heard through signs, and letters within a word are no word", async () => {
      assert.deepEqual((await engine.query("dian'chi")).hits, (await engine.query("dian chi")).hits);
      assert.ok((await engine.query("dian'chi")).hits.length);
      // Every title ends with 号, and only within words there is an `n`.
      assert.ok(standingIn("n").length);
      assert.deepEqual((await engine.query("n号")).offers, []);
    });

    test("titles come first", async () => {
      const word = titles[4].slice(0, 4);
      const { hits } = await engine.query(word);
      const inTitle = hits.filter((number) => titles[number].includes(word));
      assert.ok(inTitle.includes(4));
      assert.deepEqual(hits.slice(0, inTitle.length), inTitle);
    });

    test("nothing typed is everything", async () => {
      const everything = { words: [], hits: texts.map((_, number) => number), exact: true, how: "all", pinyin: [], suggestion: null, offers: [] };
      assert.deepEqual(await engine.query(" \u3000"), everything);
    });

    test("what was fetched is not fetched again", async () => {
      await engine.query(titles[0]);
      const fetched = asked.length;
      await engine.query(titles[0]);
      assert.equal(asked.length, fetched);
      assert.equal(new Set(asked).size, asked.length);
    });

    test("nonsense finds and suggests nothing", async () => {
      for (const typed of ["龘靐齉", "xqzvw", "🦀🦀", "0000000000"]) {
        const answer = await engine.query(typed);
        assert.deepEqual([answer.hits, answer.how, answer.suggestion], [[], "none", null], typed);
      }
    });

    const batteries = titles.flatMap((title, number) => (title.includes("电池外壳") ? [number] : []));

    for (const typed of ["dianchi", "DianChi", "dian chi", "dianchiwaik", "dcwk", "dc"]) {
      test(`the sound of a title finds it: ${typed}`, async () => {
        const { how, hits, pinyin, exact } = await engine.query(typed);
        assert.deepEqual([how, exact], ["pinyin", false]);
        assert.deepEqual(hits, pinyin);
        assert.deepEqual(hits, batteries);
      });
    }

    test("no sound goes over from one title to the next", async () => {
      // The titles end in （…号） and begin with another's first character.
      for (const title of ["haozhuang", "haowu", "haogao"]) assert.equal((await engine.query(title)).how, "none", title);
    });

    for (const typed of ["电磁外壳", "电池壳外", "电池外客", "电池外壳壳"]) {
      test(`a slip suggests what was meant: ${typed}`, async () => {
        const { hits, how, suggestion } = await engine.query(typed);
        assert.deepEqual([hits, how], [[], "none"]);
        assert.ok(suggestion);
        assert.deepEqual((await engine.query(suggestion)).hits.slice().sort(), batteries);
      });
    }

    test("traditional characters typed find simplified ones", async () => {
      const { hits, words } = await engine.query("電池外殼");
      assert.deepEqual(words, ["电池外壳"]);
      assert.deepEqual(hits.slice().sort(), standingIn("电池外壳"));
    });
  });
}

test("a file that did not come is asked for again", async () => {
  const [index] = FROM_PYTHON.indexes;
  const files = bytesOf(index);
  globalThis.fetch = serving(files);
  const engine = await openIndex(index.manifest);
  globalThis.fetch = async () => {
    throw new TypeError("away");
  };
  await assert.rejects(engine.query(titles[0]), { name: "RequestError", status: 0 });
  globalThis.fetch = serving(files);
  assert.ok((await engine.query(titles[0])).hits.length);
});

test("a manifest that is gone says so", async () => {
  globalThis.fetch = serving(new Map());
  await assert.rejects(openIndex("search/manifest.gone.json"), { name: "RequestError", status: 404 });
});

test("pieces are hashed by their characters, not their units", () => {
  assert.equal(hashOf(""), (2166136261 ^ (2166136261 >>> 15)) >>> 0);
  assert.notEqual(hashOf("🦀"), hashOf("\ud83e\udd80".split("").reverse().join("")));
  assert.ok(hashOf("电池") >= 0 && hashOf("电池") < 2 ** 32);
});

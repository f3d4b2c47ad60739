import assert from "node:assert/strict";
import { test } from "node:test";

const A = "D-0000000A";
const B = "D-0000000B";
let version = 0;

/**
 * The store as a page finds it.
 *
 * @param {Record<string, string>} kept What stands in the browser.
 * @param {boolean} [forbidden] Whether the browser lets nothing be read or written.
 */
async function opened(kept, forbidden = false) {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  const storage = {
    getItem: forbidden ? refuse : (/** @type {string} */ key) => kept[key] ?? null,
    setItem: forbidden ? refuse : (/** @type {string} */ key, /** @type {string} */ value) => void (kept[key] = value),
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
  version += 1;
  /** @type {typeof import("../../site/assets/js/favourites/store.js")} */
  const store = await import(`../../site/assets/js/favourites/store.js?${version}`);
  return store;
}

test("what earlier versions kept is read", async () => {
  assert.deepEqual((await opened({ marks: JSON.stringify([B, A]) })).favourites(), [B, A]);
});

for (const rubbish of ["", "{", "3", '"x"', "null", '{"length":1}', '[1, null, "<img src=x>", "D-AAAA", "d-0000000a", ["D-0000000A"]]']) {
  test(`rubbish is none: ${rubbish}`, async () => assert.deepEqual((await opened({ marks: rubbish })).favourites(), []));
}

test("ids are kept once, in the order of adding, and nothing else", async () => {
  /** @type {Record<string, string>} */
  const kept = {};
  const store = await opened(kept);
  store.toggleFavourite(B);
  store.toggleFavourite(A);
  store.setFavourites(store.favourites().concat(B, "D-000", A));
  assert.deepEqual(kept, { marks: JSON.stringify([B, A]) });
  store.toggleFavourite(B);
  assert.deepEqual(kept, { marks: JSON.stringify([A]) });
  assert.deepEqual([store.isFavourite(A), store.isFavourite(B)], [true, false]);
});

test("every change is told, once", async () => {
  const store = await opened({});
  /** @type {string[][]} */
  const told = [];
  store.onFavouritesChange(() => told.push(store.favourites()));
  store.toggleFavourite(A);
  store.setFavourites([]);
  assert.deepEqual(told, [[A], []]);
});

test("where nothing may be kept, it holds for the page, and that is said", async () => {
  const store = await opened({}, true);
  assert.equal(store.isRefused(), false);
  store.toggleFavourite(A);
  assert.deepEqual(store.favourites(), [A]);
  assert.equal(store.isRefused(), true);
});

test("nobody changes the list from outside", async () => {
  const store = await opened({ marks: JSON.stringify([A]) });
  store.favourites().push(B);
  assert.deepEqual(store.favourites(), [A]);
});

test("ids of an address are anything at all", async () => {
  const { validIds } = await opened({});
  assert.deepEqual(validIds([A, "", A, " ", `${B} `, B]), [A, B]);
  assert.deepEqual(validIds("D-0000000A"), []);
  assert.deepEqual(validIds(undefined), []);
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { clearDraft, isDraft, loadDraft, saveDraft } from "../../site/assets/js/submit/draft.js";

const DRAFT = {
  version: "1",
  saved: "2024/10/20 12:00:00",
  day: "2024-10-20",
  values: { "enterprise.name": "示例", "enterprise.withhold": ["industry"] },
  ones: ["0", "2"],
  rows: { "enterprise.affiliates": ["1"] },
  ids: { enterprise: "E-AAAAAAA1" },
  linked: {},
};

/** What a browser keeps, by key. */
const kept = new Map();
const STORAGE = {
  getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  removeItem: (/** @type {string} */ key) => kept.delete(key),
};

/** @param {object} storage */
function useStorage(storage) {
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
}

const BEFORE = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
beforeEach(() => {
  kept.clear();
  useStorage(STORAGE);
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "localStorage");
  if (BEFORE) Object.defineProperty(globalThis, "localStorage", BEFORE);
});

test("a draft comes back as it was kept, under the name of its page", () => {
  assert.equal(saveDraft("submit/demand/", DRAFT), true);
  assert.deepEqual([...kept.keys()], ["jiebang.submit/demand/"]);
  assert.deepEqual(loadDraft("submit/demand/"), DRAFT);
  assert.equal(loadDraft("submit/apply/"), null);
});

test("a draft that was cleared is gone", () => {
  saveDraft("submit/demand/", DRAFT);
  clearDraft("submit/demand/");
  assert.equal(loadDraft("submit/demand/"), null);
});

for (const left of ["", "{", "null", "7", "[]", '"x"', '{"values": {}}']) {
  test(`what something else left behind is no draft: ${left}`, () => {
    kept.set("jiebang.submit/demand/", left);
    assert.equal(loadDraft("submit/demand/"), null);
  });
}

test("each part of a draft is needed", () => {
  assert.ok(isDraft(DRAFT));
  for (const name of ["saved", "values", "ones", "rows", "ids", "linked"]) {
    assert.ok(!isDraft({ ...DRAFT, [name]: undefined }), name);
    assert.ok(!isDraft({ ...DRAFT, [name]: 7 }), name);
    assert.ok(!isDraft({ ...DRAFT, [name]: null }), name);
  }
});

test("a draft of another state of the schemas, or without its day, is one", () => {
  assert.ok(isDraft({ ...DRAFT, version: "older", day: undefined }));
});

test("names that could leave a selector are refused", () => {
  for (const name of ['a"]', "a b", "", "a,b", "名"]) {
    assert.ok(!isDraft({ ...DRAFT, values: { [name]: "x" } }), name);
    assert.ok(!isDraft({ ...DRAFT, rows: { [name]: [] } }), name);
  }
});

test("a browser that refuses to keep anything is no error", () => {
  function refuse() {
    throw new Error("refused");
  }
  useStorage({ getItem: refuse, setItem: refuse, removeItem: refuse });
  assert.equal(saveDraft("submit/demand/", DRAFT), false);
  assert.equal(loadDraft("submit/demand/"), null);
  clearDraft("submit/demand/");
});

// Which files that were read belong together, and what the list says of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { addAnswer, isRecord, renew } from "../../site/assets/js/reader/items.js";

/** @import { Answer, Item, Question, ReadForm } from "../../site/assets/js/reader/types.js" */

/** @type {Question} */
const QUESTION = { path: "", field: "", place: "", text: "", message: "", hint: "" };

/** @type {(annex: string, key: string, questions?: Question[]) => ReadForm} */
const form = (annex, key, questions = []) => ({
  annex,
  repeated: annex === "附件1" ? "demand" : "application",
  enterprise: key,
  key,
  records: [{ kind: annex === "附件1" ? "demand" : "application", key: "", value: {}, places: {}, questions }],
});

/** @type {(...answers: Answer[]) => Item[]} */
const list = (...answers) => {
  /** @type {Item[]} */
  const items = [];
  answers.forEach((answer, place) => addAnswer(items, `${place}.docx`, answer));
  return items;
};

test("对接表 and 申请书 of one enterprise are one entry, in whichever order they come", () => {
  for (const annexes of [["附件2", "附件3", "附件3"], ["附件3", "附件3", "附件2"]]) {
    const items = list(...annexes.map((annex) => ({ forms: [form(annex, "示例公司")] })));
    assert.equal(items.length, 1);
    assert.deepEqual(items[0].forms.map(({ annex }) => annex), ["附件2", "附件3", "附件3"]);
    assert.equal(items[0].files.length, 3);
    assert.equal(items[0].page, "apply/");
  }
});

test("two 对接表, other enterprises, unnamed ones and 需求表 stay apart", () => {
  /** @type {(annex: string, key: string) => Answer} */
  const twice = (annex, key) => ({ forms: [form(annex, key)] });
  assert.equal(list(twice("附件2", "甲"), twice("附件2", "甲")).length, 2);
  assert.equal(list(twice("附件2", "甲"), twice("附件3", "乙")).length, 2);
  assert.equal(list(twice("附件2", ""), twice("附件3", "")).length, 2);
  assert.equal(list(twice("附件1", "甲"), twice("附件1", "甲")).length, 2);
});

test("what was handed in already takes no more forms", () => {
  const items = list({ forms: [form("附件2", "甲")] });
  items[0].done = true;
  addAnswer(items, "later.docx", { forms: [form("附件3", "甲")] });
  assert.equal(items.length, 2);
});

test("an entry says how much is to be looked at", () => {
  assert.match(list({ forms: [form("附件1", "甲", [QUESTION, QUESTION])] })[0].about, /1 项需求，2 处看不准/);
  assert.match(list({ forms: [form("附件1", "甲")] })[0].about, /没有看不准/);
});

test("a record goes to the page of its kind, and a file that could not be read says why", () => {
  /** @type {(kind: "enterprise" | "demand" | "application", value: { role?: string }) => string} */
  const page = (kind, value) => list({ kind, text: "", value })[0].page;
  assert.equal(page("demand", {}), "demand/");
  assert.equal(page("application", {}), "apply/");
  assert.equal(page("enterprise", { role: "大企业" }), "demand/");
  assert.equal(page("enterprise", { role: "中小企业" }), "apply/");
  const error = { message: "文件损坏。", hint: "另存一份。" };
  assert.deepEqual(list({ error })[0].error, error);
  assert.ok(isRecord("D-1.YML") && isRecord("a.yaml") && !isRecord("a.docx"));
});

test("a record that took a step is the one of the list, whatever its file is called", () => {
  const items = list(
    { kind: "demand", text: "old", value: { id: "D-AAAAAAA1", title: "示例" } },
    { kind: "application", text: "other", value: { id: "A-AAAAAAA1" } },
  );
  const value = { id: "D-AAAAAAA1", title: "示例", status: "recommended" };
  renew(items, [{ folder: "demands", name: "d-aaaaaaa1.yml", about: "", text: "new", value, differences: [] }]);
  assert.deepEqual(items.map(({ record }) => record && record.text), ["new", "other"]);
  assert.deepEqual(items[0].record && items[0].record.value, value);
  assert.notEqual(items[0].about, items[1].about);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { publicDemand, publicOwner } from "../../site/assets/js/submit/preview.js";
import { makeEnterprise, makeModel, makeSubmission } from "./submit-samples.js";

const MODEL = makeModel("demand");

/** @param {import("../../site/assets/js/submit/types.js").EnterpriseRecord} record */
function ownerOf(record) {
  return publicOwner(MODEL, makeSubmission(MODEL, { enterprise: makeEnterprise(record) }));
}

test("an open enterprise shows its name and its division", () => {
  assert.deepEqual(ownerOf({ disclosure: "公开" }), {
    open: true,
    also: [],
    name: "示例腾岳动力（示例市）有限公司",
    nature: "民营",
    industry: "电气机械和器材制造业",
    district: "硚口区",
  });
});

test("a hidden enterprise shows the section only, and no name", () => {
  const owner = ownerOf({ disclosure: "不公开" });
  assert.deepEqual([owner.name, owner.industry], [null, "制造业"]);
});

test("nothing chosen yet means hidden", () => {
  for (const disclosure of [undefined, "", "公開"]) assert.equal(ownerOf({ disclosure }).name, null);
});

test("what a hidden enterprise withholds is not shown, nor what follows from it", () => {
  const owner = ownerOf({ withhold: ["district", "industry", "nature"] });
  assert.deepEqual([owner.district, owner.industry, owner.nature], ["所在区不公开", "行业不公开", ""]);
  assert.deepEqual(owner.also, ["demand.field", "demand.category"]);
});

test("an open enterprise withholds nothing, whatever was ticked before", () => {
  const owner = ownerOf({ disclosure: "公开", withhold: ["district", "industry", "nature"] });
  assert.deepEqual([owner.district, owner.industry, owner.nature, owner.also], ["硚口区", "电气机械和器材制造业", "民营", []]);
});

test("an enterprise that was submitted before is shown as hidden, with its district", () => {
  const owner = publicOwner(MODEL, makeSubmission(MODEL, { enterprise: null, known: true }));
  assert.deepEqual(owner, { open: false, also: [], name: null, nature: "", industry: "", district: "硚口区" });
});

test("without answers nothing is shown", () => {
  const owner = publicOwner(MODEL, makeSubmission(MODEL, { district: null, enterprise: { ...makeEnterprise(), record: {} } }));
  assert.deepEqual(owner, { open: false, also: [], name: null, nature: "", industry: "", district: "" });
});

test("a demand loses what is withheld with its enterprise, and the record itself keeps it", () => {
  const demand = { title: "名称", field: "新材料", category: "基础材料" };
  assert.deepEqual(publicDemand(demand, ownerOf({ withhold: ["industry"] })), { title: "名称" });
  assert.deepEqual(publicDemand(demand, ownerOf({})), demand);
  assert.equal(demand.field, "新材料");
});

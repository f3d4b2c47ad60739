import assert from "node:assert/strict";
import { test } from "node:test";

import { findEnterpriseName, foldName } from "../../site/assets/js/submit/names.js";
import { GOOD_CODE, makeEnterprise, makeModel } from "./submit-samples.js";

const MODEL = makeModel("demand");

/**
 * @param {string} text
 * @param {import("../../site/assets/js/submit/types.js").EnterpriseRecord} [more]
 */
function find(text, more) {
  return findEnterpriseName(text, MODEL, makeEnterprise(more).record);
}

test("names are folded to letters and digits of one width and case", () => {
  assert.equal(foldName("示例·腾岳（ＡＢＣ）— Co., Ltd."), "示例腾岳abccoltd");
});

test("signs, spaces and invisible characters between the characters of a name hide nothing", () => {
  for (const text of ["示例腾岳动力（示例市）有限公司", "示 例 腾 岳 动 力", "示例-腾岳_动力", "示例\u200b腾岳动力", "【示例腾岳动力】"]) {
    assert.deepEqual(find(`用于${text}的电机`), { title: "企业名称", short: false }, text);
  }
});

test("a name is found without its legal form and without its place", () => {
  assert.deepEqual(find("腾岳动力的产线", { name: "示例市腾岳动力有限责任公司" }), { title: "企业名称", short: false });
  assert.deepEqual(find("腾岳动力的产线", { name: "硚口腾岳动力集团股份有限公司" }), { title: "企业名称", short: false });
});

test("other names, characters and the place alone are not found", () => {
  for (const text of ["腾跃动力的产线", "示例市的企业", "硚口区的有限公司", "动力电池"]) assert.equal(find(text), null, text);
});

test("a name of two characters is too short to prove anything", () => {
  assert.deepEqual(find("腾岳的产线", { aliases: { short_names: ["腾岳"] } }), { title: "简称", short: true });
  assert.deepEqual(find("腾岳动的产线", { aliases: { short_names: ["腾岳动"] } }), { title: "简称", short: false });
});

test("legal form and place are taken away as long as two characters stay", () => {
  for (const name of ["腾岳公司", "示例市腾岳", "示例市腾岳有限公司"]) {
    assert.deepEqual(find("腾岳的产线", { aliases: { short_names: [name] } }), { title: "简称", short: true }, name);
  }
  assert.equal(find("岳的产线", { aliases: { short_names: ["岳公司"] } }), null);
});

test("the name of a place and a single character are no names of an enterprise", () => {
  assert.equal(find("硚口区的产线", { aliases: { short_names: ["硚口区"] } }), null);
  assert.equal(find("岳牌的产线", { aliases: { brands: ["岳"] } }), null);
});

test("of names of the same length the first field is told", () => {
  assert.equal(find("甲乙丙丁", { aliases: { former_names: ["甲乙丙丁"], short_names: ["甲乙丙丁"] } })?.title, "简称");
});

test("of several names the longest is told", () => {
  const aliases = { short_names: ["腾岳"], former_names: ["腾岳机电厂"] };
  assert.deepEqual(find("原腾岳机电厂", { aliases }), { title: "曾用名", short: false });
});

test("an English name is found without its legal form; six letters prove it", () => {
  const aliases = { english_names: ["Tengyue Power Co., Ltd."] };
  assert.deepEqual(find("by TENGYUE-POWER", { aliases }), { title: "英文名称", short: false });
  assert.deepEqual(find("型号 TYPW", { aliases: { english_names: ["TYPW Ltd"] } }), { title: "英文名称", short: true });
});

test("a brand is found with and without 牌", () => {
  assert.equal(find("腾岳星绝缘漆", { aliases: { brands: ["腾岳星牌"] } })?.title, "品牌");
});

test("a domain is found by its own labels, not by www and com", () => {
  const aliases = { domains: ["www.tengyue-power.example.com"] };
  assert.equal(find("见 tengyue-power 官网", { aliases })?.title, "网址");
  assert.equal(find("www 和 com 是域名的一部分，example 也是", { aliases }), null);
});

test("the credit code names the enterprise, however it is grouped", () => {
  assert.equal(find(`代码 ${GOOD_CODE.slice(0, 8)} ${GOOD_CODE.slice(8)}`)?.title, "统一社会信用代码");
});

test("an enterprise without any name is in no text", () => {
  assert.equal(findEnterpriseName("任何文字", MODEL, {}), null);
});

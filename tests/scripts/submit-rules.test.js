import assert from "node:assert/strict";
import { test } from "node:test";

import { SIZES, creditCodeSlips, enterpriseSize, sizeFindings, sizeRange } from "../../site/assets/js/submit/rules.js";
import { GOOD_CODE, makeModel } from "./submit-samples.js";

const MODEL = makeModel("application");

/** @param {string} code */
function messages(code) {
  return creditCodeSlips(code).map((slip) => slip.message);
}

test("codes that are right in every character pass", () => {
  for (const code of [GOOD_CODE, "91000000MA00100A45", "9100000076WUYC8X8M"]) assert.deepEqual(messages(code), [], code);
});

test("each digit of a code is held by its check characters", () => {
  for (let place = 0; place < 18; place += 1) {
    const other = String((Number(GOOD_CODE[place]) + 1) % 10);
    assert.equal(messages(GOOD_CODE.slice(0, place) + other + GOOD_CODE.slice(place + 1)).length, 1, `place ${place + 1}`);
  }
});

test("a wrong check character says which it should be", () => {
  assert.deepEqual(messages("910000000000004651"), ["校验位（第 18 位）应为 0。"]);
});

test("the organisation code within has a check character of its own", () => {
  // Places 9 and 17 changed so that the last character still fits.
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  // Whatever stands behind it: a check character worked out from a wrong body would send people in a circle.
  const changed = Array.from(alphabet, (last) => `91000000127626513${last}`);
  assert.equal(new Set(changed.map((code) => messages(code)[0])).size, 1);
  assert.deepEqual(messages(changed[0]), ["第 9—17 位（组织机构代码）自身的校验位不对。"]);
});

for (const [code, message] of [
  ["91OOOO000276265134", "第 3、4、5、6 位是字母 O，代码中不使用这个字母。"],
  ["9I0000000276265134", "第 2 位是字母 I，代码中不使用这个字母。"],
  ["91000000027626513Z", "第 18 位是字母 Z，代码中不使用这个字母。"],
  ["9100000S0276265134", "第 8 位是字母 S，代码中不使用这个字母。"],
  ["91000000V276265134", "第 9 位是字母 V，代码中不使用这个字母。"],
  ["９10000000276265134", "第 1 位是全角字符。"],
  ["91000000-0276265134", "中间有空格或连字符。"],
  ["91000000ma00100a45", "第 9、10、16 位是小写字母。"],
  ["9100000002762651", "现在是 16 位，应为 18 位。"],
  ["91000000027626513中", "第 18 位不是数字或字母。"],
]) {
  test(`a code is told by the place of the slip: ${message}`, () => assert.deepEqual(messages(code), [message]));
}

test("several slips of one code are told at once", () => {
  assert.deepEqual(messages("９1-oo"), ["第 1 位是全角字符。", "中间有空格或连字符。", "第 3、4 位是小写字母。", "第 3、4 位是字母 O，代码中不使用这个字母。", "现在是 4 位，应为 18 位。"]);
});

test("letters where the registry's digits belong are no code", () => {
  assert.match(messages("9100000A0276265134")[0], /第 1—8 位/);
});

test("a registering department may have a letter, and none is zero", () => {
  assert.deepEqual(messages("N2000000MF0012348L"), []);
  for (const code of ["000000000000000000", "01000000MF0012348E", "90000000MF00123488", "B1000000MF00123483"]) {
    assert.match(messages(code)[0], /第 1—8 位/, code);
  }
});

/**
 * @param {string} code
 * @param {string | null} group
 * @param {import("../../site/assets/js/submit/types.js").Figures} figures
 */
function sizes(code, group, figures) {
  const range = sizeRange(MODEL, code, group, figures);
  return range && [SIZES[range.lowest], SIZES[range.highest], range.reason];
}

test("the size is the lowest that any figure gives", () => {
  assert.deepEqual(sizes("38", null, { employees: 1000, revenue: 40000 }), ["大型", "大型", ""]);
  assert.deepEqual(sizes("38", null, { employees: 1000, revenue: 39999.99 }), ["中型", "中型", ""]);
  assert.deepEqual(sizes("38", null, { employees: 299, revenue: 40000 }), ["小型", "小型", ""]);
  assert.deepEqual(sizes("38", null, { employees: 19, revenue: 40000 }), ["微型", "微型", ""]);
});

test("a bound belongs to the larger size", () => {
  for (const [employees, size] of /** @type {[number, string][]} */ ([
    [19, "微型"],
    [20, "小型"],
    [299, "小型"],
    [300, "中型"],
    [999, "中型"],
    [1000, "大型"],
  ])) {
    assert.deepEqual(sizes("38", null, { employees, revenue: 40000 }), [size, size, ""], String(employees));
  }
});

test("zero is a figure, what is missing leaves the range open below", () => {
  assert.deepEqual(sizes("38", null, { employees: 0, revenue: null }), ["微型", "微型", ""]);
  assert.deepEqual(sizes("47", null, { employees: 5, revenue: 6000 }), ["微型", "中型", "缺少资产总额"]);
  assert.deepEqual(sizes("47", null, {}), ["微型", "大型", "缺少营业收入、资产总额"]);
});

test("without its group a divided division gives the range of all groups", () => {
  assert.deepEqual(sizes("59", null, { employees: 150, revenue: 30000 }), ["小型", "中型", "该大类按中类划型，缺少三位数的中类代码"]);
  assert.deepEqual(sizes("59", "599", { employees: 150, revenue: 30000 }), ["小型", "中型", "该大类按中类划型，缺少三位数的中类代码"]);
  assert.deepEqual(sizes("59", "591", { employees: 150, revenue: 30000 }), ["小型", "小型", ""]);
  assert.deepEqual(sizes("59", "592", { employees: 150, revenue: 30000 }), ["中型", "中型", ""]);
});

test("groups that agree need not be known", () => {
  assert.deepEqual(sizes("59", null, { employees: 10, revenue: 10 }), ["微型", "微型", ""]);
});

test("a division that the standard leaves out has no size, one that it covers in part may have any", () => {
  assert.equal(sizes("90", null, { employees: 5000, revenue: 500000 }), null);
  assert.deepEqual(sizes("91", null, { employees: 1, revenue: 1 }), ["微型", "大型", "该大类按中类划型，缺少三位数的中类代码"]);
  assert.equal(sizes("91", "912", { employees: 1, revenue: 1 }), null);
});

test("figures of an enterprise are read as typed; what is no number counts as missing", () => {
  const industry = { code: "38" };
  assert.deepEqual(enterpriseSize(MODEL, { industry, employees: "120", revenue: "5600" }), { lowest: 1, highest: 1, reason: "" });
  assert.equal(enterpriseSize(MODEL, { industry, employees: "约120", revenue: "5600" })?.reason, "缺少从业人员");
  assert.equal(enterpriseSize(MODEL, { employees: "120" }), undefined);
  assert.equal(enterpriseSize(MODEL, { industry: { code: "00" } }), undefined);
});

/** @param {import("../../site/assets/js/submit/types.js").EnterpriseRecord} enterprise */
function sizeCodes(enterprise) {
  return sizeFindings(MODEL, enterprise).map(({ code, severity }) => `${code} ${severity}`);
}

test("a declared size that fits is not spoken of", () => {
  assert.deepEqual(sizeCodes({ industry: { code: "38" }, employees: "120", revenue: "5600", size: "小型" }), []);
});

test("R331: large by its figures, or by its own word", () => {
  assert.deepEqual(sizeCodes({ industry: { code: "38" }, employees: "1000", revenue: "40000", size: "中型" }), ["R331 error"]);
  assert.deepEqual(sizeCodes({ industry: { code: "38" }, employees: "10", revenue: "10", size: "大型" }), ["R331 error"]);
});

test("R332: a division without standard, and figures that leave large open", () => {
  assert.deepEqual(sizeCodes({ industry: { code: "90" }, size: "小型" }), ["R332 warning"]);
  assert.deepEqual(sizeCodes({ industry: { code: "47" }, revenue: "80000", size: "中型" }), ["R332 warning"]);
  assert.deepEqual(sizeCodes({ industry: { code: "47" }, revenue: "79999", size: "中型" }), []);
});

test("R333: a declared size outside the range, and no declaration at all", () => {
  const known = { industry: { code: "38" }, employees: "120", revenue: "5600" };
  assert.deepEqual(sizeCodes({ ...known, size: "微型" }), ["R333 warning"]);
  assert.deepEqual(sizeCodes({ ...known, size: "中型" }), ["R333 warning"]);
  assert.deepEqual(sizeCodes(known), []);
  assert.equal(sizeFindings(MODEL, { ...known, size: "微型" })[0].message, "按数据计算应为小型。");
});

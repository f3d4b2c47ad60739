import assert from "node:assert/strict";
import { test } from "node:test";

import { validateBySchema } from "../../site/assets/js/submit/json-schema.js";
import { ONE_LINE, PROSE, schemaOf } from "./submit-samples.js";

/** @import { Schema, Value } from "../../site/assets/js/submit/types.js" */

/**
 * Findings of one field `x`, as code and message.
 *
 * @param {Partial<Schema>} schema
 * @param {Value} value
 */
function judge(schema, value) {
  return validateBySchema({ properties: { x: schemaOf("某项", schema) }, required: [] }, { x: value });
}

/**
 * @param {Partial<Schema>} schema
 * @param {Value} value
 */
function codes(schema, value) {
  return judge(schema, value).map((found) => found.code);
}

test("a text without limits passes", () => assert.deepEqual(codes({}, "任何内容"), []));

test("const takes its own value only", () => {
  assert.deepEqual(codes({ const: "demand/1" }, "demand/1"), []);
  const [found] = judge({ const: "demand/1" }, "demand/2");
  assert.equal(found.code, "S205");
  assert.equal(found.message, "这一项应为“demand/1”。");
});

test("enum takes what it lists, and tells the list", () => {
  assert.deepEqual(codes({ enum: ["公开", "不公开"] }, "公开"), []);
  const [found] = judge({ enum: ["公开", "不公开"] }, "公 开");
  assert.equal(found.code, "S204");
  assert.equal(found.message, "应为以下之一：公开、不公开。");
});

test("minLength counts characters, and takes its own number", () => {
  assert.deepEqual(codes({ minLength: 2 }, "𠮷a"), []);
  const [found] = judge({ minLength: 2 }, "𠮷");
  assert.equal(found.code, "S206");
  assert.match(found.message, /现在有 1 个字符，至少要 2 个/);
});

test("a text of spaces is told as empty, not as short or as ill-shaped", () => {
  assert.match(judge({ minLength: 4 }, "  ")[0].message, /是空的/);
  assert.deepEqual(
    judge({ pattern: PROSE }, " \n ").map((found) => [found.code, found.message]),
    [["S206", "这一项是空的。"]],
  );
});

test("maxLength takes its own number of characters and refuses one more", () => {
  assert.deepEqual(codes({ maxLength: 3 }, "三个字"), []);
  assert.deepEqual(codes({ maxLength: 3 }, "四个字了"), ["S207"]);
});

test("length is told before shape, and only one of them", () => {
  assert.deepEqual(codes({ minLength: 6, pattern: "^[0-9]{6}$" }, "abc"), ["S206"]);
});

test("a text of one line refuses a second line by name", () => {
  assert.deepEqual(codes({ pattern: ONE_LINE }, "一行"), []);
  assert.match(judge({ pattern: ONE_LINE }, "一行\n两行")[0].message, /应写在一行之内/);
  assert.deepEqual(codes({ pattern: ONE_LINE }, "一行\n"), ["S208"]);
});

for (const [pattern, text, hint] of [
  ["^[0-9]{6}$", "４３００００", "全角字符改成半角。"],
  ["^[0-9]{6}$", "430 000", "删去其中的空格。"],
  ["^D-[0-9A-HJKMNP-TV-Z]{8}$", "D-AAAAOOOO", "编号里不用字母 O、I、L、U，多半是数字 0 或 1，请核对。"],
  ["^[A-Z]{3}$", "abc", "字母改成大写。"],
  ["^[a-z]{3}$", "ABC", "字母改成小写。"],
  ["^[A-Z]{3}$", "ａ b ｃ", "改成半角大写，并删去空格。"],
]) {
  test(`a shape that one change would mend says which: ${hint}`, () => {
    const [found] = judge({ pattern }, text);
    assert.equal(found.code, "S208");
    assert.equal(found.hint, hint);
  });
}

test("a shape that nothing mends quotes the example, or nothing where there is none", () => {
  assert.equal(judge({ pattern: "^[0-9]{6}$", description: "六位数字。", example: "430000" }, "不知道")[0].hint, "例如“430000”。");
  assert.equal(judge({ pattern: "^[0-9]{6}$" }, "不知道")[0].hint, "");
});

test("patterns are read by whole characters", () => assert.deepEqual(codes({ pattern: "^.$" }, "𠮷"), []));

test("a date that exists passes, one that does not and one in another shape are told apart", () => {
  assert.deepEqual(codes({ format: "date" }, "2024-02-29"), []);
  assert.equal(judge({ format: "date" }, "2023-02-29")[0].message, "不是真实存在的日期。");
  assert.equal(judge({ format: "date" }, "2024年2月29日")[0].message, "应为“年-月-日”。");
});

test("an address of e-mail has a name, an @ and a domain with a dot", () => {
  assert.deepEqual(codes({ format: "email" }, "lianxi+a@mail.example.com"), []);
  for (const text of ["lianxi@", "lianxi@example", "联系@example.com", "a b@example.com", "@example.com"]) {
    assert.deepEqual(codes({ format: "email" }, text), ["S209"], text);
  }
});

test("numbers have digits, a sign and decimals, and nothing else", () => {
  for (const text of ["0", "-1", "012", "560000.50"]) assert.deepEqual(codes({ type: "number" }, text), [], text);
  for (const text of ["", "1.", ".5", "1e3", "0x10", "+1", " 1", "１"]) assert.deepEqual(codes({ type: "number" }, text), ["S201"], text);
});

test("a number is no integer when it has decimals", () => {
  assert.deepEqual(codes({ type: "integer" }, "3500"), []);
  const [found] = judge({ type: "integer" }, "3500.0");
  assert.deepEqual([found.message, found.hint], ["应为整数。", ""]);
});

test("more digits than a file's reader takes are refused", () => {
  assert.deepEqual(codes({ type: "number" }, "9".repeat(18)), []);
  assert.deepEqual(codes({ type: "number" }, "9".repeat(19)), ["S201"]);
});

for (const [text, hint] of [
  ["12,000", "去掉千分位逗号。"],
  ["１２，０００", "去掉千分位逗号，数字改成半角。"],
  ["１２００", "数字改成半角，去掉空格。"],
  [" 1200 ", "数字改成半角，去掉空格。"],
  ["56 万元", "只写数字，不写单位；单位已由表格规定。"],
  ["很多", ""],
]) {
  test(`a number typed as “${text}” is told how to mend it`, () => assert.equal(judge({ type: "number" }, text)[0].hint, hint));
}

test("minimum and maximum take their own values", () => {
  const schema = { type: "number", minimum: 0, maximum: 100 };
  for (const text of ["0", "100", "-0"]) assert.deepEqual(codes(schema, text), [], text);
  assert.equal(judge(schema, "-0.01")[0].message, "不能小于 0。");
  assert.equal(judge(schema, "100.01")[0].message, "不能大于 100。");
});

test("minItems and maxItems take their own numbers", () => {
  const schema = { type: "array", items: schemaOf("条"), minItems: 1, maxItems: 2 };
  assert.deepEqual(codes(schema, ["a"]), []);
  assert.deepEqual(codes(schema, ["a", "b"]), []);
  assert.equal(judge(schema, [])[0].message, "至少要有 1 条。");
  assert.equal(judge(schema, ["a", "b", "c"])[0].message, "现在有 3 条，最多 2 条。");
});

test("uniqueItems compares whole entries, and the same twice is fine without it", () => {
  const rows = [{ name: "甲" }, { name: "甲" }];
  const items = schemaOf("条", { type: "object", properties: { name: schemaOf("名称") } });
  assert.deepEqual(codes({ type: "array", items, uniqueItems: true }, rows), ["S212"]);
  assert.deepEqual(codes({ type: "array", items, uniqueItems: true }, [{ name: "甲" }, { name: "乙" }]), []);
  assert.deepEqual(codes({ type: "array", items }, rows), []);
});

test("entries of a list are judged each, with their place", () => {
  const found = judge({ type: "array", items: schemaOf("条", { maxLength: 1 }) }, ["a", "bb", "c", "dd"]);
  assert.deepEqual(
    found.map(({ path }) => path),
    [
      ["x", 1],
      ["x", 3],
    ],
  );
});

test("what is missing is asked for: written where it is text, chosen where it is a list", () => {
  const properties = {
    name: schemaOf("企业名称", { example: "示例公司" }),
    kind: schemaOf("性质", { enum: ["民营"] }),
    modes: schemaOf("合作方式", { type: "array", items: schemaOf("方式") }),
  };
  const found = validateBySchema({ properties, required: ["name", "kind", "modes", "unknown"] }, {});
  assert.deepEqual(
    found.map(({ code, message, hint }) => [code, message, hint]),
    [
      ["S202", "请填写“企业名称”。", "例如“示例公司”。"],
      ["S202", "请选择“性质”。", ""],
      ["S202", "请选择“合作方式”。", ""],
    ],
  );
});

test("fields of a group are found by their path, and only where the group is there", () => {
  const group = { type: "object", properties: { name: schemaOf("姓名"), phone: schemaOf("电话", { maxLength: 3 }) }, required: ["name"] };
  assert.deepEqual(
    judge(group, { phone: "1234" }).map(({ code, path, title }) => [code, path.join("."), title]),
    [
      ["S202", "x.name", "姓名"],
      ["S207", "x.phone", "电话"],
    ],
  );
  assert.deepEqual(validateBySchema({ properties: { x: schemaOf("组", group) }, required: [] }, {}), []);
});

test("an invisible character is all that is said of a value", () => {
  const [found, ...rest] = judge({ type: "number", maximum: 1 }, "12\u200b");
  assert.equal(found.code, "Y103");
  assert.match(found.message, /U\+200B（零宽字符）/);
  assert.deepEqual(rest, []);
});

test("ticks have nothing to judge, and fields that no schema knows are left alone", () => {
  assert.deepEqual(codes({ type: "boolean" }, false), []);
  assert.deepEqual(validateBySchema({ properties: {}, required: [] }, { more: "x" }), []);
});

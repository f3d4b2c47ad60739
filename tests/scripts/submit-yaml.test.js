import assert from "node:assert/strict";
import { test } from "node:test";

import { recordToYaml } from "../../site/assets/js/submit/yaml.js";
import { ONE_LINE, PROSE, schemaOf } from "./submit-samples.js";

/** @import { Schema, Value } from "../../site/assets/js/submit/types.js" */

const HEAD = "# yaml-language-server: $schema=../../../../schemas/demand.schema.json\n";

/**
 * The file of a record with one field `x`, without its first line.
 *
 * @param {Value} value
 * @param {Partial<Schema>} [schema]
 */
function write(value, schema = { pattern: ONE_LINE }) {
  const text = recordToYaml("demand", { x: value }, { properties: { x: schemaOf("某项", schema) }, required: [] });
  assert.ok(text.startsWith(HEAD));
  return text.slice(HEAD.length);
}

/**
 * What a reader of YAML 1.2 makes of `x: …`, of the three styles that the form writes; throws where a plain text would be read as
 * something else. Written from the specification (7.3.1, 7.3.3, 8.1), not from the writer.
 *
 * @param {string} file
 */
function read(file) {
  const [first, ...lines] = file.replace(/\n$/, "").split("\n");
  const scalar = first.replace(/^x: /, "");
  const head = /^\|([1-9]?)$/.exec(scalar);
  if (head) {
    const filled = lines.find((line) => /[^ ]/.test(line)) ?? "";
    const indent = head[1] ? Number(head[1]) : filled.length - filled.trimStart().length;
    if (!head[1]) assert.ok(!/^[ \t]/.test(filled.slice(indent)) && lines[0] === filled, "a reader would find another indentation");
    for (const line of lines) assert.ok(line === "" || line.startsWith(" ".repeat(indent)), `not in the block: ${line}`);
    return lines.map((line) => line.slice(indent)).join("\n");
  }
  assert.deepEqual(lines, [], "only a block has more lines");
  if (scalar.startsWith('"')) return JSON.parse(scalar);
  assert.ok(!/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^\s|\s$|:\s|:$|\s#|^(?:---|\.\.\.)/.test(scalar), `no plain scalar: ${scalar}`);
  assert.ok(!/\n|\t/.test(scalar), "a plain scalar would be folded");
  return scalar;
}

const HOSTILE = [
  "012345", "1_000", "2024-07-10", "a: b", "a #b", "a\"b'c\\d\\n", "- x", "? x", "-x", "?", ":", "---", "...", "... x", "% x", "&a *b !c |d >e",
  "{{ 7*7 }}{% x %}", "<script>alert(1)</script>", "[x], {y: z}", "@x `y`", " 前后有空格 ", "表\t格\t符", "电池😀𠮷", "结尾冒号:", "：全角冒号",
  "“引号”", "!!str x", "'", '"', "\\", "\u3000全角空格\u3000", "a\u00a0b", "|", ">", "|2", "# x", "x #", "http://a/b#c", "a:b", "key: |", "*", "~x",
];  // prettier-ignore
const HOSTILE_LINES = [
  "第一行\n\n  缩进的第三行\n尾行有空格  ", "\n\n前有空行", "  首行缩进\n第二行", "\t首字符是制表符\n x", "a\n \n\t\nb", "key: |\n  block\n# no comment\n--- \n... ",
  " \nx", "x\n\n\ny", "- a\n- b", "a: 1\nb: 2",
];  // prettier-ignore

for (const text of HOSTILE) {
  test(`a line comes back as it was: ${JSON.stringify(text)}`, () => {
    assert.equal(read(write(text)), text);
    assert.equal(read(write(text, { pattern: PROSE })), text);
  });
}

for (const text of HOSTILE_LINES) {
  test(`lines come back as they were: ${JSON.stringify(text)}`, () => assert.equal(read(write(text, { pattern: PROSE })), text));
}

test("random texts of YAML's own signs come back as they were", () => {
  const signs = Array.from("-?:,[]{}#&*!|>'\"%@` \t\na1电\\~=<.");
  let seed = 11;
  /** @param {number} below */
  function random(below) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  }
  for (let run = 0; run < 5000; run += 1) {
    const text = Array.from({ length: 1 + random(12) }, () => signs[random(signs.length)]).join("").replace(/\n+$/, "x");
    assert.equal(read(write(text, { pattern: run % 2 ? PROSE : ONE_LINE })), text, JSON.stringify(text));
  }
});

test("words that an editor takes for something else are quoted", () => {
  for (const word of ["yes", "No", "null", "~", "TRUE", "off", "y", "=", "<<"]) assert.equal(write(word), `x: "${word}"\n`);
});

test("codes, dates and numbers stand plain", () => {
  for (const text of ["012345", "2024-07-10", "560000.50", "E-4Q8ZK2MW", "yesterday"]) assert.equal(write(text), `x: ${text}\n`);
});

test("prose stands in a block when it is long, a line when it is short; a long line of another kind stays a line", () => {
  assert.equal(write("字".repeat(60), { pattern: PROSE }), `x: ${"字".repeat(60)}\n`);
  assert.equal(write("字".repeat(61), { pattern: PROSE }), `x: |\n  ${"字".repeat(61)}\n`);
  assert.equal(write("字".repeat(61)), `x: ${"字".repeat(61)}\n`);
});

test("a block that begins with a space or an empty line tells its indentation, and empty lines have none", () => {
  assert.equal(write("  首行\n\n尾行"), "x: |2\n    首行\n\n  尾行\n");
  assert.equal(write("\n尾行"), "x: |2\n\n  尾行\n");
});

test("ticks are written in Chinese", () => {
  assert.equal(write(true, { type: "boolean" }), "x: 是\n");
  assert.equal(write(false, { type: "boolean" }), "x: 否\n");
});

test("fields come in the order of the schema, and only those that it knows", () => {
  const schema = { properties: { a: schemaOf("甲"), b: schemaOf("乙"), c: schemaOf("丙") }, required: [] };
  assert.equal(recordToYaml("demand", { c: "3", more: "x", a: "1" }, schema), `${HEAD}a: 1\nc: 3\n`);
});

test("groups are indented, and a block in a group by as much more", () => {
  const group = { type: "object", properties: { modes: schemaOf("方式", { type: "array", items: schemaOf("方式") }), note: schemaOf("说明", { pattern: PROSE }) } };
  assert.equal(
    write({ modes: ["项目委托", "yes"], note: "一\n 二" }, group),
    'x:\n  modes:\n    - 项目委托\n    - "yes"\n  note: |\n    一\n     二\n',
  );
});

test("the first field of a row stands behind its dash, the others below it", () => {
  const row = schemaOf("条", { type: "object", properties: { name: schemaOf("名称"), code: schemaOf("代码") } });
  assert.equal(
    write([{ name: "甲", code: "1" }, { code: "2" }], { type: "array", items: row }),
    "x:\n  - name: 甲\n    code: 1\n  - code: 2\n",
  );
});

test("a block in a list is indented below its dash", () => {
  assert.equal(write(["一\n二"], { type: "array", items: schemaOf("条") }), "x:\n  - |\n    一\n    二\n");
});

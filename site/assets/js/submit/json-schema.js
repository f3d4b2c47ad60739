// Validates a record by its schema: the same findings, under the same codes, as `jiebang check` gives on the finished file.

import { countCharacters, describeInvisible, firstInvisible, normaliseWidth } from "./characters.js";
import { isDay } from "../common/days.js";

/** @import { KindSchema, Refusal, Schema, SchemaFinding, Value } from "./types.js" */

const NUMBER = /^-?[0-9]{1,18}(?:\.[0-9]{1,9})?$/;
const INTEGER = /^-?[0-9]{1,18}$/;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/;

/** @type {Map<string, RegExp>} */
const compiled = new Map();

/**
 * @param {string} pattern
 * @param {string} text
 */
function matches(pattern, text) {
  let expression = compiled.get(pattern);
  if (!expression) {
    expression = new RegExp(pattern, "u");
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} hint
 * @returns {Refusal}
 */
function refuse(code, message, hint) {
  return { code, message, hint };
}

/** @param {Schema} schema */
function exampleOf(schema) {
  return schema.example === undefined ? "" : `例如“${schema.example}”。`;
}

/**
 * What is probably wrong with a number, or "".
 *
 * @param {string} text
 */
function numberHint(text) {
  const folded = normaliseWidth(text).trim();
  if (/^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(folded)) return "去掉千分位逗号" + (folded === text ? "。" : "，数字改成半角。");
  if (folded !== text && NUMBER.test(folded)) return "数字改成半角，去掉空格。";
  if (/^-?[0-9.,]+\s*[^0-9]+$/.test(folded)) return "只写数字，不写单位；单位已由表格规定。";
  return "";
}

/** @type {{ [letter: string]: string }} */
const DIGIT_FOR = { O: "0", I: "1", L: "1" };

/**
 * What would make a text fit its pattern, or "".
 *
 * @param {string} text
 * @param {string} pattern
 */
function patternHint(text, pattern) {
  const tight = text.replace(/\s/g, "");
  const attempts = [
    [normaliseWidth(text), "全角字符改成半角。"],
    [tight, "删去其中的空格。"],
    [text.replace(/[OIL]/g, (letter) => DIGIT_FOR[letter]), "编号里不用字母 O、I、L、U，多半是数字 0 或 1，请核对。"],
    [text.toUpperCase(), "字母改成大写。"],
    [text.toLowerCase(), "字母改成小写。"],
    [normaliseWidth(tight).toUpperCase(), "改成半角大写，并删去空格。"],
  ];
  const hit = attempts.find(([changed]) => changed !== text && matches(pattern, changed));
  return hit ? hit[1] : "";
}

/** @param {string} text */
function refuseBlank(text) {
  return text.trim() === "" ? refuse("S206", "这一项是空的。", "填写内容；不是必填的可以清空。") : null;
}

/** @param {string} text */
function validateDate(text) {
  if (isDay(text)) return null;
  const shaped = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text);
  return refuse("S209", shaped ? "不是真实存在的日期。" : "应为“年-月-日”。", "例如 2024-07-10。");
}

/**
 * @param {Schema} schema
 * @param {string} text
 */
function validateLength({ minLength, maxLength }, text) {
  const length = countCharacters(text);
  if (minLength !== undefined && length < minLength) {
    return refuseBlank(text) || refuse("S206", `现在有 ${length} 个字符，至少要 ${minLength} 个。`, "补全内容。");
  }
  if (maxLength !== undefined && length > maxLength) {
    return refuse("S207", `现在有 ${length} 个字符，最多 ${maxLength} 个。`, `精简到 ${maxLength} 个字符以内。`);
  }
  return null;
}

/**
 * @param {Schema} schema
 * @param {string} text
 */
function validatePattern(schema, text) {
  if (!schema.pattern || matches(schema.pattern, text)) return null;
  if (text.includes("\n") && schema.pattern.includes("\\n")) return refuse("S208", "这一项应写在一行之内，现在有多行。", "合并成一行。");
  return refuseBlank(text) || refuse("S208", "格式不对。" + schema.description, patternHint(text, schema.pattern) || exampleOf(schema));
}

/**
 * @param {Schema} schema
 * @param {string} text
 */
function validateText(schema, text) {
  if (schema.const !== undefined) return text === schema.const ? null : refuse("S205", `这一项应为“${schema.const}”。`, "");
  if (schema.enum) return schema.enum.includes(text) ? null : refuse("S204", `应为以下之一：${schema.enum.join("、")}。`, "从这些选项中选择一个。");
  if (schema.format === "date") return validateDate(text);
  const refusal = validateLength(schema, text) || validatePattern(schema, text);
  if (!refusal && schema.format === "email" && !EMAIL.test(text)) {
    return refuse("S209", "不是完整的邮箱地址。", "写成 name@example.com 的样子，用半角字符。");
  }
  return refusal;
}

/**
 * @param {Schema} schema
 * @param {string} text
 */
function validateNumber(schema, text) {
  const whole = schema.type === "integer";
  if (!(whole ? INTEGER : NUMBER).test(text)) return refuse("S201", whole ? "应为整数。" : "应为数字。", numberHint(text) || exampleOf(schema));
  if (schema.minimum !== undefined && Number(text) < schema.minimum) return refuse("S210", `不能小于 ${schema.minimum}。`, "核对数值和单位。");
  if (schema.maximum !== undefined && Number(text) > schema.maximum) return refuse("S210", `不能大于 ${schema.maximum}。`, "核对数值和单位。");
  return null;
}

/**
 * @param {Schema} schema
 * @param {string} text
 */
function validateScalar(schema, text) {
  const unseen = firstInvisible(text);
  if (unseen) return refuse("Y103", `有看不见的字符 ${describeInvisible(unseen)}。`, "删除这个字符；从网页或 Word 粘贴的文字里常有。");
  return schema.type === "number" || schema.type === "integer" ? validateNumber(schema, text) : validateText(schema, text);
}

/**
 * @param {Schema} schema
 * @param {Value[]} values
 */
function validateList({ minItems, maxItems, uniqueItems }, values) {
  if (minItems !== undefined && values.length < minItems) return refuse("S211", `至少要有 ${minItems} 条。`, "补上一条。");
  if (maxItems !== undefined && values.length > maxItems) return refuse("S211", `现在有 ${values.length} 条，最多 ${maxItems} 条。`, "删减条目。");
  const different = new Set(values.map((value) => JSON.stringify(value)));
  return uniqueItems && different.size < values.length ? refuse("S212", "列表里有重复的内容。", "删除重复的一条。") : null;
}

/** @param {Schema} schema */
function refuseMissing(schema) {
  if (schema.enum || schema.type === "array") return refuse("S202", `请选择“${schema.title}”。`, "");
  return refuse("S202", `请填写“${schema.title}”。`, exampleOf(schema));
}

/**
 * @param {Schema | KindSchema} schema
 * @param {Value} value
 * @param {(string | number)[]} path
 * @param {SchemaFinding[]} findings filled in the order of the schema, what is missing in a group before the rest
 */
function walk(schema, value, path, findings) {
  /**
   * @param {(string | number)[]} at
   * @param {Schema} of
   * @param {Refusal | null} refusal
   */
  function add(at, of, refusal) {
    if (refusal) findings.push({ ...refusal, path: at, title: of.title });
  }

  if (schema.properties) {
    const fields = /** @type {import("./types.js").Fields} */ (value);
    for (const name of schema.required || []) {
      const of = schema.properties[name];
      if (of && fields[name] === undefined) add([...path, name], of, refuseMissing(of));
    }
    for (const [name, of] of Object.entries(schema.properties)) {
      const inner = fields[name];
      if (inner !== undefined) walk(of, inner, [...path, name], findings);
    }
    return;
  }
  const single = /** @type {Schema} */ (schema);
  if (Array.isArray(value)) {
    add(path, single, validateList(single, value));
    const items = single.items;
    if (items) value.forEach((item, place) => walk(items, item, [...path, place], findings));
  } else if (typeof value === "string") {
    add(path, single, validateScalar(single, value));
  }
}

/**
 * Everything in a record that its schema refuses, each field once.
 *
 * @param {KindSchema} schema
 * @param {object} record
 * @returns {SchemaFinding[]}
 */
export function validateBySchema(schema, record) {
  /** @type {SchemaFinding[]} */
  const findings = [];
  walk(schema, /** @type {import("./types.js").Fields} */ (record), [], findings);
  return findings;
}

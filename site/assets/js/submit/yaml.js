// Records as YAML in the catalogue's own style. The reader takes every value for text until the schema says otherwise, so codes,
// dates and numbers stand plain; only what YAML itself would read differently is quoted or put into a block.

/** @import { Fields, Kind, KindSchema, Schema, Value } from "./types.js" */

// An editor would take these for something else than text.
const RESERVED = /^(?:~|null|yes|no|on|off|true|false|y|n|=|<<)$/i;
const PLAIN_START = /^[^\s\-?:,[\]{}#&*!|>'"%@`]/;
// A longer line reads better below its name.
const LONG = 60;

/** @param {string} text */
function isPlain(text) {
  return PLAIN_START.test(text) && !RESERVED.test(text) && !/\s$|[\t\n]|: | #|:$|^\.\.\./.test(text);
}

/** @param {string} text */
function quoted(text) {
  return '"' + text.replace(/[\\"]/g, "\\$&").replace(/\t/g, "\\t") + '"';
}

/**
 * A literal block; the number of its indentation stands in its head where the text begins with a space or an empty line, since a
 * reader could not tell otherwise where the text starts.
 *
 * @param {string} text
 * @param {string} indent
 */
function block(text, indent) {
  const head = /^\s/.test(text) ? "|2" : "|";
  const lines = text.split("\n").map((line) => (line ? indent + line : ""));
  return `${head}\n${lines.join("\n")}`;
}

/**
 * @param {string | boolean} value
 * @param {Schema} schema
 * @param {string} indent
 */
function scalar(value, schema, indent) {
  if (value === true) return "是";
  if (value === false) return "否";
  const prose = schema.pattern === "\\S";
  if (value.includes("\n") || (prose && (value.length > LONG || !isPlain(value)))) return block(value, indent);
  return isPlain(value) ? value : quoted(value);
}

/**
 * @param {string} name
 * @param {Value} value
 * @param {Schema} schema
 * @param {string} indent
 * @returns {string}
 */
function entry(name, value, schema, indent) {
  const inner = indent + "  ";
  if (Array.isArray(value)) return `${indent}${name}:\n${sequence(value, schema.items || schema, inner)}`;
  if (typeof value === "object") return `${indent}${name}:\n${mapping(value, schema, inner)}`;
  return `${indent}${name}: ${scalar(value, schema, inner)}\n`;
}

/**
 * @param {Fields} fields
 * @param {Schema | KindSchema} schema
 * @param {string} indent
 * @returns {string}
 */
function mapping(fields, schema, indent) {
  let text = "";
  for (const [name, of] of Object.entries(schema.properties || {})) {
    const value = fields[name];
    if (value !== undefined) text += entry(name, value, of, indent);
  }
  return text;
}

/**
 * @param {Value[]} values
 * @param {Schema} schema of one entry
 * @param {string} indent
 * @returns {string}
 */
function sequence(values, schema, indent) {
  const inner = indent + "  ";
  return values
    .map((value) => {
      if (typeof value === "object" && !Array.isArray(value)) return `${indent}- ${mapping(value, schema, inner).slice(inner.length)}`;
      return `${indent}- ${scalar(/** @type {string | boolean} */ (value), schema, inner)}\n`;
    })
    .join("");
}

/**
 * The whole file of a record; its fields come in the order of the schema.
 *
 * @param {Kind} kind
 * @param {object} record
 * @param {KindSchema} schema
 */
export function recordToYaml(kind, record, schema) {
  const fields = /** @type {Fields} */ (record);
  return `# yaml-language-server: $schema=../../../../schemas/${kind}.schema.json\n${mapping(fields, schema, "")}`;
}

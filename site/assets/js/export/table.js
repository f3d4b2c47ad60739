// A list of demands as a table: one row a demand, in the order given.
import { workbook } from "./xlsx.js";

/** @import { Demand } from "../demand/demand.js" */

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {number} width In characters.
 * @property {"text" | "date" | "number" | "address"} kind
 */

/** @typedef {string | number} Cell Empty text for what is not said. */

/** @typedef {(demand: Demand) => string | number | null} Value */

/**
 * Title, width, value, and kind where it is no text. An address is relative to the site.
 *
 * @type {[title: string, width: number, value: Value, kind?: Column["kind"]][]}
 */
const FIELDS = [
  ["代码", 12, (demand) => demand.code],
  ["名称", 36, (demand) => demand.title],
  ["状态", 12, (demand) => demand.status_title],
  ["揭榜截止", 12, (demand) => demand.apply_by, "date"],
  ["发榜企业", 26, (demand) => demand.enterprise.title],
  ["企业性质", 10, (demand) => demand.enterprise.nature],
  ["所在区", 18, (demand) => demand.district_title],
  ["行业门类代码", 8, (demand) => demand.enterprise.section],
  ["行业门类", 18, (demand) => demand.enterprise.section_title],
  ["行业大类代码", 8, (demand) => demand.enterprise.division],
  ["行业大类", 24, (demand) => demand.enterprise.division_title],
  ["领域", 18, (demand) => demand.field],
  ["类别", 18, (demand) => demand.category],
  ["需求类型", 10, (demand) => demand.type],
  ["需求内容", 50, (demand) => demand.summary],
  ["参数要求", 50, (demand) => demand.parameters],
  ["需达到的效果", 40, (demand) => demand.effect],
  ["时间要求", 24, (demand) => demand.schedule],
  ["合作方式", 20, (demand) => demand.cooperation.join("、")],
  ["合作方式说明", 30, (demand) => demand.cooperation_note],
  ["轮次", 16, (demand) => demand.round_title],
  ["发榜日期", 12, (demand) => demand.published_on, "date"],
  ["选定日期", 12, (demand) => demand.selected_on, "date"],
  ["结束日期", 12, (demand) => demand.concluded_on, "date"],
  ["揭榜申请数", 10, (demand) => demand.applications, "number"],
  ["揭榜企业数", 10, (demand) => demand.winners, "number"],
  ["需求编号", 13, (demand) => demand.id],
  ["网页", 44, (demand) => demand.path, "address"],
];

/** @type {Column[]} */
export const COLUMNS = FIELDS.map(([title, width, , kind]) => ({ title, width, kind: kind || "text" }));

/**
 * A spreadsheet takes a text that begins like this for a formula; full-width and small forms, the minus sign and blank space in front
 * as well. The same as `jiebang.site.exports.table`; a test compares both, character by character.
 */
const FORMULA = /^(?:[\s\u001c-\u001f\u0085\u180e\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r])/;

/** @param {string} text */
export function looksLikeFormula(text) {
  return FORMULA.test(text);
}

/**
 * @param {Demand[]} demands
 * @param {string} site The site's address, with the final slash.
 * @returns {Cell[][]}
 */
export function rowsOf(demands, site) {
  return demands.map((demand) =>
    FIELDS.map(([, , valueOf, kind]) => {
      const value = valueOf(demand);
      if (value === null || value === undefined) return "";
      return kind === "address" ? new URL(String(value), site).href : value;
    }),
  );
}

/**
 * @param {Cell} value
 * @returns {string} With an apostrophe in front of what a spreadsheet would compute.
 */
export function csvCell(value) {
  const guarded = typeof value === "string" && looksLikeFormula(value) ? `'${value}` : String(value);
  const text = guarded.replace(/\r\n?/g, "\n");
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * @param {Demand[]} demands
 * @param {string} site
 * @returns {string} The file's text. With the mark in front, spreadsheets read Chinese as what it is.
 */
export function csvText(demands, site) {
  const head = COLUMNS.map((column) => column.title);
  return `\ufeff${[head, ...rowsOf(demands, site)].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/**
 * @param {Demand[]} demands
 * @param {string} site
 */
export async function csv(demands, site) {
  return new Blob([csvText(demands, site)], { type: "text/csv;charset=utf-8" });
}

/**
 * @param {Demand[]} demands
 * @param {string} site
 */
export function xlsx(demands, site) {
  return workbook("需求", COLUMNS, rowsOf(demands, site), looksLikeFormula);
}

// A workbook with one sheet, as few parts as the format allows: texts stay texts, the first row stays in sight and carries filters.
import { zip } from "./zip.js";

/** @import { Cell, Column } from "./table.js" */
/** @typedef {(text: string) => boolean} FormulaTest */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
/** A cell holds no more characters than this. */
const LONGEST = 32767;
const DAY = 86400000;
/** Days are counted from here. */
const FIRST_DAY = Date.UTC(1899, 11, 30);
const STYLE = { text: 0, head: 1, date: 2, quoted: 3 };

/**
 * @param {string} text
 * @returns {string} For XML, without the characters that it does not know.
 */
export function escaped(text) {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")
    // What looks like the format's own escape is text here.
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}

/**
 * @param {number} place From 0 on.
 * @returns {string} The column's name: A, B, …, Z, AA.
 */
export function columnName(place) {
  let made = "";
  for (let rest = place + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) made = String.fromCharCode(65 + ((rest - 1) % 26)) + made;
  return made;
}

/** @param {string} text */
function cut(text) {
  // No character of two units is cut in half.
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/**
 * @param {string} at
 * @param {string} text
 * @param {number} style
 */
function textCell(at, text, style) {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cut(text))}</t></is></c>`;
}

/**
 * @param {string} at `B3`
 * @param {Cell} value
 * @param {Column["kind"]} kind
 * @param {FormulaTest} looksLikeFormula
 */
export function sheetCell(at, value, kind, looksLikeFormula) {
  if (value === "") return "";
  if (kind === "date") return `<c r="${at}" s="${STYLE.date}"><v>${(Date.parse(String(value)) - FIRST_DAY) / DAY}</v></c>`;
  if (kind === "number") return `<c r="${at}"><v>${value}</v></c>`;
  const text = String(value);
  return textCell(at, text, looksLikeFormula(text) ? STYLE.quoted : STYLE.text);
}

/**
 * @param {Column[]} columns
 * @param {Cell[][]} rows
 * @param {FormulaTest} looksLikeFormula
 */
function sheet(columns, rows, looksLikeFormula) {
  const range = `A1:${columnName(columns.length - 1)}${rows.length + 1}`;
  const widths = columns.map(({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`);
  const heads = columns.map(({ title }, place) => textCell(`${columnName(place)}1`, title, STYLE.head));
  const lines = rows.map((row, number) => {
    const cells = row.map((value, place) => sheetCell(`${columnName(place)}${number + 2}`, value, columns[place].kind, looksLikeFormula));
    return `<row r="${number + 2}">${cells.join("")}</row>`;
  });
  return [
    `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="${range}"/>`,
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
    `<cols>${widths.join("")}</cols><sheetData><row r="1">${heads.join("")}</row>`,
    ...lines,
    `</sheetData><autoFilter ref="${range}"/></worksheet>`,
  ];
}

/**
 * @param {number} format
 * @param {number} font
 * @param {string} [more]
 * @param {string} [wrap]
 */
function cellForm(format, font, more = "", wrap = "") {
  const alignment = `<alignment vertical="top"${wrap}/>`;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0"${more} applyAlignment="1">${alignment}</xf>`;
}

/** Plain, head (bold, wrapped), date, and text that must not be taken for a formula when somebody edits it. */
function styles() {
  const forms = [
    cellForm(49, 0, ' applyNumberFormat="1"'),
    cellForm(49, 1, ' applyFont="1"', ' wrapText="1"'),
    cellForm(164, 0, ' applyNumberFormat="1"'),
    cellForm(49, 0, ' quotePrefix="1" applyNumberFormat="1"'),
  ];
  return [
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>`,
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${forms.length}">${forms.join("")}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ];
}

/** @param {[type: string, target: string][]} list */
function relations(list) {
  const made = list.map(([type, target], place) => `<Relationship Id="rId${place + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `${HEAD}<Relationships xmlns="${PACKAGE}relationships">${made.join("")}</Relationships>`;
}

function contentTypes() {
  const parts = [["/xl/workbook.xml", "sheet.main"], ["/xl/worksheets/sheet1.xml", "worksheet"], ["/xl/styles.xml", "styles"]];
  return [
    `${HEAD}<Types xmlns="${PACKAGE}content-types"><Default Extension="xml" ContentType="application/xml"/>`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    ...parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${TYPE}${type}+xml"/>`),
    "</Types>",
  ];
}

/**
 * @param {string} name
 * @param {number} columns
 * @param {number} rows
 */
function book(name, columns, rows) {
  const range = `'${name}'!$A$1:$${columnName(columns - 1)}$${rows + 1}`;
  return [
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets>`,
    `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName></definedNames></workbook>`,
  ];
}

/**
 * @param {string} name The sheet's.
 * @param {Column[]} columns
 * @param {Cell[][]} rows Texts, numbers, and days as `2031-06-30`.
 * @param {FormulaTest} looksLikeFormula
 * @returns {Promise<Blob>}
 */
export function workbook(name, columns, rows, looksLikeFormula) {
  /** @type {[name: string, texts: string[]][]} */
  const files = [
    ["[Content_Types].xml", contentTypes()],
    ["_rels/.rels", [relations([["officeDocument", "xl/workbook.xml"]])]],
    ["xl/workbook.xml", book(name, columns.length, rows.length)],
    ["xl/_rels/workbook.xml.rels", [relations([["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]])]],
    ["xl/styles.xml", styles()],
    ["xl/worksheets/sheet1.xml", sheet(columns, rows, looksLikeFormula)],
  ];
  return zip(files, `${TYPE}sheet`);
}

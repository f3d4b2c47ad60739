// Tables: cells that no spreadsheet computes, workbooks and zip files that other programs read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as nodeCrc, inflateRawSync } from "node:zlib";

import { COLUMNS, csv, csvCell, csvText, looksLikeFormula, rowsOf, xlsx } from "../../site/assets/js/export/table.js";
import { columnName, escaped, sheetCell } from "../../site/assets/js/export/xlsx.js";
import { crc32, zip } from "../../site/assets/js/export/zip.js";
import { FROM_PYTHON } from "./from-python.js";

const SITE = "http://site.invalid/city/";
const { demands } = FROM_PYTHON;

// --- CSV ---

for (const [text, cell] of FROM_PYTHON.cells) {
  test(`a cell as the exports have it: ${JSON.stringify(text)}`, () => assert.equal(csvCell(text), cell));
}

test("numbers are no texts: a negative one is not guarded", () => {
  assert.equal(csvCell(-3), "-3");
  assert.equal(csvCell(0), "0");
});

/** Reads CSV the plain way. @param {string} text */
function parse(text) {
  const cells = text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g);
  /** @type {string[][]} */
  const rows = [[]];
  for (const [, cell, end] of cells) {
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("a file begins with the mark that makes spreadsheets read Chinese", async () => {
  const bytes = new Uint8Array(await (await csv(demands, SITE)).arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
});

test("a row for each demand, as wide as the head, ended the same way", () => {
  const rows = parse(csvText(demands, SITE).slice(1));
  assert.equal(rows.length, demands.length + 1);
  for (const row of rows) assert.equal(row.length, COLUMNS.length);
  assert.ok(csvText(demands, SITE).endsWith("\r\n"));
});

test("a table of nothing is its head", () => {
  assert.deepEqual(parse(csvText([], SITE).slice(1)), [COLUMNS.map((column) => column.title)]);
});

test("whatever stands in a demand, no cell of its row is a formula", () => {
  for (const [hostile] of FROM_PYTHON.cells) {
    const changed = { ...demands[0], title: hostile, summary: hostile, code: hostile, field: hostile, cooperation: [hostile, "x"] };
    for (const cell of parse(csvText([changed], SITE).slice(1))[1]) assert.ok(!looksLikeFormula(cell), JSON.stringify(cell));
  }
});

test("what is not said is an empty cell, nought is nought", () => {
  const changed = { ...demands[0], field: null, selected_on: null, applications: 0, winners: null };
  const [row] = rowsOf([changed], SITE);
  /** @param {string} title */
  const of = (title) => row[COLUMNS.findIndex((column) => column.title === title)];
  assert.deepEqual([of("领域"), of("选定日期"), of("揭榜申请数"), of("揭榜企业数")], ["", "", 0, ""]);
});

test("addresses are whole", () => {
  const [row] = rowsOf(demands, SITE);
  assert.equal(row[row.length - 1], `${SITE}${demands[0].path}`);
});

// --- XLSX ---

test("columns are named as spreadsheets name them", () => {
  assert.deepEqual([0, 25, 26, 51, 52, 701, 702].map(columnName), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});

test("markup and what XML does not know", () => {
  assert.equal(escaped("<a href=\"x\">&amp;"), "&lt;a href=&quot;x&quot;&gt;&amp;amp;");
  assert.equal(escaped("a\u0000\u0008\u000b\ufffeb\tc\nd"), "ab\tc\nd");
  assert.equal(escaped("]]>"), "]]&gt;");
});

test("what looks like the format's own escape stays text", () => {
  assert.equal(escaped("_x000D_ _X000D_ _x00G0_ __x0041_"), "_x005F_x000D_ _X000D_ _x00G0_ __x005F_x0041_");
});

test("days are numbers of days", () => {
  const never = () => false;
  assert.match(sheetCell("B2", "1900-03-01", "date", never), /<v>61<\/v>/);
  assert.match(sheetCell("B2", "2031-06-30", "date", never), /s="2"><v>48029<\/v>/);
});

test("numbers are numbers, texts are texts even if they look like one", () => {
  assert.equal(sheetCell("A2", 0, "number", looksLikeFormula), '<c r="A2"><v>0</v></c>');
  assert.match(sheetCell("A2", "007", "text", looksLikeFormula), /t="inlineStr".*>007</);
  assert.equal(sheetCell("A2", "", "date", looksLikeFormula), "");
});

test("a text that looks like a formula is quoted, not changed", () => {
  assert.match(sheetCell("A2", "=1+1", "text", looksLikeFormula), /s="3" t="inlineStr".*>=1\+1</);
  assert.match(sheetCell("A2", "1+1", "text", looksLikeFormula), /s="0"/);
});

test("a text too long for a cell is cut, no character in half", () => {
  const cell = sheetCell("A2", `${"字".repeat(32765)}🦀字`, "text", () => false);
  const text = cell.replace(/<[^>]*>/g, "");
  assert.equal(text, `${"字".repeat(32765)}…`);
  assert.equal(sheetCell("A2", "字".repeat(32767), "text", () => false).replace(/<[^>]*>/g, "").length, 32767);
});

/** Reads a zip file the plain way: by its directory. @param {Blob} blob */
async function unzip(blob) {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  assert.equal(at + bytes.readUInt32LE(end + 12), end);
  /** @type {Map<string, { method: number, text: string }>} */
  const files = new Map();
  for (let n = 0; n < bytes.readUInt16LE(end + 10); n += 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, crc, packed, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + length);
    const local = bytes.readUInt32LE(at + 42);
    assert.equal(bytes.readUInt32LE(local), 0x04034b50);
    // The head before the file says the same as the directory.
    assert.deepEqual(bytes.subarray(local + 4, local + 30), bytes.subarray(at + 6, at + 32));
    const start = local + 30 + length;
    const content = bytes.subarray(start, start + packed);
    const plain = method === 8 ? inflateRawSync(content) : content;
    assert.equal(plain.length, size);
    assert.equal(nodeCrc(plain), crc);
    files.set(name, { method, text: plain.toString("utf8") });
    at += 46 + length;
  }
  return files;
}

test("a workbook holds every part that its relations name", async () => {
  const book = await xlsx(demands, SITE);
  assert.equal(book.type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const files = await unzip(book);
  for (const [, part] of files.get("[Content_Types].xml")?.text.matchAll(/PartName="\/([^"]+)"/g) ?? []) assert.ok(files.has(part), part);
  for (const [, part] of files.get("xl/_rels/workbook.xml.rels")?.text.matchAll(/Target="([^"]+)"/g) ?? []) assert.ok(files.has(`xl/${part}`), part);
  assert.equal(files.size, 6);
});

test("a sheet has a row for each demand, a head that stays, filters over all of it", async () => {
  const sheet = (await unzip(await xlsx(demands, SITE))).get("xl/worksheets/sheet1.xml")?.text ?? "";
  assert.equal(sheet.match(/<row /g)?.length, demands.length + 1);
  assert.match(sheet, /state="frozen"/);
  assert.match(sheet, new RegExp(`<autoFilter ref="A1:AB${demands.length + 1}"/>`));
  assert.doesNotMatch(sheet, /<f>/);
  for (const demand of demands) assert.ok(sheet.includes(escaped(demand.title)), demand.title);
});

// --- zip ---

test("checksums are those of everybody else", () => {
  assert.equal(crc32(new Uint8Array(0)), 0);
  assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926);
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7919) & 255);
  assert.equal(crc32(bytes), nodeCrc(bytes));
});

test("names and texts in Chinese, empty files and parts that belong together come back", async () => {
  const files = await unzip(await zip([["需求/甲.txt", ["第一", "第二🦀"]], ["空", []], ["b", ["x".repeat(9999)]]], "application/zip"));
  assert.deepEqual([...files].map(([name, file]) => [name, file.text.length]), [["需求/甲.txt", 6], ["空", 0], ["b", 9999]]);
  assert.equal(files.get("需求/甲.txt")?.text, "第一第二🦀");
});

test("where nothing can be deflated, files are stored", async (context) => {
  context.mock.method(globalThis, "CompressionStream", () => {
    throw new TypeError("unknown");
  });
  const files = await unzip(await zip([["a", ["x".repeat(999)]]], "application/zip"));
  assert.deepEqual(files.get("a"), { method: 0, text: "x".repeat(999) });
});

test("where it can be deflated, it is", async () => {
  assert.equal((await unzip(await zip([["a", ["x".repeat(999)]]], "application/zip"))).get("a")?.method, 8);
});

test("a zip of nothing is one all the same", async () => assert.equal((await unzip(await zip([], "application/zip"))).size, 0));

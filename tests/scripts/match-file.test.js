// Files as descriptions: the forms, what is not taken of them, and files that would have the browser do too much.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { zip } from "../../site/assets/js/export/zip.js";
import { descriptionOf } from "../../site/assets/js/match/file.js";
import { descriptionIn } from "../../site/assets/js/match/form.js";
import { rowsOfDocument, rowsOfWorkbook } from "../../site/assets/js/match/office.js";

const MOST = 20000;

/** @param {string} name Of a folder with a form, and the file in it. */
function form(name) {
  return new Uint8Array(readFileSync(new URL(`../fixtures/forms/${name}`, import.meta.url)));
}

/** @param {...(Blob | Uint8Array<ArrayBuffer> | string)} parts */
function read(...parts) {
  return descriptionOf(new Blob(parts), MOST);
}

/** @param {Record<string, string>} files */
async function packed(files) {
  return new Uint8Array(await (await zip(Object.entries(files).map(([name, text]) => [name, [text]]), "application/zip")).arrayBuffer());
}

/** @param {string} body */
function word(body) {
  return packed({ "word/document.xml": `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>` });
}

/** @param {...string} texts */
function paragraphs(...texts) {
  return texts.map((text) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`).join("");
}

// --- The forms ---

test("of Annex 2 the profile alone is taken", async () => {
  assert.equal((await read(form("annex2-doc/converted.docx"))).text, "主要从事示例传感器的研制。\n连续三年盈利。");
});

test("of Annex 3 what describes the enterprise and its plan is taken, as the command reads it", async () => {
  const told = ["主营示例传感器。", "运营良好。", "研发团队 12 人，示例专利 3 项。", "由 6 名工程师组成。", "热导率达到 10 W/(m·K)。", "采用示例路线。"];
  assert.equal((await read(form("annex3-doc/converted.docx"))).text, told.join("\n"));
});

for (const name of ["annex1-doc/converted.docx", "official-annex1-sheet/form.xlsx", "official-annex1-solid-boxes/form.docx"]) {
  test(`of a file without such answers all is taken but who and where: ${name}`, async () => {
    const { text } = await read(form(name));
    assert.match(text, /需求内容\n/);
    assert.match(text, /阻燃/);
    assert.doesNotMatch(text, /集团|示例[甲乙]|张三|李四|示例路|027|[0-9]{11}|@|9[0-9A-Z]{17}|430000/);
  });
}

test("a file of another kind keeps its own headings, and leaves out who can be called", async () => {
  const lines = ["公司简介", "研制气体传感器。", "主要产品", "探测终端；标定台", "联系人：示例甲 电话：027-00000001", "QQ 见 a.b@example.com，10000000001"];
  const { text } = await read(await word(paragraphs(...lines)));
  assert.equal(text, "公司简介\n研制气体传感器。\n探测终端；标定台\nQQ 见 ，");
});

test("labels and answers in one line, and answers beside them, are told apart", () => {
  assert.equal(descriptionIn([["企业名称（盖章）：示例公司"], ["二、企业概况：做阻燃材料"], ["三、拟揭榜事项"], ["某事项"]]), "做阻燃材料");
  assert.equal(descriptionIn([["传 真", "", "电子邮箱", "x", "主营业务", "阻燃材料"]]), "阻燃材料");
  const answer = "（包括主要业务领域、业内地位、技术创新等情况，不超过500字）\n做阻燃材料。\n联系人：示例甲";
  assert.equal(descriptionIn([["企业概况", answer]]), "做阻燃材料。");
  assert.equal(descriptionIn([["联系人", "示例甲", "用途", "电池外壳"]]), "用途\n电池外壳");
});

test("a form left empty, or of which only other answers are filled in, says what it can", () => {
  assert.equal(descriptionIn([["企业概况", ""], ["三、拟揭榜事项"], ["事项名称", "阻燃材料"]]), "阻燃材料");
  assert.equal(descriptionIn([]), "");
});

// --- Word and Excel ---

test("paragraphs and cells come in order; a table in a cell, a text box and moved text are read once", () => {
  const cell = (/** @type {string} */ text) => `<w:tc>${text}</w:tc>`;
  const inner = `<w:tbl><w:tr>${cell(paragraphs("丙"))}${cell(paragraphs("丁"))}</w:tr></w:tbl>`;
  const moved = `<w:moveFrom>${paragraphs("移走")}</w:moveFrom>`;
  const drawn = `<w:p><mc:AlternateContent><mc:Choice>${paragraphs("框")}</mc:Choice><mc:Fallback>${paragraphs("框")}</mc:Fallback></mc:AlternateContent></w:p>`;
  const xml = `<w:body>${paragraphs("甲 &lt;b&gt; &#20057;&#x4e59;&#x110000;")}<w:tbl><w:tr>${cell(paragraphs("一", "二"))}${cell(inner)}</w:tr></w:tbl>${moved}${drawn}</w:body>`;
  assert.deepEqual(rowsOfDocument(xml), [["甲 <b> 乙乙"], ["一\n二", "丙 丁"], ["框"], [""]]);
});

test("marks between runs are what they look like; instructions and deleted text are not read", () => {
  const xml = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:instrText>PAGE</w:instrText><w:delText>x</w:delText></w:r></w:p>";
  assert.deepEqual(rowsOfDocument(xml), [["a b\nc"]]);
});

test("cells of a sheet: shared with parts, written in place, numbers; formulas and readings are not read", () => {
  const shared = '<sst><si><r><t>企业</t></r><r><t xml:space="preserve">概况</t></r><rPh><t>qi</t></rPh></si></sst>';
  const sheet = '<x:row><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>做材料</x:t></x:is></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c></x:row>';
  assert.deepEqual(rowsOfWorkbook(shared, [sheet]), [["企业概况", "做材料", "2", ""]]);
});

test("what is longer than the field is cut, and told", async () => {
  const { text, told } = await read(await word(paragraphs("阻".repeat(MOST + 1))));
  assert.equal(text.length, MOST);
  assert.match(told, /只取了前 20000 字/);
});

const PLAIN = "我们做阻燃材料。\r\n联系人：示例";
const IN_GBK = Uint8Array.from([0xd7, 0xe8, 0xc8, 0xbc, 0xb2, 0xc4, 0xc1, 0xcf]);
/** @type {[name: string, content: string | Uint8Array<ArrayBuffer>, text: string][]} */
const TEXTS = [
  ["介绍.txt", PLAIN, "我们做阻燃材料。"],
  ["介绍.MD", `\ufeff${PLAIN}`, "我们做阻燃材料。"],
  ["介绍.txt", IN_GBK, "阻燃材料"],
  ["介绍.txt", Uint8Array.from([0xff, 0xfe, 0x3b, 0x96, 0xc3, 0x71]), "阻燃"],
  ["介绍.txt", Uint8Array.from([0xfe, 0xff, 0x96, 0x3b, 0x71, 0xc3]), "阻燃"],
  ["介绍.txt", Uint8Array.from([0xff, 0xfe, 0, 0, 0x3b, 0x96, 0, 0]), ""],
  ["介绍.txt", Uint8Array.from([0xff, 0xfe, 0x3b]), ""],
  ["介绍.txt", "阻燃\0材料", ""],
  ["介绍.txt", "", ""],
  ["介绍.pdf", PLAIN, ""],
];
for (const [name, content, text] of TEXTS) {
  test(`a file of plain text is read: ${name}, ${content.length}`, async () => {
    const answer = await descriptionOf(new File([content], name), MOST);
    assert.equal(answer.text, text);
    assert.match(answer.told, text ? /放进上面的框里/ : /粘贴/);
  });
}

// --- Files that cannot be read ---

/** @type {[name: string, parts: () => Promise<(Blob | Uint8Array<ArrayBuffer> | string)[]>, told: RegExp][]} */
const REFUSED = [
  ["an old format", async () => [form("annex2-doc/form.doc")], /旧格式.*另存为.*\.docx/],
  ["no zip file", async () => ["%PDF-1.7"], /不是 \.docx 或 \.xlsx/],
  ["nothing", async () => [], /不是 \.docx/],
  ["another zip file", async () => [await packed({ "a.txt": "a" })], /没有 Word 文档或 Excel 表格/],
  ["one that ends early", async () => [form("annex2-doc/converted.docx").subarray(0, 5000)], /不完整或已损坏/],
  ["one whose beginning is lost", async () => ["PK\x03\x04", form("annex2-doc/converted.docx").subarray(3000)], /不完整或已损坏/],
  ["more than 10 MB", async () => [new Uint8Array(10 * 1024 * 1024 + 1)], /超过 10 MB/],
  ["one without words", async () => [await word("<w:p/>")], /没有读到文字/],
  ["much in little", async () => [await word(" ".repeat(17 * 1024 * 1024))], /内容太多/],
  [
    "one text in many cells",
    async () => [
      await packed({
        "xl/sharedStrings.xml": `<si><t>${"长".repeat(50000)}</t></si>`,
        "xl/worksheets/sheet1.xml": `<row>${'<c t="s"><v>0</v></c>'.repeat(500)}</row>`,
      }),
    ],
    /文字太多/,
  ],
  ["tables in tables", async () => [await word(`${"<w:tr><w:tc>".repeat(3000)}${paragraphs("长".repeat(999))}${"</w:tc></w:tr>".repeat(3000)}`)], /文字太多/],
];
for (const [name, parts, told] of REFUSED) {
  test(`refused, with what to do: ${name}`, async () => {
    const answer = await read(...(await parts()));
    assert.equal(answer.text, "");
    assert.match(answer.told, told);
    assert.match(answer.told, /再选|粘贴/);
  });
}

/** @param {(view: DataView, directory: number) => void} change */
async function changed(change) {
  const bytes = await word(paragraphs("阻燃材料"));
  const view = new DataView(bytes.buffer);
  change(view, view.getUint32(bytes.length - 22 + 16, true));
  return read(bytes);
}

test("places outside of the file, sizes that are not true and methods nobody has are a broken file", async () => {
  assert.equal((await changed(() => {})).text, "阻燃材料");
  for (const at of [20, 42]) {
    assert.match((await changed((view, directory) => view.setUint32(directory + at, 0xfffffff0, true))).told, /损坏/);
  }
  assert.match((await changed((view, directory) => view.setUint32(directory + 20, 5, true))).told, /损坏/);
  assert.match((await changed((view, directory) => view.setUint16(directory + 10, 99, true))).told, /损坏/);
  assert.match((await changed((view) => view.setUint32(view.byteLength - 6, 0xfffffff0, true))).told, /损坏/);
});

test("a password and a crowd of parts are told", async () => {
  assert.match((await changed((view, directory) => view.setUint16(directory + 8, 1, true))).told, /密码/);
  assert.match((await changed((view) => view.setUint16(view.byteLength - 12, 60000, true))).told, /太多/);
});

test("a browser that cannot unpack says so", async (context) => {
  context.mock.property(globalThis, "DecompressionStream", undefined);
  const { text, told } = await read(form("annex2-doc/converted.docx"));
  assert.equal(text, "");
  assert.match(told, /浏览器版本较旧.*粘贴/);
});

test("hostile markup is read in one pass", { timeout: 10000 }, () => {
  for (const piece of ["<", "<w:t", "<!--", "&", "<w:p>", "</w:tc>", "<w:t a='", " "]) {
    rowsOfDocument(`<w:p><w:t>${piece.repeat(100000)}`);
    rowsOfWorkbook("", [piece.repeat(100000)]);
  }
  for (const text of [" ", "：", "一、", "a.", "企业概况", "1\n"]) descriptionIn([[text.repeat(150000)]]);
});

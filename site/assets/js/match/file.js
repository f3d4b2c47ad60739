// A file that a visitor chose, as a description to compare. It is read here and goes nowhere; fetched only when a file comes.
import { FileError } from "./file-error.js";
import { descriptionIn } from "./form.js";
import { rowsOfDocument, rowsOfWorkbook } from "./office.js";
import { partsOf } from "./zip.js";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_SHEETS = 30;
const DOCUMENT = /^word\/document[0-9]*\.xml$/;
const SHEET = /^xl\/worksheets\/sheet([0-9]+)\.xml$/;
const SHARED = "xl/sharedStrings.xml";
const ZIP = 0x504b0304;
const OLD_OFFICE = 0xd0cf11e0;
const PASTE = "或打开文件，把企业的介绍复制后粘贴进来。";

/** @param {ArrayBuffer} bytes */
function checkBeginning(bytes) {
  const first = bytes.byteLength < 4 ? 0 : new DataView(bytes).getUint32(0);
  if (first === ZIP) return;
  if (first === OLD_OFFICE) throw new FileError(`这是旧格式（.doc、.xls、.wps、.et）或加了密码的文件，请另存为不加密码的 .docx 或 .xlsx 再选，${PASTE}`);
  throw new FileError(`这不是 .docx 或 .xlsx 文件，请选这两种文件，${PASTE}`);
}

/** @param {ArrayBuffer} bytes */
async function rowsIn(bytes) {
  const parts = await partsOf(bytes, /^(?:word\/document[0-9]*|xl\/sharedStrings|xl\/worksheets\/sheet[0-9]+)\.xml$/);
  const names = Array.from(parts.keys());
  const document = names.find((name) => DOCUMENT.test(name));
  if (document) return rowsOfDocument(parts.get(document) || "");
  /** @param {string} name */
  const numberOf = (name) => Number((SHEET.exec(name) || [])[1]);
  const sheets = names.filter((name) => SHEET.test(name)).sort((one, other) => numberOf(one) - numberOf(other));
  if (!sheets.length) throw new FileError(`这个文件里没有 Word 文档或 Excel 表格，请选 .docx 或 .xlsx 文件，${PASTE}`);
  return rowsOfWorkbook(
    parts.get(SHARED) || "",
    sheets.slice(0, MOST_SHEETS).map((name) => parts.get(name) || ""),
  );
}

/** @param {ArrayBuffer} bytes */
function codingsOf(bytes) {
  // The mark of UTF-16, which Windows calls “Unicode”.
  const mark = bytes.byteLength < 2 ? 0 : new DataView(bytes).getUint16(0);
  if (mark === 0xfffe) return ["utf-16le"];
  return mark === 0xfeff ? ["utf-16be"] : ["utf-8", "gb18030"];
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {string} In UTF-8, or else as older editors in China save it; `jiebang match` reads the same ones.
 */
function plainText(bytes) {
  for (const coding of codingsOf(bytes)) {
    try {
      const text = new TextDecoder(coding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch {
      // The next one.
    }
  }
  throw new FileError("这个文件不是纯文字，或用了别的编码，请打开它，把企业的介绍复制后粘贴进来。");
}

/**
 * @param {Blob} file
 * @param {number} most Characters.
 */
async function textOf(file, most) {
  if (file.size > MOST_BYTES) throw new FileError(`文件超过 10 MB，请去掉图片另存一份再选，${PASTE}`);
  const bytes = await file.arrayBuffer().catch(() => {
    throw new FileError(`浏览器打不开这个文件，请再选一次，${PASTE}`);
  });
  const isPlain = file instanceof File && /\.(?:txt|md)$/i.test(file.name);
  if (!isPlain) checkBeginning(bytes);
  const whole = descriptionIn(isPlain ? [[plainText(bytes)]] : await rowsIn(bytes));
  if (!whole.trim()) throw new FileError("文件里没有读到文字（图片和扫描件里的文字读不出来），请把企业的介绍写在这里或粘贴进来。");
  const told = whole.length > most ? `文字较多，只取了前 ${most} 字` : "已把其中的介绍放进上面的框里";
  return { text: whole.slice(0, most), told: `${told}，可以改了再找。` };
}

/**
 * @param {Blob} file
 * @param {number} most Characters.
 * @returns {Promise<{ text: string, told: string }>} What to compare, empty where there is nothing; and how it went, for the visitor.
 */
export async function descriptionOf(file, most) {
  try {
    return await textOf(file, most);
  } catch (failed) {
    if (failed instanceof FileError) return { text: "", told: failed.message };
    throw failed;
  }
}

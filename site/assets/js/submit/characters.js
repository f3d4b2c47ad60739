// Texts as characters: how long they are, how they read in one width, and which of their characters nobody can see.

// The same characters that the reader of records refuses; a test holds the two together.
const INVISIBLE = new RegExp(
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160\\u180e" +
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ud800-\\uf8ff\\ufeff\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff\\u{110bd}\\u{110cd}" +
    "\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}\\u{f0000}-\\u{10ffff}]",
  "u",
);
const EVERY_INVISIBLE = new RegExp(INVISIBLE.source, "gu");

/**
 * The text with full-width characters in their usual width (Unicode NFKC).
 *
 * @param {string} text
 */
export function normaliseWidth(text) {
  return text.normalize("NFKC");
}

/**
 * Characters as people count them: one outside the basic plane is one, not two.
 *
 * @param {string} text
 */
export function countCharacters(text) {
  return Array.from(text).length;
}

/**
 * 字数: white space is not counted.
 *
 * @param {string | undefined} text
 */
export function countWritten(text) {
  return countCharacters((text || "").replace(/\s/g, ""));
}

/**
 * The first character that cannot be seen, or null.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function firstInvisible(text) {
  const found = INVISIBLE.exec(text);
  return found ? found[0] : null;
}

/**
 * @param {string} text
 */
export function removeInvisible(text) {
  return text.replace(EVERY_INVISIBLE, "");
}

/**
 * What kinds of such characters are called, by ranges of code points; the first that fits.
 *
 * @type {{ name: string, ranges: [first: number, last: number][] }[]}
 */
const INVISIBLE_NAMES = [
  { name: "双向文字控制符", ranges: [[0x202a, 0x202e], [0x2066, 0x2069], [0x200e, 0x200f], [0x061c, 0x061c]] },
  { name: "字节顺序标记（BOM）", ranges: [[0xfeff, 0xfeff]] },
  { name: "零宽字符", ranges: [[0x200b, 0x200d], [0x2060, 0x2060]] },
  { name: "私用区字符，多半来自 Word 的特殊符号", ranges: [[0xe000, 0xf8ff], [0xf0000, 0x10ffff]] },
  { name: "控制字符", ranges: [[0x00, 0x1f], [0x7f, 0x9f]] },
];

/**
 * Code point and Chinese name of a character that cannot be seen.
 *
 * @param {string} character
 */
export function describeInvisible(character) {
  const code = character.codePointAt(0) || 0;
  const kind = INVISIBLE_NAMES.find(({ ranges }) => ranges.some(([first, last]) => code >= first && code <= last));
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}（${kind ? kind.name : "看不见的字符"}）`;
}

/**
 * Whether two texts are the same but for one character that is inserted, left out or another.
 *
 * @param {string} one
 * @param {string} other
 */
export function isWithinOneEdit(one, other) {
  const a = Array.from(one);
  const b = Array.from(other);
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}

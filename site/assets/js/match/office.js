// What Word and Excel files say, row by row. A scanner of our own: nothing in a file is expanded, fetched or made an element.

import { FileError } from "./file-error.js";

/** Cells from left to right; a paragraph outside of tables is a row of one cell. @typedef {string[]} Row */

/**
 * @typedef {object} Listener
 * @property {(name: string, attributes: string) => void} open Names without prefix.
 * @property {(name: string) => void} close
 * @property {(text: string) => void} text
 */

/** @type {Record<string, string>} */
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** What stands there a second time: a drawing for old programs, where moved text was, how characters are read aloud. */
const TWICE = new Set(["Fallback", "moveFrom", "rPh"]);
/** @type {Record<string, string>} */
const BLANKS = { tab: " ", br: "\n", cr: "\n", noBreakHyphen: "-" };
const LAST_CHARACTER = 0x10ffff;
/** Of all cells: one text may stand in a million cells, and a table in a table in a table. */
const MOST_CHARACTERS = 1000000;

/** @returns {(text: string) => string} Gives the text back as long as all texts together are not too long. */
function gauge() {
  let said = 0;
  return (text) => {
    said += text.length;
    if (said > MOST_CHARACTERS) throw new FileError("文件里的文字太多，请只留下企业的介绍再选，或把文字粘贴进来。");
    return text;
  };
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/gi, (_, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()];
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > LAST_CHARACTER ? "" : String.fromCodePoint(code);
  });
}

/**
 * @param {string} xml
 * @yields {[tag: string, text: string]} Each tag without its brackets, and the text behind it.
 */
function* tagsIn(xml) {
  let next = xml.indexOf("<");
  while (next >= 0) {
    const start = next + 1;
    next = xml.indexOf("<", start);
    const piece = xml.slice(start, next < 0 ? xml.length : next);
    const end = piece.indexOf(">");
    if (end >= 0) yield /** @type {[string, string]} */ ([piece.slice(0, end), piece.slice(end + 1)]);
  }
}

/**
 * @param {string} xml
 * @param {Listener} on
 */
function walk(xml, on) {
  let skipped = 0;
  for (const [tag, text] of tagsIn(xml)) {
    const isClosing = tag.startsWith("/");
    const isEmpty = tag.endsWith("/");
    const name = (/[^\s/:]+(?=[\s/]|$)/.exec(tag.slice(0, 200)) || [""])[0];
    if (TWICE.has(name) && !isEmpty) skipped += isClosing ? -1 : 1;
    if (skipped > 0) continue;
    if (!isClosing) on.open(name, tag);
    if (isClosing || isEmpty) on.close(name);
    if (text) on.text(unescaped(text));
  }
}

/**
 * @param {string} xml `word/document.xml`.
 * @returns {Row[]}
 */
export function rowsOfDocument(xml) {
  /** @type {Row[]} */
  const rows = [];
  // A table may stand in a cell, and a paragraph (of a text box) in a paragraph.
  /** @type {Row[]} */
  const openRows = [];
  /** @type {string[][]} */
  const cells = [];
  /** @type {string[]} */
  const paragraphs = [];
  let isText = false;
  const counted = gauge();
  /** @param {Row} row */
  const add = (row) => {
    const text = counted(row.join(" "));
    if (cells.length) cells[cells.length - 1].push(text);
    else rows.push(row);
  };
  /** @param {string} text */
  const say = (text) => {
    if (paragraphs.length) paragraphs[paragraphs.length - 1] += text;
  };
  walk(xml, {
    open(name) {
      if (name === "p") paragraphs.push("");
      else if (name === "tr") openRows.push([]);
      else if (name === "tc") cells.push([]);
      else if (name === "t") isText = true;
      else say(BLANKS[name] || "");
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "p" && paragraphs.length) add([String(paragraphs.pop()).trim()]);
      else if (name === "tc" && cells.length && openRows.length) openRows[openRows.length - 1].push((cells.pop() || []).join("\n").trim());
      else if (name === "tr" && openRows.length) add(openRows.pop() || []);
    },
    text(text) {
      if (isText) say(text);
    },
  });
  return rows;
}

/**
 * @param {string} xml
 * @param {string} item Elements that hold texts.
 * @param {(text: string, tag: string) => void} found
 * @param {(name: string) => void} [close]
 */
function textsIn(xml, item, found, close) {
  let held = "";
  let kind = "";
  let isText = false;
  walk(xml, {
    open(name, tag) {
      if (name === item) [held, kind] = ["", tag];
      isText = name === "t" || name === "v";
    },
    close(name) {
      isText = false;
      if (name === item) found(held, kind);
      else if (close) close(name);
    },
    text(text) {
      if (isText) held += text;
    },
  });
}

/**
 * @param {string} shared `xl/sharedStrings.xml`; empty where there is none.
 * @param {string[]} sheets
 * @returns {Row[]}
 */
export function rowsOfWorkbook(shared, sheets) {
  /** @type {string[]} */
  const strings = [];
  textsIn(shared, "si", (text) => strings.push(text));
  /** @type {Row[]} */
  const rows = [];
  const counted = gauge();
  sheets.forEach((sheet) => {
    /** @type {Row} */
    let row = [];
    textsIn(
      sheet,
      "c",
      (text, tag) => row.push(counted(/\st=["']s["']/.test(tag) ? strings[Number(text)] || "" : text).trim()),
      (name) => {
        if (name !== "row") return;
        rows.push(row);
        row = [];
      },
    );
  });
  return rows;
}

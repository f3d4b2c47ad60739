// Reads chosen parts of a zip file (APPNOTE 4.3), with bounds on all that a file may make the browser do.
import { FileError } from "./file-error.js";

/** @typedef {{ name: string, flags: number, method: number, packed: number, at: number }} Entry Where it begins and how long it is, in bytes. */

const MOST_ENTRIES = 2000;
/** All parts that are read, unpacked, in bytes. */
export const MOST_UNPACKED = 16 * 1024 * 1024;
const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65535;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

function broken() {
  return new FileError("文件不完整或已损坏，请用 Word、Excel 或 WPS 打开，另存一份再选。");
}

function tooLarge() {
  return new FileError("文件里的内容太多，请只留下企业的介绍再选，或把文字粘贴进来。");
}

/** @param {DataView} view */
function endOf(view) {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw broken();
}

/**
 * @param {DataView} view
 * @returns {Entry[]} As the directory at the end of the file lists them.
 */
function entriesIn(view) {
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw tooLarge();
  const decoder = new TextDecoder();
  /** @type {Entry[]} */
  const entries = [];
  let at = view.getUint32(end + 16, true);
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw broken();
    const length = view.getUint16(at + 28, true);
    entries.push({
      name: decoder.decode(new Uint8Array(view.buffer, at + ENTRY_SIZE, length)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at += ENTRY_SIZE + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * @param {DataView<ArrayBuffer>} view
 * @param {Entry} entry
 */
function packedBytes(view, { flags, packed, at }) {
  if (flags & ENCRYPTED) throw new FileError("文件加了密码，请去掉密码另存一份再选，或把文字粘贴进来。");
  if (view.getUint32(at, true) !== LOCAL) throw broken();
  const start = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return new Uint8Array(view.buffer, start, packed);
}

function inflater() {
  try {
    // eslint-disable-next-line site/not-in-oldest-browsers -- an older browser is told of in words, and the text can be pasted
    return new DecompressionStream("deflate-raw");
  } catch {
    throw new FileError("这个浏览器版本较旧，读不了文件，请打开文件，把企业的介绍复制后粘贴进来。");
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} room
 * @returns {Promise<Uint8Array>} What is told of its size is not believed: unpacking stops where the room ends.
 */
async function inflated(bytes, room) {
  const stream = inflater();
  // eslint-disable-next-line site/not-in-oldest-browsers -- what can inflate has streams
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > room) {
      await reader.cancel();
      throw tooLarge();
    }
    pieces.push(value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/**
 * @param {DataView<ArrayBuffer>} view
 * @param {Entry} entry
 * @param {number} room
 */
async function unpacked(view, entry, room) {
  const bytes = packedBytes(view, entry);
  if (entry.method === DEFLATED) return inflated(bytes, room);
  if (entry.method !== STORED) throw broken();
  if (bytes.length > room) throw tooLarge();
  return bytes;
}

/**
 * @param {ArrayBuffer} file
 * @param {RegExp} wanted Of names.
 * @returns {Promise<Map<string, string>>} By name the texts of the parts that are wanted. Rejects with a FileError.
 */
export async function partsOf(file, wanted) {
  const view = new DataView(file);
  /** @type {Map<string, string>} */
  const texts = new Map();
  let room = MOST_UNPACKED;
  try {
    for (const entry of entriesIn(view)) {
      if (!wanted.test(entry.name) || texts.has(entry.name)) continue;
      const bytes = await unpacked(view, entry, room);
      room -= bytes.length;
      texts.set(entry.name, new TextDecoder().decode(bytes));
    }
  } catch (failed) {
    // A place outside of the file, or bytes that are not deflated.
    throw failed instanceof FileError ? failed : broken();
  }
  return texts;
}

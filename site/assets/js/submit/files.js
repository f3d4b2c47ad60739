// The files: random ids, one YAML file per record, and all of them in one archive. Made here, sent nowhere.

import { recordToYaml } from "./yaml.js";

/** @import { Model, PlacedRecord, RecordFile, Submission } from "./types.js" */

// Crockford's base32, as in `jiebang new id`: 32 letters, so five bits of a random byte choose one without preference.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FOLDERS = { enterprise: "enterprises", demand: "demands", application: "applications" };

/**
 * @param {string} letter of the kind of record
 */
export function newId(letter) {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${letter}-${Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("")}`;
}

/** @param {PlacedRecord} placed */
function about(placed) {
  if (placed.kind === "enterprise") return "企业";
  if (placed.kind === "demand") return `需求：${placed.record.title}`;
  return `揭榜申请：${placed.record.item && placed.record.item.name}`;
}

/**
 * The files of a submission whose round and district are chosen, the enterprise first.
 *
 * @param {Model} model
 * @param {Submission} submission
 * @returns {RecordFile[]}
 */
export function recordFiles(model, submission) {
  const { round, district, enterprise, entries } = submission;
  if (!round || !district) throw new Error("Files need a round and a district to stand in.");
  return [...(enterprise ? [enterprise] : []), ...entries].map((placed) => {
    const name = `${(placed.record.id || "").toLowerCase()}.yml`;
    return {
      path: `${round.id}/${district.slug}/${FOLDERS[placed.kind]}/${name}`,
      name,
      kind: placed.kind,
      about: about(placed),
      text: recordToYaml(placed.kind, placed.record, model.kinds[placed.kind]),
    };
  });
}

/** Table of CRC-32 (ISO 3309), as archives check their entries with it. */
const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = CRC_TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

/**
 * Numbers one after the other, little-endian.
 *
 * @param {[value: number, bytes: number][]} numbers
 */
function littleEndian(numbers) {
  /** @type {number[]} */
  const out = [];
  for (const [value, bytes] of numbers) {
    for (let place = 0; place < bytes; place += 1) out.push(Math.floor(value / 256 ** place) % 256);
  }
  return new Uint8Array(out);
}

/**
 * A plain ZIP archive, nothing compressed; every entry bears the first day an archive can name.
 *
 * @param {{ path: string, text: string }[]} files
 */
export function zipArchive(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  let size = 0;
  for (const file of files) {
    const name = encoder.encode(file.path);
    const data = encoder.encode(file.text);
    /** @type {[number, number][]} */
    const common = [
      [20, 2],
      [0x0800, 2],
      [0, 2],
      [0, 2],
      [33, 2],
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    ];
    const head = littleEndian([[0x04034b50, 4], ...common]);
    parts.push(head, name, data);
    const entry = littleEndian([[0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]);
    directory.push(entry, name);
    offset += head.length + name.length + data.length;
    size += entry.length + name.length;
  }
  const count = files.length;
  const end = littleEndian([[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

// Puts texts into a zip file, deflated where the browser can do that and stored as they are where it cannot.

/**
 * @typedef {object} Entry
 * @property {Uint8Array} name
 * @property {number} crc
 * @property {number} size
 * @property {Uint8Array} content As it stands in the file.
 * @property {number} method
 */

/** @typedef {[bytes: 2 | 4, value: number]} Field A number and how many bytes it takes. */

/** 1980-01-01, the format's first day: a file's time would say nothing. */
const DAY = 33;
const STORED = 0;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x800;
const VERSION = 20;

const CRC_OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = CRC_OF_BYTE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ -1) >>> 0;
}

/** @param {Blob | ReadableStream} body */
async function bytesOf(body) {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

function deflater() {
  try {
    // eslint-disable-next-line site/not-in-oldest-browsers -- an older browser: the file is larger then, and just as good
    return new CompressionStream("deflate-raw");
  } catch {
    return null;
  }
}

/**
 * @param {Blob} blob
 * @returns {Promise<Uint8Array | null>} Null where the browser cannot.
 */
async function deflated(blob) {
  const stream = deflater();
  // eslint-disable-next-line site/not-in-oldest-browsers -- what can deflate has streams
  return stream ? bytesOf(blob.stream().pipeThrough(stream)) : null;
}

/** @param {Field[]} fields */
function packed(fields) {
  const size = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  fields.forEach(([bytes, value]) => {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  });
  return view.buffer;
}

/**
 * What stands before a file and again in the directory.
 *
 * @param {Entry} entry
 * @returns {Field[]}
 */
function headOf(entry) {
  return [
    [2, VERSION], [2, FLAGS], [2, entry.method], [2, 0], [2, DAY], [4, entry.crc], [4, entry.content.length], [4, entry.size],
    [2, entry.name.length], [2, 0],
  ];
}

/**
 * @param {[name: string, texts: string[]]} file
 * @returns {Promise<Entry>}
 */
async function entryOf([name, texts]) {
  const blob = new Blob(texts);
  const [plain, small] = await Promise.all([bytesOf(blob), deflated(blob)]);
  return {
    name: new TextEncoder().encode(name),
    crc: crc32(plain),
    size: plain.length,
    content: small || plain,
    method: small ? DEFLATED : STORED,
  };
}

/**
 * @param {Entry[]} entries
 * @param {string} type
 */
function assemble(entries, type) {
  /** @type {BlobPart[]} */
  const files = [];
  /** @type {(ArrayBuffer | Uint8Array<ArrayBuffer>)[]} */
  const directory = [];
  let at = 0;
  entries.forEach((entry) => {
    const name = Uint8Array.from(entry.name);
    const content = Uint8Array.from(entry.content);
    const head = packed([[4, 0x04034b50], ...headOf(entry)]);
    files.push(head, name, content);
    directory.push(
      packed([[4, 0x02014b50], [2, VERSION], ...headOf(entry), [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]),
      name,
    );
    at += head.byteLength + name.length + content.length;
  });
  const size = directory.reduce((sum, one) => sum + one.byteLength, 0);
  const end = packed([
    [4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, size], [4, at], [2, 0],
  ]);
  return new Blob([...files, ...directory, end], { type });
}

/**
 * @param {[name: string, texts: string[]][]} files
 * @param {string} type The media type.
 */
export async function zip(files, type) {
  return assemble(await Promise.all(files.map(entryOf)), type);
}

/**
 * The same without waiting: texts as they are, none deflated.
 *
 * @param {[name: string, text: string][]} files
 * @param {string} type The media type.
 */
export function zipStored(files, type) {
  const encoder = new TextEncoder();
  const entries = files.map(([name, text]) => {
    const content = encoder.encode(text);
    return { name: encoder.encode(name), crc: crc32(content), size: content.length, content, method: STORED };
  });
  return assemble(entries, type);
}

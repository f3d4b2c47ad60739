// The files of the search index, read from their bytes; how they are laid out is told in `jiebang.site.search`.

/**
 * A section of a file of lists: names of one kind, and for each how many bytes its list takes from `at` on.
 *
 * @typedef {{ kind: number, text: string, sizes: Uint32Array, bytes: Uint8Array, at: number }} Section
 */

/** @typedef {{ numbers: Uint32Array, lines: string[] }} Lines A file of numbers and lines. */

/**
 * Places in increasing order, and at each whether a word begins (1) and ends (2) with the piece.
 *
 * @typedef {{ places: number[], edges: number[] }} Places
 */

/** Added to the kind of lists that are of demands, not of places. */
export const OF_DEMANDS = 16;
/** Every file begins with a mark of so many bytes. */
const FRONT = 4;

export class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} [position]
   */
  constructor(bytes, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  get isAtEnd() {
    return this.position >= this.bytes.length;
  }

  byte() {
    this.position += 1;
    return this.bytes[this.position - 1];
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  number() {
    let value = 0;
    let shift = 1;
    let byte;
    do {
      byte = this.byte();
      value += (byte & 127) * shift;
      shift *= 128;
    } while (byte & 128);
    return value;
  }

  /** @param {number} count */
  numbers(count) {
    const numbers = new Uint32Array(count);
    for (let n = 0; n < count; n += 1) numbers[n] = this.number();
    return numbers;
  }

  /** @param {number} length In bytes. */
  text(length) {
    this.position += length;
    return new TextDecoder().decode(this.bytes.subarray(this.position - length, this.position));
  }
}

/**
 * Names are looked for when they are asked for: most of a file never is.
 *
 * @param {Uint8Array} bytes
 * @returns {Section[]}
 */
export function readTable(bytes) {
  const reader = new Reader(bytes, FRONT);
  /** @type {Section[]} */
  const sections = [];
  while (!reader.isAtEnd) {
    const kind = reader.byte();
    const count = reader.number();
    const text = reader.text(reader.number());
    const sizes = reader.numbers(count);
    sections.push({ kind, text, sizes, bytes, at: reader.position });
    reader.position += sizes.reduce((sum, size) => sum + size, 0);
  }
  return sections;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Lines}
 */
export function readLines(bytes) {
  const reader = new Reader(bytes, FRONT);
  const numbers = reader.numbers(reader.number());
  const text = reader.text(bytes.length - reader.position);
  return { numbers, lines: text ? text.split("\n") : [] };
}

/**
 * @param {string} name
 * @param {Section} section
 * @returns {number} Which of the section's names it is; -1 where it is none.
 */
function numberOf(name, { kind, text, sizes }) {
  const length = kind % OF_DEMANDS;
  if (!length) return text.split("\n").indexOf(name);
  // Where a name takes more units than it has characters, its place in the text does not tell its number.
  if (text.length !== length * sizes.length) {
    const letters = Array.from(text);
    return sizes.findIndex((_, number) => letters.slice(number * length, (number + 1) * length).join("") === name);
  }
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) if (at % length === 0) return at / length;
  return -1;
}

/**
 * @param {Section[]} sections
 * @param {number} kind The length of names; of pieces there are lists of places and, OF_DEMANDS more, lists of demands. 0 for lines.
 * @param {string} name
 * @returns {Uint8Array | null} The bytes of its list; null where there is none.
 */
export function listOf(sections, kind, name) {
  for (const section of sections) {
    const number = section.kind === kind ? numberOf(name, section) : -1;
    if (number < 0) continue;
    const at = section.sizes.subarray(0, number).reduce((sum, size) => sum + size, section.at);
    return section.bytes.subarray(at, at + section.sizes[number]);
  }
  return null;
}

/**
 * @param {Uint32Array} steps How many steps each text takes.
 * @param {number} scale
 * @returns {Uint32Array} Where each text begins; one more for the end.
 */
export function sums(steps, scale) {
  const starts = new Uint32Array(steps.length + 1);
  steps.forEach((step, at) => {
    starts[at + 1] = starts[at] + step * scale;
  });
  return starts;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} block Places to which the beginnings of texts are rounded.
 * @returns {{ starts: Uint32Array, common: Set<string> }} Where texts begin, and the pieces too common to list all their places.
 */
export function readStart(bytes, block) {
  const file = readLines(bytes);
  let before = "";
  // A line tells how many characters a piece shares with the one before, in base 16, and the rest.
  const common = file.lines.map((line) => {
    before = Array.from(before).slice(0, parseInt(line[0], 16)).join("") + line.slice(1);
    return before;
  });
  return { starts: sums(file.numbers, block), common: new Set(common) };
}

/**
 * @param {Uint8Array} bytes A step to each demand, four times, and how well it was met.
 * @param {Uint8Array} met
 */
function readSparse(bytes, met) {
  const reader = new Reader(bytes, 1);
  for (let demand = -1; !reader.isAtEnd; ) {
    const value = reader.number();
    demand += 1 + Math.floor(value / 4);
    met[demand] = 1 + (value % 4);
  }
}

/**
 * @param {Uint8Array} bytes A bit for each demand, then two for each that has the piece.
 * @param {Uint8Array} met
 */
function readDense(bytes, met) {
  const next = 1 + Math.ceil(met.length / 8);
  let place = 0;
  for (let demand = 0; demand < met.length; demand += 1) {
    if (!(bytes[1 + (demand >> 3)] & (1 << (demand & 7)))) continue;
    met[demand] = 1 + ((bytes[next + (place >> 2)] >> ((place & 3) * 2)) & 3);
    place += 1;
  }
}

/**
 * @param {Uint8Array | null} bytes
 * @param {number} count
 * @returns {Uint8Array} For each demand 0 where it is not listed, else 1 + how well it was met: 3 title and whole word, 2 title,
 *   1 whole word, 0 neither.
 */
export function readDemands(bytes, count) {
  const met = new Uint8Array(count);
  if (bytes) (bytes[0] === 0 ? readSparse : readDense)(bytes, met);
  return met;
}

/**
 * @param {Uint8Array | null} bytes
 * @returns {Places}
 */
export function readPlaces(bytes) {
  /** @type {Places} */
  const read = { places: [], edges: [] };
  const reader = new Reader(bytes || new Uint8Array(0));
  for (let place = -1; !reader.isAtEnd; ) {
    const value = reader.number();
    place += 1 + Math.floor(value / 4);
    read.places.push(place);
    read.edges.push(value % 4);
  }
  return read;
}

/**
 * @param {Uint8Array | null} bytes Steps from one number to the next.
 * @returns {number[]}
 */
export function readNumbers(bytes) {
  /** @type {number[]} */
  const numbers = [];
  const reader = new Reader(bytes || new Uint8Array(0));
  for (let number = -1; !reader.isAtEnd; ) {
    number += 1 + reader.number();
    numbers.push(number);
  }
  return numbers;
}

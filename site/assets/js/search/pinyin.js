// Titles that sound like what was typed in Latin letters, as syllables or as their initials.
import { listOf, readNumbers, sums } from "./encoding.js";

/** @import { Lines, Section } from "./encoding.js" */

/**
 * What is asked of the index.
 *
 * @typedef {object} TitleIndex
 * @property {(kind: "pinyin", number: number) => Promise<Section[]>} table
 * @property {(name: string) => Promise<Lines>} lines
 */

const MOST_READINGS = 64;
const LONGEST_SYLLABLE = 6;

/**
 * @param {TitleIndex} index
 * @param {"." | "="} sign
 * @param {string} name
 * @returns {Promise<number[]>} The numbers at which a syllable (".dian") or a pair of initials ("=dc") stands in the titles.
 */
async function sounding(index, sign, name) {
  const file = name.charCodeAt(0) * 26 + (name.charCodeAt(1) || 97);
  return readNumbers(listOf(await index.table("pinyin", file), 0, sign + name));
}

/**
 * @param {Iterable<number>[]} lists
 * @returns {Set<number>}
 */
function union(lists) {
  const all = new Set();
  for (const list of lists) for (const number of list) all.add(number);
  return all;
}

/**
 * @param {string} letters
 * @param {string[]} syllables
 * @returns {string[][]} Every way to read letters as syllables; the last one may be typed in part.
 */
export function readings(letters, syllables) {
  const whole = new Set(syllables);
  /** @type {string[][]} */
  const found = [];
  /** @type {(at: number, before: string[]) => void} */
  function read(at, before) {
    if (found.length >= MOST_READINGS) return;
    const rest = letters.slice(at);
    if (syllables.some((syllable) => syllable.startsWith(rest))) found.push([...before, rest]);
    for (let length = 1; length < rest.length && length <= LONGEST_SYLLABLE; length += 1) {
      const syllable = rest.slice(0, length);
      if (whole.has(syllable)) read(at + length, [...before, syllable]);
    }
  }
  read(0, []);
  return found;
}

/**
 * @param {Iterable<number>[]} lists
 * @returns {number[]} Numbers n of the first list with n + 1 in the second, n + 2 in the third, and so on.
 */
export function meeting(lists) {
  const sets = lists.map((list) => new Set(list));
  return Array.from(sets[0]).filter((number) => sets.every((set, at) => set.has(number + at)));
}

/**
 * @param {TitleIndex} index
 * @param {string[]} reading
 * @param {string[]} syllables
 * @returns {Promise<number[]>} Where the syllables follow each other.
 */
async function spoken(index, reading, syllables) {
  const last = reading[reading.length - 1];
  const ends = syllables.filter((syllable) => syllable.startsWith(last));
  const before = reading.slice(0, -1).map((syllable) => sounding(index, ".", syllable));
  const end = Promise.all(ends.map((syllable) => sounding(index, ".", syllable))).then(union);
  return meeting(await Promise.all([...before, end]));
}

/**
 * @param {TitleIndex} index
 * @param {string} letters
 * @returns {Promise<number[]>} Where characters with these initials follow each other.
 */
async function initialled(index, letters) {
  const pairs = [];
  for (let at = 0; at + 1 < letters.length; at += 1) pairs.push(sounding(index, "=", letters.slice(at, at + 2)));
  return pairs.length ? meeting(await Promise.all(pairs)) : [];
}

/**
 * @param {TitleIndex} index
 * @param {string} letters
 * @returns {Promise<Set<number>>} Demands whose title holds the letters, as syllables or as initials.
 */
async function titled(index, letters) {
  const file = await index.lines("titles.bin");
  // Between two titles one number stands for nothing, so that no word goes over from one to the other.
  const starts = sums(file.numbers.map((count) => count + 1), 1);
  const ways = readings(letters, file.lines).map((reading) => spoken(index, reading, file.lines));
  const numbers = union(await Promise.all([...ways, initialled(index, letters)]));
  const demands = new Set();
  let demand = 0;
  for (const number of Array.from(numbers).sort((one, other) => one - other)) {
    while (starts[demand + 1] <= number) demand += 1;
    demands.add(demand);
  }
  return demands;
}

/**
 * @param {TitleIndex} index
 * @param {string[]} words
 * @returns {Promise<number[]>} Titles in which the words follow each other come first, then those that hold each word somewhere.
 */
export async function titlesThatSound(index, words) {
  const joined = words.join("");
  if (!/^[a-z]{2,40}$/.test(joined)) return [];
  const apart = words.length > 1 && words.every((word) => word.length > 1) ? words : [];
  const [inOrder, ...each] = await Promise.all([joined, ...apart].map((word) => titled(index, word)));
  const others = each.length ? Array.from(each[0]).filter((demand) => !inOrder.has(demand) && each.every((set) => set.has(demand))) : [];
  return [...inOrder, ...others];
}

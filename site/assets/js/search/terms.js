// Words of a list in a text: the same as `jiebang.site.terms`, character by character.
import { fold } from "./fold.js";

/**
 * A text without what does not part words in it, and where each of its characters stood.
 *
 * @typedef {{ letters: string[], from: number[] }} Squeezed
 */

/**
 * @typedef {object} Found
 * @property {number} start In characters of the folded text.
 * @property {number} end
 * @property {string} key The word, as it stands in the list.
 */

/** @param {string | undefined} letter */
function isLatin(letter) {
  return letter !== undefined && /^[0-9a-z]$/.test(letter);
}

/** @param {string | undefined} letter */
function isAscii(letter) {
  return letter !== undefined && letter <= "\x7f";
}

/**
 * @param {string} folded
 * @returns {Squeezed} A hyphen is a space; a space beside a character that is not ASCII, and at either end, is none.
 */
export function squeezed(folded) {
  const all = Array.from(folded, (letter) => (letter === "-" ? " " : letter));
  /** @type {Squeezed} */
  const kept = { letters: [], from: [] };
  all.forEach((letter, at) => {
    if (letter === " " && !(isAscii(all[at - 1]) && isAscii(all[at + 1]))) return;
    kept.letters.push(letter);
    kept.from.push(at);
  });
  return kept;
}

/** @param {string} term */
export function keyOf(term) {
  return squeezed(fold(term)).letters.join("");
}

/**
 * Where a word would end that the text goes on with: a plural is the word too.
 *
 * @param {string[]} letters
 * @param {number} end
 * @returns {number} The end; -1 where the word is only a piece of another one.
 */
function wholeEnd(letters, end) {
  if (!isLatin(letters[end - 1]) || !isLatin(letters[end])) return end;
  for (const ending of ["s", "es"]) {
    const after = end + ending.length;
    if (letters.slice(end, after).join("") === ending && !isLatin(letters[after])) return after;
  }
  return -1;
}

export class Terms {
  /** @param {Iterable<string>} keys As `keyOf` makes them. */
  constructor(keys) {
    this.keys = new Set(keys);
    /**
     * By its first two characters how long the words are, the longest first.
     *
     * @type {Map<string, number[]>}
     */
    this.lengths = new Map();
    this.keys.forEach((key) => {
      const letters = Array.from(key);
      const start = letters.slice(0, 2).join("");
      const known = this.lengths.get(start) || [];
      if (!known.includes(letters.length)) known.push(letters.length);
      this.lengths.set(start, known.sort((one, other) => other - one));
    });
  }

  /**
   * @param {string[]} letters
   * @param {number} start
   * @returns {{ end: number, key: string }[]} The words that begin there, the longest first.
   */
  at(letters, start) {
    if (isLatin(letters[start]) && isLatin(letters[start - 1])) return [];
    const words = [];
    for (const length of this.lengths.get(letters[start] + letters[start + 1]) || []) {
      if (start + length > letters.length) continue;
      const key = letters.slice(start, start + length).join("");
      const end = this.keys.has(key) ? wholeEnd(letters, start + length) : -1;
      if (end >= 0) words.push({ end, key });
    }
    return words;
  }

  /**
   * @param {string} folded
   * @returns {Found[]} From left to right, at each place the longest, none within another.
   */
  found(folded) {
    let end = 0;
    return this.everywhere(folded).filter((found) => {
      if (found.start < end) return false;
      end = found.end;
      return true;
    });
  }

  /**
   * @param {string} folded
   * @returns {Found[]} All words, by where they begin and the longest first.
   */
  everywhere(folded) {
    const { letters, from } = squeezed(folded);
    /** @type {Found[]} */
    const found = [];
    for (let start = 0; start + 1 < letters.length; start += 1) {
      this.at(letters, start).forEach(({ end, key }) => found.push({ start: from[start], end: from[end - 1] + 1, key }));
    }
    return found;
  }
}

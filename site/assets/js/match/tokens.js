// A text as tokens: the same as `jiebang.site.matching.tokens`, character by character.
import { Terms } from "../search/terms.js";

/** What stands in a folded text, in characters; `#` and a number name a group of synonyms. @typedef {{ start: number, end: number, name: string }} Token */

/** @param {string | undefined} letter */
function isHan(letter) {
  return letter !== undefined && letter >= "\u3400" && letter <= "\u9fff" && letter.length === 1;
}

/** @param {string[]} letters */
function pairsIn(letters) {
  /** @type {Token[]} */
  const pairs = [];
  for (let start = 0; start + 1 < letters.length; start += 1) {
    if (isHan(letters[start]) && isHan(letters[start + 1])) pairs.push({ start, end: start + 2, name: letters[start] + letters[start + 1] });
  }
  return pairs;
}

/** @param {string[]} letters */
function latinIn(letters) {
  /** @type {Token[]} */
  const words = [];
  let start = 0;
  while (start < letters.length) {
    let end = start;
    if (/^[a-z]$/.test(letters[start])) while (end < letters.length && /^[a-z0-9]$/.test(letters[end])) end += 1;
    if (end - start > 1) words.push({ start, end, name: letters.slice(start, end).join("") });
    start = Math.max(end, start + 1);
  }
  return words;
}

export class Tokens {
  /** @param {Map<string, number[]>} groups By word the numbers of its groups. */
  constructor(groups) {
    this.groups = groups;
    this.terms = new Terms(groups.keys());
  }

  /**
   * @param {string} folded
   * @returns {Token[]} The groups of which some word stands there.
   */
  synonyms(folded) {
    return this.terms.everywhere(folded).flatMap(({ start, end, key }) =>
      (this.groups.get(key) || []).map((number) => ({ start, end, name: `#${number}` })),
    );
  }

  /**
   * @param {string} folded
   * @returns {Token[]} Pairs, then Latin words, then groups, each from left to right.
   */
  of(folded) {
    const letters = Array.from(folded);
    return [...pairsIn(letters), ...latinIn(letters), ...this.synonyms(folded)];
  }
}

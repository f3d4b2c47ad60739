// The file from which demands are ranked; how it is laid out is told in `jiebang.site.matching.files`.
import { fetchBytes } from "../common/request.js";
import { Reader, readTable } from "../search/encoding.js";
import { learnTraditional } from "../search/fold.js";
import { Tokens } from "./tokens.js";

/** @import { Section } from "../search/encoding.js" */

/** Which demands hold a token, and how much it counts there. @typedef {[number: number, weight: number][]} Postings */

/**
 * @typedef {object} Index
 * @property {string[]} ids
 * @property {string[]} days Until when each can be applied for, as `2031-06-30`.
 * @property {(name: string) => Postings} postings
 * @property {Tokens} tokens
 */

/**
 * @param {Section} section
 * @returns {Map<string, Uint32Array>} Names with their numbers.
 */
function listsIn({ text, sizes, bytes, at }) {
  /** @type {Map<string, Uint32Array>} */
  const lists = new Map();
  let from = at;
  text.split("\n").slice(0, sizes.length).forEach((name, place) => {
    const reader = new Reader(bytes.subarray(from, from + sizes[place]));
    const numbers = [];
    while (!reader.isAtEnd) numbers.push(reader.number());
    lists.set(name, Uint32Array.from(numbers));
    from += sizes[place];
  });
  return lists;
}

/** @param {Uint32Array | undefined} told */
function postingsIn(told) {
  /** @type {Postings} */
  const postings = [];
  let number = -1;
  for (let at = 0; told && at < told.length; at += 2) {
    number += told[at] + 1;
    postings.push([number, told[at + 1]]);
  }
  return postings;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Index}
 */
export function readIndex(bytes) {
  const [tokens, words, demands, traditional] = readTable(bytes).map(listsIn);
  Array.from(traditional.keys()).forEach(learnTraditional);
  const groups = new Map(Array.from(words, ([word, numbers]) => [word, Array.from(numbers)]));
  /** @type {Map<string, Postings>} */
  const known = new Map();
  return {
    ids: Array.from(demands.keys()),
    days: Array.from(demands.values(), ([day]) => String(day).replace(/^(....)(..)(..)$/, "$1-$2-$3")),
    postings(name) {
      let postings = known.get(name);
      if (!postings) known.set(name, (postings = postingsIn(tokens.get(name))));
      return postings;
    },
    tokens: new Tokens(groups),
  };
}

/** @param {string} address */
export async function loadIndex(address) {
  return readIndex(await fetchBytes(address));
}

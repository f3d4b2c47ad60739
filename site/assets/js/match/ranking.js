// A text compared with the index: the same as `jiebang.site.matching.ranking`, with the same whole numbers.
import { fold } from "../search/fold.js";

/** @import { Index } from "./index.js" */
/** @import { Token } from "./tokens.js" */

/** A stretch of the text that a demand says too; `token` is what of it tells most. @typedef {{ text: string, token: string, weight: number }} Word */

/** A demand that suits, how well (hundredths), and the words that carried it. @typedef {{ id: string, score: number, words: Word[] }} Match */

export const FITS = 900;
const OF_TRADERS = 3;
const MOST_WORDS = 6;
const LONG = 4;
const MOST_CHARACTERS = 20000;
export const TRADING = [
  ..."零售 批发 专卖 销售 经销 代理 出租 租赁 维修 修理 门店 本店 商店 网店".split(" "),
  ..."retail wholesale shop store sell rental".split(" "),
];
export const MAKING = [
  ..."研发 研制 开发 研究 自研 设计 生产 制造 制备 工艺 加工 专利 试验 实验 算法 技术".split(" "),
  ..."develop design manufactur produc research engineer mak build".split(" "),
];

const ENDS = /([。！!？?；;，,\r\n]|\.(?!\d))/;
const DENIAL =
  "(?:[不未没]有?[再曾能会是]?(?:做|涉及|从事|生产|制造|研发|研制|开发|经营|承接|提供|销售|代理|加工)(?!过?的)[过了]?|没有(?=[^。]{1,40}业务$)|do(?:es)?(?: not|n['’]t)\\b|[Nn]ot involved in\\b)";
const DENIED_CLAUSE = new RegExp(`^[^。]*${DENIAL}[ \u3000]*$`);
const DENIED = new RegExp(`${DENIAL}[^。]+?(?=只|而是|但|仅|专|主要|but |$)`);

/**
 * @param {string} text
 * @returns {string} Without what it says that its enterprise does not do: the same as `jiebang.site.matching.denied`.
 */
function withoutDenied(text) {
  return text
    .split(ENDS)
    .map((part) => part.replace(DENIED_CLAUSE, "").replace(DENIED, ","))
    .join("");
}

/** @typedef {{ folded: string, letters: string[], least: number, tokens: Token[] }} Said */

/**
 * @param {string} text
 * @param {Index} index
 * @returns {Said}
 */
export function said(text, index) {
  const folded = fold(withoutDenied(Array.from(text).slice(0, MOST_CHARACTERS).join("")));
  /** @param {string[]} words What begins with a Latin one has it: a workshop is no shop. */
  const has = (words) => words.some((word) => new RegExp(word < "\x7f" ? `\\b${word}` : word).test(folded));
  const tokens = index.tokens.of(folded).filter(({ name }) => index.postings(name).length);
  return { folded, letters: Array.from(folded), least: has(TRADING) && !has(MAKING) ? FITS * OF_TRADERS : FITS, tokens };
}

/** @param {Said} text */
function namesIn(text) {
  return Array.from(new Set(text.tokens.map(({ name }) => name)));
}

/**
 * @param {Said} text
 * @param {Index} index
 * @returns {Map<number, number>} By demand what it is worth.
 */
function scoresOf(text, index) {
  /** @type {Map<number, number>} */
  const scores = new Map();
  namesIn(text).forEach((name) => {
    index.postings(name).forEach(([number, weight]) => scores.set(number, (scores.get(number) || 0) + weight));
  });
  return scores;
}

/**
 * @param {Said} text
 * @param {Map<string, number>} weights
 * @returns {[start: number, end: number][]} Where tokens that a demand holds follow each other.
 */
function stretchesIn(text, weights) {
  const joined = new Uint8Array(text.letters.length + 1);
  text.tokens.forEach(({ start, end, name }) => {
    if (weights.has(name)) joined.fill(1, start, end - 1);
  });
  /** @type {[start: number, end: number][]} */
  const stretches = [];
  let start = joined.indexOf(1);
  while (start >= 0) {
    const end = joined.indexOf(0, start);
    stretches.push([start, end + 1]);
    start = joined.indexOf(1, end);
  }
  return stretches;
}

/**
 * @param {Map<string, number>} names Tokens of a stretch with their weights.
 * @returns {string} The one that tells most, of equals a group of synonyms, else the first.
 */
function bestOf(names) {
  let best = "";
  let most = -1;
  names.forEach((weight, name) => {
    const worth = weight * 2 + (name.startsWith("#") ? 1 : 0);
    if (worth > most) [best, most] = [name, worth];
  });
  return best;
}

/**
 * @param {Said} text
 * @param {Map<string, number>} weights Of the tokens that a demand holds.
 * @returns {Word[]} Each once, the most telling first; a piece of a word that is named, and what holds one, says nothing more.
 */
export function wordsOf(text, weights) {
  const stretches = stretchesIn(text, weights);
  const inside = stretches.map(() => /** @type {Map<string, number>} */ (new Map()));
  const at = new Map(stretches.flatMap(([start, end], number) => Array.from({ length: end - start }, (_, place) => [start + place, number])));
  /** @type {Set<string>} */
  const seen = new Set();
  text.tokens.forEach(({ start, name }) => {
    const weight = weights.get(name);
    if (weight === undefined || seen.has(name)) return;
    seen.add(name);
    inside[/** @type {number} */ (at.get(start))].set(name, weight);
  });
  /** @type {Map<string, Word>} */
  const words = new Map();
  stretches.forEach(([start, end], number) => {
    const stretch = text.letters.slice(start, end).join("");
    const names = inside[number];
    if (!names.size || words.has(stretch)) return;
    words.set(stretch, { text: stretch, token: bestOf(names), weight: Array.from(names.values()).reduce((sum, one) => sum + one, 0) });
  });
  /** @type {Word[]} */
  const named = [];
  Array.from(words.values())
    .sort((one, other) => other.weight - one.weight)
    .forEach((word) => {
      if (!named.some((other) => other.text.includes(word.text) || word.text.includes(other.text))) named.push(word);
    });
  return named;
}

/** @param {Word[]} words */
function areEnough(words) {
  return words.length > 1 || words.some(({ text }) => Array.from(text).length >= LONG);
}

/**
 * @param {string} text
 * @param {Index} index
 * @param {{ today: string, most: number }} asked The day on which it must be possible to apply.
 * @returns {Match[]} The demands that suit, best first; none where nothing fits.
 */
export function matches(text, index, { today, most }) {
  const taken = said(text, index);
  const ranked = Array.from(scoresOf(taken, index))
    .filter(([number, score]) => score >= taken.least && index.days[number] >= today)
    .sort(([one, first], [other, second]) => second - first || one - other);
  /** @type {Match[]} */
  const found = [];
  for (const [number, score] of ranked) {
    if (found.length === most) break;
    const weights = new Map();
    namesIn(taken).forEach((name) => {
      const posting = index.postings(name).find(([of]) => of === number);
      if (posting) weights.set(name, posting[1]);
    });
    const words = wordsOf(taken, weights);
    if (areEnough(words)) found.push({ id: index.ids[number], score, words: words.slice(0, MOST_WORDS) });
  }
  return found;
}

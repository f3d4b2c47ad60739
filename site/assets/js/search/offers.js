// What else a reader may look for: other words of the trade for what was typed, also where it was typed in pinyin; and where nothing was
// found, a long word in two, and what was typed in one as texts write it: a number apart from its unit (`90MPa` is `90 MPa`), Latin letters
// apart from Han characters, no signs between words. Offers only: nothing of it is ever among the hits.
import { fold, wordsOf } from "./fold.js";
import { keyOf, Terms } from "./terms.js";

/** @import { Lines } from "./encoding.js" */
/** @import { Found } from "./terms.js" */

/**
 * What is asked of the index.
 *
 * @typedef {object} OfferIndex
 * @property {() => Promise<Synonyms>} synonyms
 * @property {(name: string) => Promise<Lines>} lines
 * @property {(words: string[]) => Promise<number[]>} hits
 */

/**
 * Another search, and the demands that it finds.
 *
 * @typedef {{ text: string, hits: number[] }} Offer
 */

/** Words that stand in the texts, and other words for them. @typedef {[standing: string[], others: string[]]} RawGroup */

const MOST = 6;
const MOST_TRIED = 18;
const LEAST_INITIALS = 3;

/** The groups, by their words. */
export class Synonyms {
  /** @param {RawGroup[]} groups */
  constructor(groups) {
    /**
     * By word those words of its groups that stand in the texts.
     *
     * @type {Map<string, Set<string>>}
     */
    this.standing = new Map();
    groups.forEach(([standing, others]) => {
      [...standing, ...others].forEach((term) => {
        const key = keyOf(term);
        const known = this.standing.get(key) || new Set();
        standing.forEach((one) => known.add(one));
        this.standing.set(key, known);
      });
    });
    this.terms = new Terms(this.standing.keys());
  }

  /**
   * @param {string} key
   * @returns {string[]}
   */
  of(key) {
    return Array.from(this.standing.get(key) || []);
  }
}

/**
 * @param {string} word Han characters.
 * @param {string} letters
 * @param {Map<string, string[]>} sounds By character its readings.
 * @returns {boolean} Whether the letters are its syllables, or its initials.
 */
export function soundsLike(word, letters, sounds) {
  const characters = Array.from(word);
  const readings = characters.map((character) => sounds.get(character) || []);
  if (characters.length >= LEAST_INITIALS && characters.length === letters.length) {
    if (readings.every((some, at) => some.some((reading) => reading[0] === letters[at]))) return true;
  }
  let ends = new Set([0]);
  readings.forEach((some) => {
    const next = new Set();
    ends.forEach((end) => {
      some.forEach((reading) => {
        if (letters.startsWith(reading, end)) next.add(end + reading.length);
      });
    });
    ends = next;
  });
  return ends.has(letters.length);
}

/**
 * What was read is kept: every letter typed asks again.
 *
 * @type {WeakMap<string[], Map<string, string[]>>}
 */
const readingsByLines = new WeakMap();

/**
 * @param {string[]} lines Of a syllable and the characters that are read so.
 * @returns {Map<string, string[]>} By character its readings.
 */
function readingsIn(lines) {
  const known = readingsByLines.get(lines);
  if (known) return known;
  /** @type {Map<string, string[]>} */
  const readings = new Map();
  readingsByLines.set(lines, readings);
  lines.forEach((line) => {
    const [syllable] = /** @type {RegExpExecArray} */ (/^[a-z]*/.exec(line));
    for (const character of line.slice(syllable.length)) readings.set(character, [...(readings.get(character) || []), syllable]);
  });
  return readings;
}

/**
 * @param {OfferIndex} index
 * @param {Synonyms} synonyms
 * @param {string} letters
 * @returns {Promise<string[]>} Words that stand, for those that sound like what was typed.
 */
async function spoken(index, synonyms, letters) {
  if (!/^[a-z]{3,40}$/.test(letters)) return [];
  const readings = readingsIn((await index.lines("sounds.bin")).lines);
  const meant = Array.from(synonyms.standing.keys()).filter((key) => /^[\u3400-\u9fff]+$/.test(key) && soundsLike(key, letters, readings));
  return Array.from(new Set(meant.flatMap((key) => synonyms.of(key))));
}

/**
 * @param {string} text What was typed, folded.
 * @param {Found[]} found
 * @param {Synonyms} synonyms
 * @returns {string[]} The text with words of the trade exchanged, in every way; each stands apart from what is beside it.
 */
function exchanged(text, found, synonyms) {
  const letters = Array.from(text);
  let made = [""];
  let end = 0;
  [...found, { start: letters.length, end: letters.length, key: "" }].forEach(({ start, end: after, key }) => {
    const between = letters.slice(end, start).join("");
    const choices = key ? synonyms.of(key) : [""];
    made = made.flatMap((before) => choices.map((one) => `${before} ${between} ${one}`)).slice(0, MOST_TRIED);
    end = after;
  });
  return made.map(withoutPieces);
}

/**
 * @param {string} text
 * @returns {string} Its words, but for those that are pieces of another one: `塑封料 塑封` is `塑封料`.
 */
function withoutPieces(text) {
  const words = text.split(" ").filter(Boolean);
  return words.filter((word, at) => !words.some((other, place) => place !== at && other !== word && other.includes(word))).join(" ");
}

/**
 * @param {string} word
 * @returns {string[]} The word in two, nearest to the middle first.
 */
export function halves(word) {
  const letters = Array.from(word);
  if (letters.length < 4 || letters.length > 16 || !/^[\u3400-\u9fff]+$/.test(word)) return [];
  const cuts = letters.map((_, at) => at).slice(2, letters.length - 1);
  const middle = letters.length / 2;
  cuts.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle) || one - other);
  return cuts.map((cut) => `${letters.slice(0, cut).join("")} ${letters.slice(cut).join("")}`);
}

/**
 * @param {OfferIndex} index
 * @param {string[]} texts
 * @param {Set<number>} known Demands that were found already.
 * @returns {Promise<Offer[]>} Those that find something more, each set of demands once.
 */
async function withHits(index, texts, known) {
  const tried = Array.from(new Set(texts)).slice(0, MOST_TRIED);
  const offers = await Promise.all(tried.map(async (text) => ({ text, hits: await index.hits(wordsOf(text)) })));
  const seen = new Set();
  return offers.filter(({ hits }) => {
    const name = hits.slice().sort((one, other) => one - other).join();
    if (seen.has(name) || hits.every((hit) => known.has(hit))) return false;
    seen.add(name);
    return true;
  });
}

/**
 * @param {OfferIndex} index
 * @param {string[]} words What was typed, folded.
 * @param {number[]} hits What it finds.
 * @returns {Promise<Offer[]>} A few searches that find something else.
 */
export async function offersFor(index, words, hits) {
  const synonyms = await index.synonyms();
  const known = new Set(hits);
  const text = words.join(" ");
  const found = synonyms.terms.found(text);
  if (found.length) {
    const whole = await withHits(index, exchanged(text, found, synonyms), known);
    if (whole.length || hits.length) return whole.slice(0, MOST);
    // What was typed besides stands nowhere: the words of the trade alone, then.
    return (await withHits(index, found.flatMap(({ key }) => synonyms.of(key)), known)).slice(0, MOST);
  }
  return (await withHits(index, await spoken(index, synonyms, words.join("")), known)).slice(0, MOST);
}

/**
 * @param {OfferIndex} index
 * @param {string[]} words What was typed and is found nowhere, folded.
 * @returns {Promise<Offer[]>} A single long word in two that stand in one demand, where there are such.
 */
export async function inHalves(index, words) {
  return words.length === 1 ? (await withHits(index, halves(words[0]), new Set())).slice(0, 1) : [];
}

/** More words are no search, but a text that was pasted. */
const MOST_APART = 12;

/** As texts of the trade name them, folded; what has a slash (`km/h`) is one, too. Not `g`, `d`, `k` and the like: `5G` and `3D` are names. */
const UNITS = new Set(
  (
    "% ‰ ° °c v a w h m s l kv mv ma μa kw mw gw kwh wh ah mah va kva hz khz mhz ghz thz pa kpa mpa gpa bar nm μm mm cm dm km m2 m3 mm2 mm3 cm2 cm3 " +
    "kg mg μg ml μl kn nm kj mj ms μs ns min db dba ppm ppb rpm mol lm lx lux nit dpi bps kbps mbps gbps kb mb gb tb ω kω mω ev kev"
  ).split(" "),
);

/** A word of Latin letters and digits with what joins them, a number with its sign, a unit that is a sign, or other letters. */
const TOKENS = /-?[0-9]+(?:\.[0-9]+)?(?:[a-zμω][a-z0-9μω]*(?:[./-][a-z0-9μω]+)*)?|[a-zμω][a-z0-9μω]*(?:[./-][a-z0-9μω]+)*[+#]*|°c?|[%‰]|(?:(?![a-z0-9μω])[\p{L}\p{M}\p{N}])+/gu;
const MEASURE = /^(-?[0-9]+(?:\.[0-9]+)?)([a-zμω][a-z0-9μω/]*)$/;
/** `UL94`, `GB/T5023`, `PA-66`. */
const NUMBERED = /^([a-z]{2,}(?:\/[a-z]+)*)-?([0-9]+(?:\.[0-9]+)?)$/;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

/**
 * @param {string} unit
 * @returns {string} As it is written who has the sign: `um` is typed for `μm`.
 */
function asWritten(unit) {
  return unit.replace(/^u(?=[malsgf]$)/, "μ");
}

/**
 * @param {string} token
 * @returns {string[]}
 */
function partsOf(token) {
  const [, number = "", unit = ""] = MEASURE.exec(token) || [];
  if (unit && (UNITS.has(asWritten(unit)) || unit.includes("/"))) return [number, asWritten(unit)];
  const [, name = "", figure = ""] = NUMBERED.exec(token) || [];
  return name ? [name, figure] : [token];
}

/**
 * @param {string} text What was typed.
 * @returns {string[]} Its words, folded, each once; none where it says too much.
 */
export function wordsApart(text) {
  /** @type {string[]} */
  const words = [];
  // From one number to another there is a stroke, not a sign: `3-5mm`.
  for (const [token] of fold(text).replace(/([0-9])-(?=[0-9])/g, "$1 ").matchAll(TOKENS)) {
    const isUnit = NUMBER.test(words[words.length - 1] || "") && UNITS.has(asWritten(token));
    words.push(...(isUnit ? [asWritten(token)] : partsOf(token)));
    if (words.length > MOST_APART) return [];
  }
  return Array.from(new Set(words));
}

/**
 * @param {string} word
 * @returns {boolean} Whether it has to stand by itself: cut off, a `v` or a `90` would be found in every other word.
 */
export function standsAlone(word) {
  return /^[a-z0-9μω./-]+$/.test(word);
}

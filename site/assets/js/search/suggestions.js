// What else may have been meant where nothing was found: what was typed, with the one word that stands nowhere exchanged for a near one.

/** @import { Lines } from "./encoding.js" */

/**
 * What is asked of the index.
 *
 * @typedef {object} WordIndex
 * @property {(name: string) => Promise<Lines>} lines
 * @property {(word: string) => Promise<Uint8Array>} word
 * @property {(words: string[]) => Promise<number[]>} hits
 * @property {{ files: { words: number } }} manifest
 */

/** @typedef {(word: string) => Promise<boolean>} Test */

const MOST_TRIED = 6;
/** @type {Lines} */
const NO_LINES = { numbers: new Uint32Array(0), lines: [] };
/** How far apart two characters are that sound alike, and two words in which two characters are swapped; another character is 1. */
const SOUNDS_ALIKE = 0.5;
const SWAPPED = 0.75;

/** @param {string} word */
function isHan(word) {
  return /^[\u3400-\u9fff]+$/.test(word);
}

/**
 * @param {string} syllable
 * @returns {string} Syllables that are easily confused are written alike.
 */
function confusable(syllable) {
  return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace(/^l/, "n");
}

/**
 * @param {string} character
 * @param {string[]} sounds Lines of a syllable and the characters that are read so.
 */
function soundsOf(character, sounds) {
  return sounds.filter((line) => line.indexOf(character) > 0).map((line) => confusable(line.replace(/[^a-z].*$/, "")));
}

/**
 * @param {string} one
 * @param {string} other
 * @param {string[]} sounds
 */
function exchange(one, other, sounds) {
  if (one === other) return 0;
  const meant = soundsOf(other, sounds);
  return soundsOf(one, sounds).some((sound) => meant.includes(sound)) ? SOUNDS_ALIKE : 1;
}

/**
 * Whether two words can be so few slips apart, by what they have in common at both ends.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} far
 */
function mayBeNear(one, other, far) {
  const most = Math.max(one.length, other.length);
  const least = Math.min(one.length, other.length);
  if (most - least > far) return false;
  let start = 0;
  while (start < least && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < least - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  // A swap touches two characters.
  return far > 1 ? start + end > 1 : most - start - end <= 2;
}

/**
 * @param {string} one
 * @param {string} other
 * @param {string[]} sounds
 * @returns {number} How far two words are apart: characters exchanged (half as far where they sound alike), left out, added, or swapped.
 */
export function distance(one, other, sounds) {
  const rows = [Array.from({ length: other.length + 1 }, (_, length) => length)];
  for (let i = 1; i <= one.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j += 1) {
      const exchanged = rows[i - 1][j - 1] + exchange(one[i - 1], other[j - 1], sounds);
      const swaps = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = swaps ? rows[i - 2][j - 2] + SWAPPED : Infinity;
      rows[i].push(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, exchanged, swapped));
    }
  }
  return rows[one.length][other.length];
}

/**
 * @param {WordIndex} index
 * @param {string} word
 * @returns {Promise<string[]>} Words of the vocabulary near to one, the nearest first, of equals the more frequent.
 */
async function nearWords(index, word) {
  const ends = Array.from(new Set([word[0], word[word.length - 1]]));
  const far = word.length > 7 && !isHan(word) ? 2 : 1;
  const files = ends.map((end) => index.lines(`words-${end.charCodeAt(0) % index.manifest.files.words}.bin`));
  const [sounds, ...vocabulary] = await Promise.all([isHan(word) ? index.lines("sounds.bin") : NO_LINES, ...files]);
  /** @type {Map<string, { apart: number, number: number }>} */
  const near = new Map();
  vocabulary.forEach(({ lines, numbers }) => {
    lines.forEach((line, at) => {
      if (line === word || !mayBeNear(word, line, far)) return;
      const apart = distance(word, line, sounds.lines);
      if (apart <= far) near.set(line, { apart, number: numbers[at] });
    });
  });
  return Array.from(near)
    .sort(([one, first], [other, second]) => first.apart - second.apart || second.number - first.number || (one < other ? -1 : 1))
    .map(([line]) => line);
}

/**
 * @param {string} word
 * @returns {string[]} The same characters with two swapped, or one left out.
 */
export function rearranged(word) {
  const made = [];
  for (let at = 0; at + 1 < word.length; at += 1) made.push(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
  for (let at = 0; word.length > 2 && at < word.length; at += 1) made.push(word.slice(0, at) + word.slice(at + 1));
  return made;
}

/**
 * @template T
 * @param {T[]} tried
 * @param {(one: T) => Promise<boolean>} passes
 * @returns {Promise<T | null>} The first that passes, tried one after another.
 */
async function firstOf(tried, passes) {
  for (const one of tried) if (await passes(one)) return one;
  return null;
}

/**
 * @param {WordIndex} index
 * @param {string} word
 */
async function standsSomewhere(index, word) {
  return (await index.word(word)).some(Boolean);
}

/**
 * @param {WordIndex} index
 * @param {string} word
 * @returns {Promise<[from: number, to: number] | null>} The part of a long word that stands nowhere, the shortest.
 */
function brokenPart(index, word) {
  /** @type {[from: number, to: number][]} */
  const spans = [];
  for (let length = 2; length < Math.min(word.length, 4); length += 1) {
    for (let from = 0; from + length <= word.length; from += 1) spans.push([from, from + length]);
  }
  return firstOf(spans, async ([from, to]) => !(await standsSomewhere(index, word.slice(from, to))));
}

/**
 * @param {WordIndex} index
 * @param {string} word
 * @param {Test} passes
 */
async function mendPart(index, word, passes) {
  const span = await brokenPart(index, word);
  if (!span) return null;
  const [from, to] = span;
  // The slip may be at either end of the part, so it is looked at with a neighbour on each side.
  const spans = [[from, to], [from - 1, to], [from, to + 1], [from - 1, to + 1]].filter(
    ([start, end]) => start >= 0 && end <= word.length && end - start < word.length,
  );
  const made = await Promise.all(
    spans.map(async ([start, end]) => {
      const near = await nearWords(index, word.slice(start, end));
      return near.slice(0, MOST_TRIED).map((other) => word.slice(0, start) + other + word.slice(end));
    }),
  );
  return firstOf(made.flat().slice(0, MOST_TRIED), passes);
}

/**
 * @param {WordIndex} index
 * @param {string} word
 * @param {Test} passes
 * @returns {Promise<string | null>} The nearest word that passes.
 */
async function mend(index, word, passes) {
  if (word.length < 2 || word.length > 24 || !(isHan(word) || /^[a-z]{4,}$/.test(word))) return null;
  const near = await firstOf((await nearWords(index, word)).slice(0, MOST_TRIED), passes);
  if (near) return near;
  const mended = isHan(word) && word.length > 3 && word.length < 13 ? await mendPart(index, word, passes) : null;
  if (mended) return mended;
  return word.length < 6 ? firstOf(rearranged(word), passes) : null;
}

/**
 * @param {WordIndex} index
 * @param {string[]} words
 * @returns {Promise<string | null>} What was typed with the one word that stands nowhere exchanged for the nearest that leads to
 *   something; null where there is none.
 */
export async function suggestionFor(index, words) {
  const stand = await Promise.all(words.map((word) => standsSomewhere(index, word)));
  const at = stand.indexOf(false);
  if (at < 0 || stand.indexOf(false, at + 1) >= 0) return null;
  /** @param {string} word */
  const withWord = (word) => [...words.slice(0, at), word, ...words.slice(at + 1)];
  const word = await mend(index, words[at], async (one) => (await index.hits(withWord(one))).length > 0);
  return word && withWord(word).join(" ");
}

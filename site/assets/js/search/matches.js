// Where folded words stand in a text as it is written, and the piece of a text that tells best why it was found.
import { fold, onLearning } from "./fold.js";

/**
 * A text folded; for each unit of `text` where the folded piece of the original begins and ends.
 *
 * @typedef {{ text: string, from: number[], to: number[] }} Unfolded
 */

/** @typedef {{ word: string, start: number, end: number }} Place */

/** @typedef {[start: number, end: number]} Range */

/** Texts unfolded before are kept: while a word is typed, the same demands are shown again and again. */
const MOST_UNFOLDED = 1000;

/**
 * Pieces folded one by one before: texts repeat their characters.
 *
 * @type {Map<string, string>}
 */
const foldedPieces = new Map();
/** @type {Map<string, Unfolded>} */
const unfoldedTexts = new Map();
onLearning(() => {
  foldedPieces.clear();
  unfoldedTexts.clear();
});

/** @param {string} piece */
function foldPiece(piece) {
  let folded = foldedPieces.get(piece);
  if (folded === undefined) foldedPieces.set(piece, (folded = fold(piece)));
  return folded;
}

/**
 * A Han character or plain ASCII folds by itself; a few others only together with the marks that follow.
 *
 * @param {string} letter
 */
function foldsAlone(letter) {
  return /^[\u0000-\u007f\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]/.test(letter);
}

/**
 * Whether a letter folds together with those before it.
 *
 * @param {string} before
 * @param {string} letter
 */
function joins(before, letter) {
  if (foldsAlone(letter)) return false;
  if (/^[\u0300-\u036f\u3099\u309a]/.test(letter)) return true;
  return (before + letter).normalize("NFKC") !== before.normalize("NFKC") + letter.normalize("NFKC");
}

/**
 * @param {string} text
 * @returns {string[]} The text in pieces of which each folds by itself.
 */
function piecesOf(text) {
  /** @type {string[]} */
  const pieces = [];
  for (const letter of text) {
    const last = pieces.length - 1;
    if (last >= 0 && joins(pieces[last], letter)) pieces[last] += letter;
    else pieces.push(letter);
  }
  return pieces;
}

/**
 * @param {string} text
 * @returns {Unfolded}
 */
function unfold(text) {
  /** @type {number[]} */
  const from = [];
  /** @type {number[]} */
  const to = [];
  let folded = "";
  let start = 0;
  for (const piece of piecesOf(text)) {
    const part = foldPiece(piece);
    const end = start + piece.length;
    if (part === " " && folded.endsWith(" ")) {
      to[to.length - 1] = end;
    } else {
      for (let unit = 0; unit < part.length; unit += 1) {
        from.push(start);
        to.push(end);
      }
      folded += part;
    }
    start = end;
  }
  return { text: folded, from, to };
}

/** @param {string} text */
function unfoldOnce(text) {
  let known = unfoldedTexts.get(text);
  if (known === undefined) {
    if (unfoldedTexts.size >= MOST_UNFOLDED) unfoldedTexts.clear();
    unfoldedTexts.set(text, (known = unfold(text)));
  }
  return known;
}

/**
 * @param {string} text
 * @param {string[]} words Folded.
 * @returns {Place[]} Every place of every word, in the order of the text.
 */
function placesOf(text, words) {
  const folded = unfoldedTexts.get(text)?.text ?? fold(text);
  const sought = words.filter((word) => word && folded.includes(word));
  if (!sought.length) return [];
  const known = unfoldOnce(text);
  /** @type {Place[]} */
  const places = [];
  sought.forEach((word) => {
    for (let at = known.text.indexOf(word); at >= 0; at = known.text.indexOf(word, at + 1)) {
      places.push({ word, start: known.from[at], end: known.to[at + word.length - 1] });
    }
  });
  return places.sort((one, other) => one.start - other.start || one.end - other.end);
}

/**
 * @param {string} text As it is written.
 * @param {string[]} words Folded.
 * @returns {Range[]} Where they stand; what touches is one range.
 */
export function matchRanges(text, words) {
  /** @type {Range[]} */
  const ranges = [];
  placesOf(text, words).forEach(({ start, end }) => {
    const last = ranges[ranges.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  });
  return ranges;
}

/**
 * The same as the first step of `excerpt` of `jiebang.site.text`.
 *
 * @param {string} text
 */
export function oneLine(text) {
  return text.trim().replace(/\s+/g, " ").replace(/([。；：，、！？）]) /g, "$1");
}

/**
 * The stretch of at most `length` units with the most different words; of several the first.
 *
 * @param {Place[]} places
 * @param {number} length
 */
function bestStretch(places, length) {
  let best = { words: 0, start: 0, end: 0 };
  places.forEach(({ start, end: firstEnd }, first) => {
    const seen = new Set();
    let end = firstEnd;
    for (let at = first; at < places.length && places[at].end - start <= length; at += 1) {
      if (seen.has(places[at].word)) continue;
      seen.add(places[at].word);
      end = places[at].end;
    }
    if (seen.size > best.words) best = { words: seen.size, start, end };
  });
  return best;
}

/**
 * Where to begin before a stretch, so that it reads well: at a sentence, else a clause, else a few characters before it.
 *
 * @param {string} text
 * @param {{ start: number, end: number }} stretch
 * @param {number} length
 */
function beginningFor(text, stretch, length) {
  const room = Math.max(0, Math.min(Math.floor(length / 2), length - (stretch.end - stretch.start)));
  if (stretch.start <= room) return 0;
  const before = text.slice(stretch.start - room, stretch.start);
  const cut = /^[^]*[。；！？]/.exec(before) || /^[^]*[，、：:,;]/.exec(before);
  if (cut) return stretch.start - room + cut[0].length;
  return stretch.start - Math.min(room, 12);
}

/**
 * No character of two units is cut in half.
 *
 * @param {string} text
 * @param {number} at
 */
function wholeCharacter(text, at) {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

/**
 * @param {(string | null)[]} parts
 * @param {string[]} words Folded.
 * @param {number} length
 * @returns {{ part: number, text: string, marks: Range[] }} Of which part, what to show, and where the words stand in it; part -1
 *   where there is no text.
 */
export function excerpt(parts, words, length) {
  let best = null;
  for (let part = 0; part < parts.length; part += 1) {
    const text = oneLine(parts[part] || "");
    if (!text) continue;
    const stretch = bestStretch(placesOf(text, words), length);
    if (!best || stretch.words > best.stretch.words) best = { part, text, stretch };
  }
  if (!best) return { part: -1, text: "", marks: [] };
  const start = wholeCharacter(best.text, beginningFor(best.text, best.stretch, length));
  const end = wholeCharacter(best.text, start + length);
  const cut = (start ? "…" : "") + best.text.slice(start, end).trim() + (end < best.text.length ? "…" : "");
  return { part: best.part, text: cut, marks: matchRanges(cut, words) };
}

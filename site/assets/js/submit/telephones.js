// Telephones in free text, as `jiebang.detection.telephones` finds them: runs of digits that have a number's shape, and what stands around
// them. No look-behind: Safari before 16.4 cannot read it.

/** @import { Surroundings } from "./types.js" */

/** Han numerals, and the words that are spoken for digits, by digit. */
const NUMERALS = ["〇零○洞", "一壹幺么", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾"];
/** @type {{ [numeral: string]: string }} */
const HAN = Object.fromEntries(NUMERALS.flatMap((numerals, digit) => Array.from(numerals, (numeral) => [numeral, String(digit)])));
export const DIGITS = "0-9" + Object.keys(HAN).join("");
const GAP = "[\\s\\-‐‑–—_~.·•・*/|,，、;()（）\\[\\]【】+]";
const RUN = new RegExp("[" + DIGITS + "](?:" + GAP + "{0,3}[" + DIGITS + "]){4,}", "g");
/** Between the members of a list; also what somebody cuts up a number with. */
const LIST_SIGN = /[,，、;/|]/;
const SHORTEST = 7;
const MOBILE = /^(?:(?:00)?86|0(?=1[3-9]))?(1[0-9]{10})$/;
const ROUND = /^10{5,}$/;
const AREA_NUMBER = /^(?=0|86)(?:(?:00)?86)?0?(?:10|2[0-9]|[3-9][0-9]{2})(?:[1-9][0-9]{6,7}|0{3,}[0-9]{3,5})$/;
const AREA = /^(?:(?:0?0?86)?0(?:10|2[0-9]|[3-9][0-9]{2})|(?:00)?86)$/;
const SERVICE = /^[48]00[0-9]{7}$/;
/** Lengths of the groups in which mobile numbers are written. */
const SHAPES = ["11", "3,4,4", "3,8", "4,4,3", "7,4", "3,3,5", "4,3,4", "5,6", "6,5", "5,3,3", "3,4,2,2", "3,2,2,2,2", "2,9"];
/** Those that the members of a list do not have by chance. */
const CUT_BY_COMMAS = ["3,4,4", "3,8", "4,4,3"];
// A letter right before digits makes them part of a name, unless it is one that stands for a telephone.
const PHONE_LETTERS = /(?:tel|phone|mobile|mob|fax|t|m|p|v|vx|wx|call)$/;
const GROWN_ONTO = /^(?!(?:vx|wx|v|q|qq|tel|wechat|weixin)(?![a-z]))[a-z]/;

/**
 * A run of digits: as parted in the text, and what stands between.
 *
 * @typedef {object} Run
 * @property {number} start
 * @property {number} end
 * @property {string[]} groups
 * @property {string[]} gaps
 */

/** @typedef {{ [place in keyof Surroundings]: RegExp }} Around */

/** @type {WeakMap<Surroundings, Around>} */
const READ = new WeakMap();

/** @param {Surroundings} sources */
function readSurroundings(sources) {
  let known = READ.get(sources);
  if (!known) {
    const { unit, standard, before, after } = sources;
    /** @param {string} source */
    const read = (source) => new RegExp(source, "u");
    known = { unit: read(unit), standard: read(standard), before: read(before), after: read(after) };
    READ.set(sources, known);
  }
  return known;
}

/**
 * The text with digits for Han numerals.
 *
 * @param {string} text
 */
export function readDigits(text) {
  return text.replace(/[^0-9]/g, (character) => HAN[character] || character);
}

/**
 * @param {string} text normalised
 * @returns {Run[]}
 */
function runsIn(text) {
  return Array.from(text.matchAll(RUN), (found) => {
    const run = readDigits(found[0]);
    const start = found.index || 0;
    return { start, end: start + run.length, groups: run.match(/[0-9]+/g) || [], gaps: run.match(/[^0-9]+/g) || [] };
  });
}

/**
 * The members of a list, those that blanks part as well: each a run of its own.
 *
 * @param {Run} run
 * @returns {Run[]}
 */
function partsOf(run) {
  const listed = run.gaps.map((gap) => LIST_SIGN.test(gap));
  const spaced = run.gaps.map((gap, place) => listed[place] || !gap.trim());
  const more = spaced.filter(Boolean).length > listed.filter(Boolean).length;
  return [listed, ...(more ? [spaced] : [])].flatMap((cuts) => {
    if (!cuts.includes(true)) return [];
    /** @type {Run[]} */
    const parts = [];
    let at = run.start;
    let first = 0;
    run.groups.forEach((_, last) => {
      if (last < run.groups.length - 1 && !cuts[last]) return;
      const groups = run.groups.slice(first, last + 1);
      const gaps = run.gaps.slice(first, last);
      const length = [...groups, ...gaps].join("").length;
      parts.push({ start: at, end: at + length, groups, gaps });
      at += length + (run.gaps[last] || "").length;
      first = last + 1;
    });
    return parts;
  });
}

/** @param {Run} run */
function hasDottedValues({ groups, gaps }) {
  const joined = groups.map((group, place) => group + (gaps[place] || "")).join("");
  if (/^[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?$/.test(joined)) return true;
  if (/^[0-9]+\.[0-9]+(?:\s*[,，、;/]\s*[0-9]+(?:\.[0-9]+)?)+$/.test(joined)) return true;
  if (/^(?:19|20)[0-9]{2}\s*[-./—~]\s*(?:0?[1-9]|1[0-2])(?:\s*[-./—~]|$)/.test(joined)) return true;
  return groups.length < 9 && /(?:^|[^0-9.])[0-9]{1,6}\.[0-9]{1,6}(?=$|\s*[^0-9.\s])/.test(joined);
}

/** @param {string[]} groups */
const isSpeltOut = (groups) => groups.length >= 6 && groups.every((group) => group.length <= 2);

/**
 * Numbers that only grow are an enumeration.
 *
 * @param {string[]} groups
 */
const isCounting = (groups) => groups.length > 3 && groups.every((group, place) => !place || Number(groups[place - 1]) < Number(group));

/**
 * The same sign everywhere, or a pair of brackets.
 *
 * @param {string[]} gaps
 */
const isEven = (gaps) => new Set(gaps.map((gap) => gap.replace(/[\s()（）]/g, ""))).size <= 1;

/**
 * @param {string[]} groups
 * @param {string[]} gaps between them
 * @param {boolean} called something around them says that it is a telephone
 * @param {boolean} alone no other numbers stand beside them
 */
function isMobile(groups, gaps, called, alone) {
  const digits = groups.join("");
  const mobile = MOBILE.exec(digits);
  if (!mobile || ROUND.test(mobile[1])) return false;
  if (called) return true;
  if (isCounting(groups)) return false;
  if (isSpeltOut(groups)) return true;
  const shape = groups.map((group) => group.length).join(",");
  if (!alone && gaps.some((gap) => LIST_SIGN.test(gap)) && !CUT_BY_COMMAS.includes(shape)) return false;
  if (digits.length > mobile[1].length) return groups.length <= 5;
  return SHAPES.includes(shape) && isEven(gaps);
}

/**
 * @param {string[]} groups
 * @param {string[]} gaps between them
 * @param {boolean} called
 */
function isLandline(groups, gaps, called) {
  const digits = groups.join("");
  if (AREA_NUMBER.test(digits)) return called || groups.length === 1 || AREA.test(groups[0]) || isSpeltOut(groups);
  if (SERVICE.test(digits)) return called || (groups.length === 3 && isEven(gaps));
  // A local number is seven or eight digits like any other.
  return called && [7, 8].includes(digits.length) && [1, 2, 7, 8].includes(groups.length);
}

/**
 * Several numbers may stand side by side: every run of whole groups is judged.
 *
 * @param {Run} run
 * @param {boolean} called
 */
function holdsPhone({ groups, gaps }, called) {
  for (let first = 0; first < groups.length; first += 1) {
    let length = 0;
    for (let last = first; last < groups.length; last += 1) {
      length += groups[last].length;
      if (length > 15) break;
      const window = groups.slice(first, last + 1);
      const between = gaps.slice(first, last);
      const alone = window.length === groups.length;
      if (isMobile(window, between, called, alone) || isLandline(window, between, called)) return true;
    }
  }
  return false;
}

/**
 * Whether a telephone number stands in a text.
 *
 * @param {string} text normalised
 * @param {Surroundings} surroundings
 */
export function hasPhone(text, surroundings) {
  const around = readSurroundings(surroundings);
  /** @param {Run} run @returns {[before: string, after: string]} */
  const beside = (run) => [text.slice(Math.max(0, run.start - 24), run.start), text.slice(run.end, run.end + 12)];
  /** @param {Run} run */
  const isCalled = (run) => {
    const [before, after] = beside(run);
    return around.before.test(before) || around.after.test(after);
  };
  /** @param {Run} run */
  const isMeasured = (run) => {
    const [before, after] = beside(run);
    const grown = /[a-z]$/.test(before) && !PHONE_LETTERS.test(before);
    return grown || GROWN_ONTO.test(after) || around.unit.test(after) || around.standard.test(before);
  };
  return runsIn(text).some((run) => {
    const parts = [run, ...partsOf(run)].filter((part) => part.groups.join("").length >= SHORTEST && holdsPhone(part, true));
    if (!parts.length) return false;
    const announced = isCalled(run);
    return parts.some((part) => {
      const called = announced || isCalled(part);
      return (called || !(hasDottedValues(part) || isMeasured(part))) && holdsPhone(part, called);
    });
  });
}

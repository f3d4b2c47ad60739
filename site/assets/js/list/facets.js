// Which demands a choice leaves, in which order, and how many every other choice would leave. Numbers only, nothing of the page.
import { isOpen } from "./columns.js";

/** @import { Columns } from "./columns.js" */
/** @import { ListQuery } from "./query-string.js" */

/**
 * @typedef {object} Filtered
 * @property {number} total
 * @property {number[]} numbers In the order wanted.
 * @property {Uint8Array} passed For each demand: PASSED, BUT_FOR_TEXT, or 0.
 * @property {{ text: number, facets: number[] }} without How many there would be besides, were the words, or a facet's choices, given up.
 * @property {Uint32Array[]} counts For each facet and option, how many demands choosing it alone there would leave.
 */

/**
 * A facet in which something is chosen; `open` tells which of its sets are let through.
 *
 * @typedef {{ place: number, rows: Uint16Array, open: Uint8Array }} Gate
 */

export const PASSED = 2;
/** Has everything that was chosen, only not the words. */
export const BUT_FOR_TEXT = 1;

/** What a demand misses: nothing, the words, or the facet with a number from 0 on; several of them. */
const NOTHING = -1;
const TEXT = -2;
const SEVERAL = -3;

/**
 * Several choices of a facet widen it.
 *
 * @param {Columns} columns
 * @param {Set<number>[]} chosen
 */
function gatesOf(columns, chosen) {
  /** @type {Gate[]} */
  const gates = [];
  columns.facets.forEach((facet, place) => {
    if (!chosen[place].size) return;
    const open = Uint8Array.from(facet.sets, (set) => (set.some((option) => chosen[place].has(option)) ? 1 : 0));
    gates.push({ place, rows: facet.rows, open });
  });
  return gates;
}

/**
 * @param {Gate[]} gates
 * @param {number} number
 * @param {boolean} hasText
 */
function missedBy(gates, number, hasText) {
  let missed = hasText ? NOTHING : TEXT;
  for (const gate of gates) {
    if (gate.open[gate.rows[number]]) continue;
    if (missed !== NOTHING) return SEVERAL;
    missed = gate.place;
  }
  return missed;
}

/**
 * @param {Columns} columns
 * @param {Uint32Array[]} tallies For each facet how many demands have each of its sets.
 */
function countsPerOption(columns, tallies) {
  return columns.facets.map((facet, place) => {
    const counts = new Uint32Array(facet.options.length);
    facet.sets.forEach((set, at) => {
      set.forEach((option) => {
        counts[option] += tallies[place][at];
      });
    });
    return counts;
  });
}

/**
 * @param {Columns} columns
 * @param {number[] | null} hits
 * @returns {(number: number) => boolean} Whether a demand has the words.
 */
function textTest(columns, hits) {
  if (!hits) return () => true;
  const inText = new Uint8Array(columns.count);
  hits.forEach((number) => {
    inText[number] = 1;
  });
  return (number) => inText[number] === 1;
}

/**
 * A demand that one facet alone keeps out still counts for that facet's choices: they tell what choosing them would add.
 *
 * @param {Columns} columns
 * @param {Set<number>[]} chosen
 * @param {number[] | null} hits
 */
function countAll(columns, chosen, hits) {
  const gates = gatesOf(columns, chosen);
  const hasText = textTest(columns, hits);
  const tallies = columns.facets.map((facet) => new Uint32Array(facet.sets.length));
  const passed = new Uint8Array(columns.count);
  const without = { text: 0, facets: columns.facets.map(() => 0) };
  let total = 0;
  /** @type {(place: number, number: number) => void} */
  const tally = (place, number) => {
    tallies[place][columns.facets[place].rows[number]] += 1;
  };
  for (let number = 0; number < columns.count; number += 1) {
    const missed = missedBy(gates, number, hasText(number));
    if (missed === NOTHING) {
      total += 1;
      passed[number] = PASSED;
      for (let place = 0; place < tallies.length; place += 1) tally(place, number);
    } else if (missed === TEXT) {
      passed[number] = BUT_FOR_TEXT;
      without.text += 1;
    } else if (missed !== SEVERAL) {
      without.facets[missed] += 1;
      tally(missed, number);
    }
  }
  return { total, passed, without, counts: countsPerOption(columns, tallies) };
}

/**
 * @param {Columns} columns
 * @returns {Record<"new" | "due", (one: number, other: number) => number>}
 */
function ordersOf(columns) {
  return {
    new: (one, other) => columns.published[other] - columns.published[one] || one - other,
    // Those that can still be applied for, the next to close first; then the others, the last to close first.
    due: (one, other) => {
      const first = isOpen(columns, one);
      if (first !== isOpen(columns, other)) return first ? -1 : 1;
      const days = columns.due[one] - columns.due[other];
      return (first ? days : -days) || one - other;
    },
  };
}

/**
 * @param {Columns} columns
 * @param {Set<number>[]} chosen For each facet the places of its chosen options.
 * @param {number[] | null} hits Demands that have the words, most relevant first; null where no words are given.
 * @param {ListQuery["sort"]} sort
 * @returns {Filtered}
 */
export function filter(columns, chosen, hits, sort) {
  const counted = countAll(columns, chosen, hits);
  const listed = sort || !hits ? Array.from(counted.passed.keys()) : hits;
  const numbers = listed.filter((number) => counted.passed[number] === PASSED);
  if (sort) numbers.sort(ordersOf(columns)[sort]);
  return { ...counted, numbers };
}

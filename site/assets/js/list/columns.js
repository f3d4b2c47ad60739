// The list as columns of numbers (`jiebang.site.columns`): which choices of each facet every demand has. A demand's number is its place
// in the list.
import { daysUntil } from "../common/days.js";
import { fetchJson } from "../common/request.js";

/**
 * A choice of a facet as the file has it: key, title, and for a choice within another one also the other's place.
 *
 * @typedef {[key: string, title: string, within?: number]} RawOption
 */

/**
 * @typedef {object} RawFacet
 * @property {string} key
 * @property {string} title
 * @property {RawOption[]} options
 * @property {number[][]} sets Which options stand together, by their places.
 * @property {number[]} rows For each demand the place of its set.
 * @property {string} [inner] The parameter for choices within another choice.
 */

/**
 * The file. Days and states are told by their places in `days` and `states`.
 *
 * @typedef {object} RawColumns
 * @property {number} count
 * @property {[key: string, title: string][]} states
 * @property {number[]} status
 * @property {string[]} days
 * @property {number[]} published
 * @property {number[]} due
 * @property {RawFacet[]} facets
 */

/**
 * @typedef {object} Option
 * @property {string} key
 * @property {string} title
 * @property {string} parameter By which the address names it.
 * @property {number | undefined} within The place of the option that it is a part of.
 */

/**
 * @typedef {object} Facet
 * @property {string} key
 * @property {string} title
 * @property {Option[]} options
 * @property {number[][]} sets
 * @property {Uint16Array} rows
 */

/**
 * @typedef {object} Columns
 * @property {number} count
 * @property {Facet[]} facets The state first.
 * @property {Uint16Array} due
 * @property {Uint16Array} published
 */

const WEEK = 7;
/** What a published demand's state is depends on today; the others' stands in the catalogue. */
const OPEN = 0;
const WITHIN_A_WEEK = 1;
const CLOSED = 2;
/** @type {[key: string, title: string][]} */
const BY_DAY = [["open", "可揭榜"], ["week", `${WEEK} 天内截止`], ["closed", "揭榜已截止"]];
/** The sets of those states, in the order of the numbers above: what closes within a week is open as well. */
const SETS_BY_DAY = [[0], [0, 1], [2]];

/** @param {string} day */
function stateOn(day) {
  const left = daysUntil(day);
  if (left < 0) return CLOSED;
  return left <= WEEK ? WITHIN_A_WEEK : OPEN;
}

/**
 * @param {RawColumns} raw
 * @returns {RawFacet}
 */
function stateFacet(raw) {
  const later = raw.states.filter(([key]) => key !== "published");
  const published = raw.states.findIndex(([key]) => key === "published");
  const setOf = raw.states.map((state) => later.indexOf(state) + SETS_BY_DAY.length);
  const byDay = raw.days.map(stateOn);
  return {
    key: "state",
    title: "状态",
    options: [...BY_DAY, ...later],
    sets: [...SETS_BY_DAY, ...later.map((_, place) => [BY_DAY.length + place])],
    rows: raw.status.map((status, number) => (status === published ? byDay[raw.due[number]] : setOf[status])),
  };
}

/**
 * @param {RawFacet} raw
 * @returns {Facet}
 */
function facetOf(raw) {
  const options = raw.options.map(([key, title, within]) => {
    const parameter = within === undefined || raw.inner === undefined ? raw.key : raw.inner;
    return { key, title, within, parameter };
  });
  return { key: raw.key, title: raw.title, options, sets: raw.sets, rows: Uint16Array.from(raw.rows) };
}

/**
 * @param {RawColumns} raw
 * @returns {Columns} As they are today.
 */
export function unpackColumns(raw) {
  return {
    count: raw.count,
    facets: [stateFacet(raw), ...raw.facets].map(facetOf),
    due: Uint16Array.from(raw.due),
    published: Uint16Array.from(raw.published),
  };
}

/**
 * Whether a demand can be applied for today.
 *
 * @param {Columns} columns
 * @param {number} number
 */
export function isOpen(columns, number) {
  const [state] = columns.facets;
  return state.sets[state.rows[number]][0] === OPEN;
}

/**
 * @param {{ front: string, rest: string, length: number }} raw Ids in the order of the list, without what all of them share.
 * @returns {(number: number) => string}
 */
export function unpackIds(raw) {
  return (number) => raw.front + raw.rest.slice(number * raw.length, (number + 1) * raw.length);
}

/** @param {string} address */
export async function loadColumns(address) {
  return unpackColumns(/** @type {RawColumns} */ (await fetchJson(address)));
}

/** @param {string} address */
export async function loadIds(address) {
  return unpackIds(/** @type {Parameters<typeof unpackIds>[0]} */ (await fetchJson(address)));
}

// What the reader wants of the list, as it stands in the address: words, choices, order, how many are shown.

/** @import { Columns } from "./columns.js" */

/**
 * @typedef {object} ListQuery
 * @property {string} q What was typed, as it was typed.
 * @property {Record<string, string[]>} choices By parameter the keys of the chosen options; a parameter without any is missing.
 * @property {"" | "new" | "due"} sort
 * @property {number} show How many are shown.
 */

/** How many more are shown at a time. */
export const STEP = 30;
const MOST = 1000;
const PARAMETERS = ["state", "district", "section", "division", "field", "category", "mode", "nature", "type", "round"];

/**
 * @param {string | null} text
 * @returns {ListQuery["sort"]}
 */
export function orderOf(text) {
  return text === "new" || text === "due" ? text : "";
}

/**
 * @param {string} search The part of an address from its question mark on.
 * @returns {ListQuery} What it does not say, or says in a way that cannot be meant, is not wanted.
 */
export function readQuery(search) {
  const given = new URLSearchParams(search);
  /** @type {ListQuery["choices"]} */
  const choices = {};
  PARAMETERS.forEach((name) => {
    const values = given.getAll(name).filter(Boolean);
    if (values.length) choices[name] = values;
  });
  const show = Math.floor(Number(given.get("show"))) || STEP;
  return { q: given.get("q") || "", choices, sort: orderOf(given.get("sort")), show: Math.max(STEP, Math.min(MOST, show)) };
}

/**
 * @param {ListQuery} query
 * @returns {string} From the question mark on; empty where nothing is wanted.
 */
export function writeQuery(query) {
  const written = new URLSearchParams();
  if (query.q.trim()) written.set("q", query.q);
  PARAMETERS.forEach((name) => (query.choices[name] || []).forEach((value) => written.append(name, value)));
  if (query.sort) written.set("sort", query.sort);
  if (query.show > STEP) written.set("show", String(query.show));
  const text = written.toString();
  return text ? `?${text}` : "";
}

/**
 * Whether the list stands as the page was built.
 *
 * @param {ListQuery} query
 */
export function isPlain(query) {
  return !query.q.trim() && !Object.keys(query.choices).length && !query.sort && query.show <= STEP;
}

/**
 * @param {ListQuery["choices"]} choices
 * @param {Columns} columns
 * @returns {Set<number>[]} For each facet the places of the chosen options; what the list does not offer is nobody's choice.
 */
export function placesOf(choices, columns) {
  return columns.facets.map((facet) => {
    /** @type {Set<number>} */
    const chosen = new Set();
    facet.options.forEach((option, place) => {
      if ((choices[option.parameter] || []).includes(option.key)) chosen.add(place);
    });
    return chosen;
  });
}

/**
 * @param {Set<number>[]} chosen For each facet the places of the chosen options.
 * @param {Columns} columns
 * @returns {ListQuery["choices"]} As the address names them.
 */
export function choicesOf(chosen, columns) {
  /** @type {ListQuery["choices"]} */
  const choices = {};
  columns.facets.forEach((facet, at) => {
    facet.options.forEach((option, place) => {
      if (chosen[at].has(place)) (choices[option.parameter] = choices[option.parameter] || []).push(option.key);
    });
  });
  return choices;
}

// A demand as `data/v1` tells it (`jiebang.site.exports.json.demand`).
import { fetchJson, oncePerKey } from "../common/request.js";

/**
 * What is withheld, or was never said, is null; titles then say so in words.
 *
 * @typedef {object} Enterprise
 * @property {string | null} name
 * @property {string} title
 * @property {string | null} nature
 * @property {string | null} section
 * @property {string | null} section_title
 * @property {string | null} division
 * @property {string | null} division_title
 */

/**
 * @typedef {"published" | "selected" | "accepted" | "unmet" | "failed"} Status
 */

/**
 * @typedef {object} Demand
 * @property {string} id
 * @property {string} code
 * @property {string} title
 * @property {Status} status
 * @property {string} status_title
 * @property {string} summary
 * @property {string} parameters
 * @property {string} effect
 * @property {string | null} schedule
 * @property {string[]} cooperation
 * @property {string | null} cooperation_note
 * @property {string | null} type
 * @property {string | null} field
 * @property {string | null} category
 * @property {Enterprise} enterprise
 * @property {string | null} district
 * @property {string} district_title
 * @property {string} round
 * @property {string} round_title
 * @property {string} published_on Days as `2031-06-30`.
 * @property {string} apply_by
 * @property {string | null} selected_on
 * @property {string | null} concluded_on
 * @property {number | null} applications
 * @property {number | null} winners
 * @property {string} first_published
 * @property {?string} revisions
 * @property {string} last_changed
 * @property {string} path Where its page stands in the site.
 */

export const HIDDEN_INDUSTRY = "行业不公开";

const demandFile = oncePerKey((address) => /** @type {Promise<Demand>} */ (fetchJson(address)));

/**
 * @param {string} root The way from the page to the site's root.
 * @param {string} id
 * @returns {Promise<Demand>} Fetched once. Rejects with a RequestError.
 */
export function loadDemand(root, id) {
  return demandFile(`${root}data/v1/demands/${id.toLowerCase()}.json`);
}

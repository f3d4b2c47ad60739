// The list of files that are worked through, kept in this tab until it is closed: two pages share it, no server gets it.

/** @import { Item, Kept } from "./types.js" */

const KEY = "jiebang.read";

/** @returns {Kept} an empty list where there is none, or where the browser keeps nothing */
export function kept() {
  try {
    const found = /** @type {Partial<Kept> | null} */ (JSON.parse(sessionStorage.getItem(KEY) || "null"));
    if (found && Array.isArray(found.items)) return { items: found.items, round: found.round || "", district: found.district || "" };
  } catch {
    // As if nothing had been read.
  }
  return { items: [], round: "", district: "" };
}

/**
 * @param {Kept} all
 * @returns {boolean} false where the browser refuses
 */
export function keep(all) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // A browser that refuses access has stored nothing.
  }
}

/**
 * @param {string} id
 * @param {Partial<Item>} changes
 * @param {Partial<Kept>} [more]
 */
export function note(id, changes, more = {}) {
  const all = { ...kept(), ...more };
  keep({ ...all, items: all.items.map((item) => (item.id === id ? { ...item, ...changes } : item)) });
}

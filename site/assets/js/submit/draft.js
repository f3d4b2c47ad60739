// The draft: one for each page, in the local storage of this browser, which may refuse.

/** @import { Draft } from "./types.js" */

/** @param {string} page */
function key(page) {
  return `jiebang.${page}`;
}

/**
 * Whether a stored value is a draft. Another program on the same host, or an older version of this one, may have stored something
 * else under the name; the form must start all the same.
 *
 * @param {unknown} found
 * @returns {found is Draft}
 */
export function isDraft(found) {
  const draft = /** @type {Partial<Draft> | null} */ (found);
  if (!draft || typeof draft.saved !== "string" || !Array.isArray(draft.ones)) return false;
  const { values, rows, ids, linked } = draft;
  if (![values, rows, ids, linked].every((map) => map && typeof map === "object")) return false;
  // Names of controls go into selectors.
  return [...Object.keys(values || {}), ...Object.keys(rows || {})].every((name) => /^[\w.]+$/.test(name));
}

/**
 * Whether anything was answered beside what the form fills in itself.
 *
 * @param {Draft} draft
 */
export function hasAnswers(draft) {
  return Object.entries(draft.values).some(([name, value]) => name.includes(".") && value.length > 0);
}

/**
 * @param {string} page
 * @param {Draft} draft
 * @returns {boolean} false where the browser refuses
 */
export function saveDraft(page, draft) {
  try {
    localStorage.setItem(key(page), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} page
 * @returns {Draft | null} null where there is none, or none that can be read
 */
export function loadDraft(page) {
  try {
    /** @type {unknown} */
    const draft = JSON.parse(localStorage.getItem(key(page)) || "null");
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** @param {string} page */
export function clearDraft(page) {
  try {
    localStorage.removeItem(key(page));
  } catch {
    // A browser that refuses access has stored nothing.
  }
}

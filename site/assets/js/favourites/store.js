// Demands that a reader keeps as favourites: their ids stand in this browser and nowhere else. Pages that are open side by side follow
// each other.

/** The key has been in readers' browsers since the first version, hence its name. */
const KEY = "marks";
const ID = /^D-[0-9A-Z]{8}$/;

/** @type {Set<() => void>} */
const listeners = new Set();
let kept = read();
let refused = false;

/**
 * @param {unknown} ids What stands in the storage or in an address: anything at all.
 * @returns {string[]} The ids of it, each once, in the order given.
 */
export function validIds(ids) {
  if (!Array.isArray(ids)) return [];
  return ids.filter((id, place) => typeof id === "string" && ID.test(id) && ids.indexOf(id) === place);
}

/** @returns {string[]} */
function read() {
  try {
    return validIds(JSON.parse(localStorage.getItem(KEY) || "[]"));
  } catch {
    // Storage is forbidden, or holds what somebody else wrote: begin anew.
    return [];
  }
}

function tell() {
  listeners.forEach((listener) => listener());
}

/** @returns {string[]} In the order in which they were added. */
export function favourites() {
  return kept.slice();
}

/** @param {string} id */
export function isFavourite(id) {
  return kept.includes(id);
}

/** @param {string[]} ids */
export function setFavourites(ids) {
  kept = validIds(ids);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // They then hold until the page is left; the page of favourites says so.
    refused = true;
  }
  tell();
}

/** @param {string} id */
export function toggleFavourite(id) {
  setFavourites(isFavourite(id) ? kept.filter((other) => other !== id) : kept.concat(id));
}

/** Whether the browser did not let them be kept. */
export function isRefused() {
  return refused;
}

/** @param {() => void} listener Called after each change, those on other pages included. */
export function onFavouritesChange(listener) {
  listeners.add(listener);
}

/** Takes over what other pages have kept meanwhile. */
function readAgain() {
  kept = read();
  tell();
}

/** Follows what other pages of the site keep. */
export function followOtherPages() {
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) readAgain();
  });
  // A page that comes back from the browser's memory may have missed what was kept meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && !refused) readAgain();
  });
}

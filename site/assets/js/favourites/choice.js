// Which of many demands stand side by side: no more than can be read beside each other.

/** How many at most. */
export const MOST = 4;

/**
 * @param {string[]} ids All that could be compared, in their order.
 * @param {string[]} before Those that were until now.
 * @returns {string[]} Those of them that are left, the first ones where none is: in the order of `ids`, and never more than `MOST`.
 */
export function chosenOf(ids, before) {
  const left = ids.filter((id) => before.includes(id));
  return (left.length ? left : ids).slice(0, MOST);
}

/**
 * @param {string[]} chosen
 * @param {string} id
 * @returns {string[]} With it, or without it where it was there; as they are where there is no room for one more.
 */
export function toggled(chosen, id) {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  return chosen.length < MOST ? chosen.concat(id) : chosen;
}

/**
 * @param {number} count How many demands.
 * @param {number} room How many fit side by side.
 * @returns {number} How many to lay side by side, so that all tables are about as wide.
 */
export function perTable(count, room) {
  return Math.ceil(count / Math.ceil(count / room)) || 1;
}

const DAY = 86400000;

/** @returns {string} Today in China, wherever the reader is: deadlines are days there. */
export function today() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/**
 * @param {string} day `2031-06-30`
 * @returns {number} Days from today; negative for a day that is past.
 */
export function daysUntil(day) {
  return Math.round((Date.parse(day) - Date.parse(today())) / DAY);
}

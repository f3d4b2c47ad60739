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

/**
 * @param {string} text
 * @returns {boolean} Whether it is a day that exists, written `2031-06-30`.
 */
export function isDay(text) {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, date] = parts.slice(1).map(Number);
  const day = new Date(Date.UTC(year, month - 1, date));
  // JavaScript takes years before 100 for 19xx; no enterprise was registered then.
  return year >= 100 && day.getUTCMonth() === month - 1 && day.getUTCDate() === date;
}

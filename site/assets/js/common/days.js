const DAY = 86400000;

/** @returns {string} Today in China, wherever the reader is: deadlines are days there. */
export function today() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/**
 * @param {string} from `2031-06-30`
 * @param {string} until
 * @returns {number} Days from one to the other; negative where the other is before.
 */
export function daysBetween(from, until) {
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY);
}

/**
 * @param {string} day `2031-06-30`
 * @returns {number} Days from today; negative for a day that is past.
 */
export function daysUntil(day) {
  return daysBetween(today(), day);
}

const NAMED = ["今天", "明天", "后天"];
/** Up to so many days are counted one by one; more say nothing that the date beside them does not say better. */
const COUNTED = 45;
/** Up to so many months are counted, then half years. */
const MONTHS = 11;

/**
 * A length of time, as people say it, to be put behind a word.
 *
 * @param {number} days
 * @returns {string} ` 5 天`, `约 3 个月`, `约 1 年半`
 */
export function spanOf(days) {
  if (days <= COUNTED) return ` ${days} 天`;
  const months = Math.round((days * 12) / 365);
  if (months <= MONTHS) return `约 ${months} 个月`;
  const halves = Math.round((days * 2) / 365);
  return `约 ${Math.floor(halves / 2)} 年${halves % 2 ? "半" : ""}`;
}

/**
 * How much time is left, as people say it. The same as `time_left` of `jiebang.desk.remaining`.
 *
 * @param {number} days Days from today, as `daysUntil` tells them.
 * @returns {string} 今天, 明天, 后天, 还有 5 天, 还有约 3 个月, 还有约 1 年半; 已过 2 天 of a day that is past.
 */
export function timeLeft(days) {
  if (days < 0) return `已过 ${-days} 天`;
  return NAMED[days] || `还有${spanOf(days)}`;
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

// What depends on the day on which a page is read: the pages themselves never do.
import { daysUntil, timeLeft } from "../common/days.js";
import { dataOf, part, parts } from "../common/element.js";

/** Days before a deadline from which it is said to be near. */
const SOON = 14;

/** @param {number} days */
export function remainingText(days) {
  if (days < 0) return "已截止";
  const said = timeLeft(days);
  return said.startsWith("还有") ? said : `${said}截止`;
}

/**
 * How many demands can still be applied for.
 *
 * @param {string} text How many end on which day: `2031-06-30:12 2031-07-01:3`.
 * @param {number} within Only those of today and the next so many days; 0 for all.
 */
export function countOpen(text, within) {
  return text.split(" ").filter(Boolean).reduce((sum, entry) => {
    const days = daysUntil(entry.slice(0, 10));
    return days >= 0 && (!within || days <= within) ? sum + Number(entry.slice(11)) : sum;
  }, 0);
}

/** @param {HTMLElement} state */
function showState(state) {
  const over = daysUntil(dataOf(state, "applyBy")) < 0;
  state.textContent = over ? "揭榜已截止" : "可揭榜";
  state.classList.toggle("state-closed", over);
}

/** @param {HTMLElement} left */
function showRemaining(left) {
  const days = daysUntil(dataOf(left, "left"));
  left.textContent = remainingText(days);
  left.classList.toggle("left-over", days < 0);
  left.classList.toggle("left-soon", days >= 0 && days <= SOON);
}

/** @param {HTMLElement} panel */
function showHowToApply(panel) {
  const over = daysUntil(dataOf(panel, "applyBy")) < 0;
  part(panel, "[data-apply-open]", HTMLElement).hidden = over;
  part(panel, "[data-apply-closed]", HTMLElement).hidden = !over;
}

/**
 * Shows states and remaining days of everything below an element.
 *
 * @param {ParentNode} within
 */
export function showDeadlines(within) {
  parts(within, ".state[data-apply-by]").forEach(showState);
  parts(within, "[data-left]").forEach(showRemaining);
  parts(within, ".panel-apply[data-apply-by]").forEach(showHowToApply);
  parts(within, "[data-day]").forEach((item) => item.classList.toggle("past", daysUntil(dataOf(item, "day")) < 0));
}

/**
 * Of those that close soon: without the ones that have closed, as many as there is room for.
 *
 * @param {HTMLElement} list
 */
function showClosing(list) {
  let room = Number(list.dataset.closing);
  parts(list, "li").forEach((item) => {
    item.hidden = daysUntil(dataOf(item, "until")) < 0 || room <= 0;
    if (!item.hidden) room -= 1;
  });
  const none = part(/** @type {HTMLElement} */ (list.parentNode), "[data-closing-none]", HTMLElement);
  none.hidden = list.querySelector("li:not([hidden])") !== null;
}

/**
 * Of the days on which something ends: without those that are past, and without months that have none left.
 *
 * @param {HTMLElement} list
 */
function hidePast(list) {
  parts(list, "[data-until]").forEach((day) => {
    day.hidden = daysUntil(dataOf(day, "until")) < 0;
  });
  parts(list, ":scope > *").forEach((month) => {
    month.hidden = month.querySelector("[data-until]:not([hidden])") === null;
  });
  const none = part(/** @type {HTMLElement} */ (list.parentNode), "[data-deadlines-none]", HTMLElement);
  none.hidden = list.querySelector(":scope > :not([hidden])") !== null;
}

/** Shows everything of a page as it is today. */
export function showToday() {
  parts(document, "[data-closing]").forEach(showClosing);
  parts(document, "[data-deadlines]").forEach(hidePast);
  parts(document, "[data-open-by]").forEach((place) => {
    place.textContent = String(countOpen(dataOf(place, "openBy"), Number(place.dataset.within)));
  });
  showDeadlines(document);
}

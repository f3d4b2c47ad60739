// Industries are many: only those whose code or name, of either edition of the standard, holds what was typed stay in the list.

import { dataOf } from "../common/element.js";
import { normaliseWidth } from "./characters.js";

/**
 * @param {HTMLOptionElement} option
 * @param {string} wanted
 */
function fits(option, wanted) {
  return !wanted || ((option.textContent || "") + dataOf(option, "old")).includes(wanted);
}

/**
 * @param {HTMLInputElement} input whose `data-filter` is the id of the list
 */
export function filterIndustries(input) {
  const wanted = normaliseWidth(input.value).trim();
  const list = /** @type {HTMLSelectElement} */ (document.getElementById(dataOf(input, "filter")));
  const hits = [];
  for (const option of Array.from(list.options)) {
    const fitting = fits(option, wanted);
    // The option without a value asks to choose: it stays.
    option.hidden = option.disabled = Boolean(option.value) && !fitting;
    if (option.value && fitting) hits.push(option);
  }
  for (const group of Array.from(list.querySelectorAll("optgroup"))) {
    group.hidden = Array.from(group.querySelectorAll("option")).every((option) => option.hidden);
  }
  if (hits.length === 1) {
    list.value = hits[0].value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Entries of the list, made from the demands' own files: the same elements as `card` of the templates, with what was searched for marked.
import { element } from "../common/element.js";
import { HIDDEN_INDUSTRY } from "../demand/demand.js";
import { deadlineParts, stateBadge } from "../demand/elements.js";
import { excerpt, matchRanges, oneLine } from "../search/matches.js";

/** @import { Demand } from "../demand/demand.js" */

/** Characters of a card's text. */
const LENGTH = 84;

/**
 * The same as `excerpt` of `jiebang.site.text`.
 *
 * @param {string} text
 */
export function beginningOf(text) {
  const letters = Array.from(oneLine(text));
  return letters.length <= LENGTH ? letters.join("") : `${letters.slice(0, LENGTH).join("").trimEnd()}…`;
}

/**
 * @param {Demand} demand
 * @param {string[]} words
 */
export function cardText(demand, words) {
  if (!words.length) return beginningOf(demand.summary);
  const texts = [demand.summary, demand.parameters, demand.effect, demand.schedule, demand.cooperation_note];
  return excerpt(texts.filter(Boolean), words, LENGTH).text;
}

/**
 * Puts a text into an element, the words that were searched for inside <mark>.
 *
 * @template {HTMLElement} Target
 * @param {Target} target
 * @param {string} text
 * @param {string[]} words
 * @returns {Target}
 */
function put(target, text, words) {
  let at = 0;
  matchRanges(text, words).forEach(([from, to]) => {
    if (from > at) target.append(text.slice(at, from));
    target.append(element("mark", "", text.slice(from, to)));
    at = to;
  });
  if (at < text.length) target.append(text.slice(at));
  return target;
}

/**
 * @param {Demand} demand
 * @param {string[]} words
 */
function topLine(demand, words) {
  const made = element("div", "card-top");
  made.append(stateBadge(demand), put(element("span", "code"), demand.code, words));
  if (demand.type) made.append(put(element("span", "kind"), demand.type, words));
  return made;
}

/**
 * @param {Demand} demand
 * @param {string[]} words
 */
function enterpriseLine(demand, words) {
  const { enterprise } = demand;
  const made = element("p", "card-who");
  made.append(
    put(element("span", enterprise.name ? "who" : "who who-hidden"), enterprise.title, words),
    put(element("span"), demand.district_title, words),
    put(element("span"), enterprise.division_title || enterprise.section_title || HIDDEN_INDUSTRY, words),
  );
  if (demand.field) made.append(put(element("span"), demand.field, words));
  return made;
}

/**
 * @param {Demand} demand
 * @param {string} root
 * @param {string[]} words What was searched for, folded.
 */
export function card(demand, root, words) {
  const item = element("li", "card");
  item.dataset.demand = demand.id;
  const title = element("h2", "card-title");
  const link = put(element("a"), demand.title, words);
  link.href = root + demand.path;
  title.append(link);
  const due = element("p", "card-due", "揭榜截止 ");
  due.append(...deadlineParts(demand));
  item.append(
    topLine(demand, words),
    title,
    put(element("p", "card-text"), cardText(demand, words), words),
    enterpriseLine(demand, words),
    due,
  );
  return item;
}

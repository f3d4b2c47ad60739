// Which published feed is nearest to a choice: the smallest that is sure to hold all that the choice finds, today and later.
import { element } from "../common/element.js";

/** @import { Columns, Facet } from "./columns.js" */

/**
 * @typedef {object} Feed
 * @property {string} place Below `feeds/` and `calendars/`, without an ending (`jiebang.site.subscriptions`).
 * @property {string} title
 * @property {number} total Demands of the group.
 */

/** An entry of a facet that stands for what is not said; nothing is published for it. */
const UNSAID = "-";
/** Entries of a feed (`jiebang.site.exports.feeds`). */
const MOST = 50;

/** Where the feeds of a facet's options stand; other facets have none. `outer` is the option that the key is a part of.
 *
 * @type {Record<string, (key: string, outer: string) => string>} */
const PLACES = {
  district: (key) => `districts/${key}`,
  section: (key) => `industries/${key.toLowerCase()}`,
  division: (key, outer) => `industries/${outer.toLowerCase()}/${key}`,
  field: (key) => `fields/${key}`,
};

/**
 * @param {Facet} facet
 * @param {number} option
 * @returns {number} How many demands have it.
 */
function totalOf(facet, option) {
  const having = facet.sets.map((set) => set.includes(option));
  return facet.rows.reduce((total, row) => total + (having[row] ? 1 : 0), 0);
}

/**
 * The one option of which all that is chosen is a part; null where there is none: several choices of a facet widen it.
 *
 * @param {Facet} facet
 * @param {Set<number>} chosen
 */
function commonOption(facet, chosen) {
  const [first, ...others] = chosen;
  if (first === undefined) return null;
  if (!others.length) return first;
  const outer = new Set(Array.from(chosen, (option) => facet.options[option].within ?? option));
  return outer.size === 1 ? Array.from(outer)[0] : null;
}

/**
 * Words, states, rounds and the like have no feed of their own, so that what they find now may lie in one group by chance: only a
 * choice of a group tells that later finds will lie there too.
 *
 * @param {Columns} columns
 * @param {Set<number>[]} chosen For each facet the places of the chosen options.
 * @returns {Feed}
 */
export function nearestFeed(columns, chosen) {
  /** @type {Feed} */
  let nearest = { place: "all", title: "全部需求", total: columns.count };
  columns.facets.forEach((facet, at) => {
    const option = commonOption(facet, chosen[at]);
    if (option === null) return;
    const { key, title, parameter, within } = facet.options[option];
    const placeOf = PLACES[parameter];
    const total = totalOf(facet, option);
    if (!placeOf || key === UNSAID || total > nearest.total) return;
    nearest = { place: placeOf(key, within === undefined ? "" : facet.options[within].key), title, total };
  });
  return nearest;
}

/**
 * @param {Feed} feed
 * @param {number} found How many demands the reader's choice finds.
 */
export function inWords({ title, total }, found) {
  const more = total - found;
  const what = more ? `最接近这次筛选的订阅是“${title}”，比您的筛选多 ${more} 项` : `订阅“${title}”现在正好是这 ${found} 项`;
  const newest = total > MOST ? `订阅里只有最近新增和变化的 ${MOST} 项，` : "";
  return `${what}。${newest}日历里是其中正在发榜的截止日期和本轮期限。想要正好符合筛选的，收藏本页网址，打开时就是最新结果。`;
}

/**
 * Offers the feed in its three forms.
 *
 * @param {HTMLElement} box
 * @param {string} root of the site
 * @param {Feed} feed
 * @param {number} found
 */
export function offerFeed(box, root, feed, found) {
  const links = element("p", "subscription");
  for (const [text, address, type] of [
    ["订阅（Atom）", `feeds/${feed.place}.atom`, "application/atom+xml"],
    ["订阅（JSON Feed）", `feeds/${feed.place}.json`, "application/feed+json"],
    ["截止日期日历", `calendars/${feed.place}.ics`, "text/calendar"],
    ["怎样使用", "subscribe/", ""],
  ]) {
    const link = element("a", "", text);
    link.href = root + address;
    if (type) link.type = type;
    links.append(link, " ");
  }
  box.replaceChildren(links, element("p", "note", inWords(feed, found)));
}

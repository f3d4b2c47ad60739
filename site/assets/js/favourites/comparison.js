// Demands side by side as a table: a column for each, a row for each fact.
import { element } from "../common/element.js";
import { HIDDEN_INDUSTRY } from "../demand/demand.js";
import { deadlineParts, stateBadge } from "../demand/elements.js";

/** @import { Demand } from "../demand/demand.js" */

/** @param {string | null | undefined} text */
function paragraphs(text) {
  return (text || "").split("\n").filter((line) => line.trim()).map((line) => element("p", "", line));
}

/** @param {(string | null)[]} texts */
function eachOnItsLine(texts) {
  return paragraphs(texts.filter(Boolean).join("\n"));
}

/**
 * @param {number | null} value
 * @param {string} unit
 */
function quantity(value, unit) {
  return value === null ? "未公布" : `${value} ${unit}`;
}

/** @type {[title: string, content: (demand: Demand) => HTMLElement[]][]} */
const ROWS = [
  ["状态", (demand) => [stateBadge(demand)]],
  ["揭榜截止", deadlineParts],
  ["代码", (demand) => [element("span", "code", demand.code)]],
  ["发榜企业", (demand) => paragraphs(demand.enterprise.title)],
  ["企业性质", (demand) => paragraphs(demand.enterprise.nature || "性质不公开")],
  ["所在区", (demand) => paragraphs(demand.district_title)],
  ["行业", (demand) => eachOnItsLine([demand.enterprise.section_title || HIDDEN_INDUSTRY, demand.enterprise.division_title])],
  ["领域和类别", (demand) => eachOnItsLine([demand.field || "未标明领域", demand.category])],
  ["需求内容", (demand) => paragraphs(demand.summary)],
  ["参数要求", (demand) => paragraphs(demand.parameters)],
  ["需达到的效果", (demand) => paragraphs(demand.effect)],
  ["时间要求", (demand) => paragraphs(demand.schedule)],
  ["合作方式", (demand) => eachOnItsLine([demand.cooperation.join("、"), demand.cooperation_note])],
  ["轮次", (demand) => paragraphs(demand.round_title)],
  ["发榜日期", (demand) => paragraphs(demand.published_on)],
  ["揭榜申请", (demand) => paragraphs(quantity(demand.applications, "份"))],
];

/**
 * @param {Demand} demand
 * @param {string} root
 */
function headCell(demand, root) {
  const cell = element("th", "comparison-demand");
  cell.scope = "col";
  cell.dataset.demand = demand.id;
  const link = element("a", "card-title", demand.title);
  link.href = root + demand.path;
  cell.append(link);
  return cell;
}

/**
 * @param {string} title
 * @param {HTMLElement[][]} contents One for each demand.
 */
function row(title, contents) {
  const made = element("tr");
  const head = element("th", "comparison-row", title);
  head.scope = "row";
  made.append(head);
  contents.forEach((content) => {
    const cell = element("td");
    cell.append(...content);
    made.append(cell);
  });
  return made;
}

/**
 * @param {Demand[]} demands
 * @param {string} root
 */
function table(demands, root) {
  const made = element("table", "comparison");
  const head = element("tr");
  head.append(element("td", "comparison-corner"), ...demands.map((demand) => headCell(demand, root)));
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  body.append(...ROWS.map(([title, content]) => row(title, demands.map(content))));
  made.append(element("caption", "sr", "标记的需求对照"), top, body);
  return made;
}

/**
 * A wide table scrolls within itself, by keyboard too.
 *
 * @param {Demand[]} demands
 * @param {string} root
 */
export function comparison(demands, root) {
  const made = element("div", "comparison-scroll");
  made.tabIndex = 0;
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "标记的需求对照，可左右滚动");
  made.append(table(demands, root));
  return made;
}

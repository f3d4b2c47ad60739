// State and deadline of a demand, the same wherever scripts show them; what they say today is put in by `page/deadlines.js`.
import { element } from "../common/element.js";

/** @import { Demand } from "./demand.js" */

/** @param {Demand} demand */
export function stateBadge(demand) {
  const made = element("span", `state state-${demand.status}`, demand.status_title);
  if (demand.status === "published") made.dataset.applyBy = demand.apply_by;
  return made;
}

/**
 * @param {Demand} demand
 * @returns {HTMLElement[]} The day, and where it can still be applied for the place for the days that are left.
 */
export function deadlineParts(demand) {
  const day = element("time", "", demand.apply_by);
  day.dateTime = demand.apply_by;
  if (demand.status !== "published") return [day];
  const left = element("span", "left");
  left.dataset.left = demand.apply_by;
  return [day, left];
}

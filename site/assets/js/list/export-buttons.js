// The buttons that hand the list over as a table: the demands that the reader's choice leaves, or all of them.
import { dataOf, part } from "../common/element.js";
import { fetchJson, once } from "../common/request.js";
import { loadDemand } from "../demand/demand.js";
import { downloadTable, StaleError } from "../export/download.js";

/** @import { Demand } from "../demand/demand.js" */

/** Up to here a demand's own file is asked for; for more of them the whole catalogue is one request. */
const FEW = 60;

/**
 * @param {string[]} ids
 * @param {Demand[]} demands
 * @returns {Demand[]} Those with the ids, in that order. Throws StaleError where one is missing.
 */
export function pickDemands(ids, demands) {
  const byId = new Map(demands.map((demand) => [demand.id, demand]));
  return ids.map((id) => {
    const demand = byId.get(id);
    if (!demand) throw new StaleError(id);
    return demand;
  });
}

/**
 * @param {HTMLElement} page
 * @param {() => Promise<(number: number) => string>} ids Promises what gives a number's id.
 * @returns {(numbers: number[] | null) => void} Takes over what the list shows now; null for all of it.
 */
export function setUpExportButtons(page, ids) {
  const root = dataOf(page, "root");
  const status = part(page, "[data-export-status]", HTMLElement);
  const scope = part(page, "[data-export-scope]", HTMLElement);
  const all = scope.textContent;
  const buttons = Array.from(page.querySelectorAll("button[data-export]")).filter(
    /** @returns {one is HTMLButtonElement} */ (one) => one instanceof HTMLButtonElement,
  );
  const catalogue = once(async () => /** @type {{ demands: Demand[] }} */ (await fetchJson(dataOf(page, "wholeSrc"))));
  /** @type {number[] | null} */
  let listed = null;

  async function gather() {
    if (listed === null) return (await catalogue()).demands;
    const wanted = listed;
    const idOf = await ids();
    const named = wanted.map(idOf);
    if (named.length <= FEW) return Promise.all(named.map((id) => loadDemand(root, id)));
    return pickDemands(named, (await catalogue()).demands);
  }

  buttons.forEach((pressed) => {
    pressed.addEventListener("click", () => downloadTable(pressed.dataset.export === "csv" ? "csv" : "xlsx", gather, root, status));
  });
  return (numbers) => {
    listed = numbers;
    scope.textContent = numbers === null ? all : `符合条件的 ${numbers.length} 项，按现在的顺序`;
    status.textContent = "";
    buttons.forEach((one) => {
      one.disabled = numbers !== null && !numbers.length;
    });
  };
}

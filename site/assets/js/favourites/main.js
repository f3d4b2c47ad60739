// The page of favourites: those kept in this browser, or those that the address names, side by side.
import { dataOf, element, part, parts, showAwaited } from "../common/element.js";
import { RequestError } from "../common/request.js";
import { loadDemand } from "../demand/demand.js";
import { downloadTable } from "../export/download.js";
import { showDeadlines } from "../page/deadlines.js";
import { addFavouriteButtons } from "./buttons.js";
import { chosenOf, MOST, perTable, toggled } from "./choice.js";
import { comparison } from "./comparison.js";
import { favourites, isRefused, onFavouritesChange, setFavourites, validIds } from "./store.js";

/** @import { Demand } from "../demand/demand.js" */

/** As many columns as a sheet of paper takes. */
const ON_PAPER = 3;

const page = part(document, "[data-favourites]", HTMLElement);
const root = dataOf(page, "root");
const tables = part(page, "[data-favourites-tables]", HTMLElement);
const count = part(page, "[data-favourites-count]", HTMLElement);
const status = part(page, "[data-favourites-status]", HTMLElement);
const choice = part(page, "[data-favourites-choice]", HTMLFieldSetElement);
/** @type {Demand[]} */
let shown = [];
/** @type {string[]} Ids of those that stand side by side. */
let chosen = [];
let turn = 0;

/** @returns {string[] | null} Null where the address names none. */
function idsFromAddress() {
  const given = new URLSearchParams(location.search).get("ids");
  return given === null ? null : validIds(given.split(","));
}

/** @param {number} room How many fit side by side. */
function lay(room) {
  const beside = shown.filter((demand) => chosen.includes(demand.id));
  const each = perTable(beside.length, room);
  const made = [];
  for (let from = 0; from < beside.length; from += each) made.push(comparison(beside.slice(from, from + each), root));
  tables.replaceChildren(...made);
  showDeadlines(tables);
  addFavouriteButtons(tables);
}

/** No more can be chosen than there is room for; the others wait. */
function showChosen() {
  parts(choice, "input").forEach((box) => {
    if (!(box instanceof HTMLInputElement)) return;
    box.checked = chosen.includes(box.value);
    box.disabled = !box.checked && chosen.length >= MOST;
  });
  part(page, "[data-favourites-few]", HTMLElement).hidden = chosen.length > 0 || !shown.length;
}

/** @param {Demand} demand */
function choiceOf(demand) {
  const label = element("label", "favourites-choice");
  const box = element("input");
  box.type = "checkbox";
  box.value = demand.id;
  box.addEventListener("change", () => {
    chosen = toggled(chosen, demand.id);
    showChosen();
    lay(MOST);
  });
  label.append(box, element("span", "", demand.title));
  return label;
}

/** Where there are more than stand side by side, the reader says which. */
function offerChoice() {
  choice.hidden = shown.length <= MOST;
  part(choice, "[data-favourites-choices]", HTMLElement).replaceChildren(...(choice.hidden ? [] : shown.map(choiceOf)));
  showChosen();
}

/** @param {string[]} gone */
function sayGone(gone) {
  const note = part(page, "[data-favourites-gone]", HTMLElement);
  note.hidden = !gone.length;
  part(note, "[data-favourites-gone-ids]", HTMLElement).textContent = gone.join("、");
}

/**
 * @param {string[]} ids
 * @param {(Demand | null)[]} answers One for each id; null where it is published no more.
 */
function present(ids, answers) {
  shown = answers.filter(/** @returns {demand is Demand} */ (demand) => demand !== null);
  sayGone(ids.filter((_, place) => !answers[place]));
  chosen = chosenOf(shown.map((demand) => demand.id), chosen);
  offerChoice();
  lay(MOST);
  part(page, "[data-favourites-none]", HTMLElement).hidden = ids.length > 0;
  part(page, "[data-favourites-tools]", HTMLElement).hidden = !ids.length;
  count.textContent = ids.length ? `共 ${shown.length} 项` : "";
}

/**
 * @param {string} id
 * @returns {Promise<Demand | null>}
 */
async function loadIfPublished(id) {
  try {
    return await loadDemand(root, id);
  } catch (failed) {
    if (failed instanceof RequestError && failed.status === 404) return null;
    throw failed;
  }
}

async function update() {
  const mine = (turn += 1);
  const given = idsFromAddress();
  const ids = given || favourites();
  part(page, "[data-favourites-shared]", HTMLElement).hidden = given === null;
  part(page, "[data-favourites-refused]", HTMLElement).hidden = !isRefused();
  parts(page, "[data-favourites-own]").forEach((own) => {
    own.hidden = given !== null;
  });
  try {
    const answers = await Promise.all(ids.map(loadIfPublished));
    if (mine === turn) present(ids, answers);
  } catch (failed) {
    if (mine !== turn) return;
    count.textContent = "没有取到需求数据，请检查网络后刷新页面。";
    if (!(failed instanceof RequestError)) throw failed;
  } finally {
    if (mine === turn) showAwaited(page);
  }
}

/**
 * Where the clipboard is refused the address stands ready to be copied by hand.
 *
 * @param {string} address
 */
function showAddress(address) {
  const field = part(page, "[data-favourites-address]", HTMLElement);
  field.hidden = false;
  const input = part(field, "input", HTMLInputElement);
  input.value = address;
  input.select();
}

async function share() {
  const address = `${location.origin}${location.pathname}?ids=${shown.map((demand) => demand.id).filter((id) => chosen.includes(id)).join(",")}`;
  try {
    await navigator.clipboard.writeText(address);
    status.textContent = "地址已复制，发给别人就能看到同样的对照。";
  } catch {
    status.textContent = "请复制下面的地址。";
    showAddress(address);
  }
}

/** @param {"csv" | "xlsx"} kind */
function download(kind) {
  return downloadTable(kind, () => Promise.resolve(shown), root, status);
}

/** @type {Record<string, () => void>} */
const ACTIONS = {
  print: () => window.print(),
  share,
  clear: () => {
    setFavourites([]);
    status.textContent = "已清空。";
  },
  keep: () => {
    setFavourites(favourites().concat(idsFromAddress() ?? []));
    status.textContent = "已加入本机的标记。";
  },
  gone: () => setFavourites(favourites().filter((id) => shown.some((demand) => demand.id === id))),
  xlsx: () => download("xlsx"),
  csv: () => download("csv"),
};

async function followChange() {
  if (idsFromAddress() !== null) return;
  // The button that was pressed may be gone with its column.
  await update();
  if (document.activeElement === document.body) count.focus();
}

parts(page, "[data-action]").forEach((pressed) => pressed.addEventListener("click", ACTIONS[dataOf(pressed, "action")]));
window.addEventListener("beforeprint", () => lay(ON_PAPER));
window.addEventListener("afterprint", () => lay(MOST));
window.addEventListener("popstate", update);
onFavouritesChange(followChange);
update();

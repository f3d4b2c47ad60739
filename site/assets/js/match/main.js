// The page that finds demands for a description. What is written there goes nowhere: the index comes here, and the demands that suit.
import { today } from "../common/days.js";
import { dataOf, element, part } from "../common/element.js";
import { once, RequestError } from "../common/request.js";
import { loadDemand } from "../demand/demand.js";
import { addFavouriteButtons } from "../favourites/buttons.js";
import { validIds } from "../favourites/store.js";
import { card } from "../list/cards.js";
import { showDeadlines } from "../page/deadlines.js";
import { onFile } from "./choosing.js";
import { loadIndex } from "./index.js";
import { matches } from "./ranking.js";
import { reasonsFor } from "./reasons.js";

/** @import { Index } from "./index.js" */
/** @import { Match } from "./ranking.js" */
/** @import { Reason } from "./reasons.js" */

const MOST = 10;
const page = part(document, "[data-match]", HTMLElement);
const root = dataOf(page, "root");
const field = part(page, "textarea", HTMLTextAreaElement);
const status = part(page, "[data-match-status]", HTMLElement);
const list = part(page, "[data-match-found]", HTMLElement);
const index = once(() => loadIndex(dataOf(page, "src")));
const verdict = part(page, "[data-match-verdict]", HTMLElement);
let turn = 0;
/** The demand from whose page the reader comes, if any. */
let wanted = "";

/** @param {Reason[]} reasons */
function reasonLine(reasons) {
  const line = element("p", "match-reasons", "相合：");
  reasons.forEach(({ word, said, field: title }, at) => {
    line.append(at ? "、" : "", word === said ? word : `${word} → ${said}`, element("span", "match-field", `（${title}）`));
  });
  return line;
}

/**
 * @param {Match} match
 * @param {Index} from
 * @returns {Promise<HTMLElement | null>} Null for what was withdrawn in the meantime.
 */
async function entry(match, from) {
  try {
    const demand = await loadDemand(root, match.id);
    const item = card(demand, root, []);
    item.append(reasonLine(reasonsFor(match.words, demand, from.tokens)));
    return item;
  } catch (failed) {
    if (failed instanceof RequestError && failed.status === 404) return null;
    throw failed;
  }
}

/** @param {Match[]} found */
function sayVerdict(found) {
  const place = found.findIndex((match) => match.id === wanted);
  verdict.hidden = !wanted;
  const where = place < 0 ? `不在最合适的 ${MOST} 项里。介绍写得更具体，结果会更准` : `是第 ${place + 1} 合适的`;
  verdict.textContent = `要看的那项${where}。`;
  const item = place < 0 ? null : list.querySelector(`[data-demand="${wanted}"]`);
  if (item) item.classList.add("card-wanted");
}

/** Names the demand that the address asks about. */
async function showWanted() {
  [wanted = ""] = validIds([new URLSearchParams(location.hash.slice(1)).get("demand")]);
  const note = part(page, "[data-match-wanted]", HTMLElement);
  note.hidden = true;
  verdict.hidden = true;
  if (!wanted) return;
  try {
    const demand = await loadDemand(root, wanted);
    const link = part(note, "a", HTMLAnchorElement);
    link.textContent = demand.title;
    link.href = root + demand.path;
    note.hidden = false;
  } catch (failed) {
    // It was withdrawn, or the line is down: the page then does without it.
    wanted = "";
    if (!(failed instanceof RequestError)) throw failed;
  }
}

async function find() {
  const mine = (turn += 1);
  const text = field.value;
  if (!text.trim()) {
    list.replaceChildren();
    verdict.hidden = true;
    status.textContent = "请先写企业做什么。";
    field.focus();
    return;
  }
  status.textContent = "正在比对……";
  try {
    const from = await index();
    const found = matches(text, from, { today: today(), most: MOST });
    const items = (await Promise.all(found.map((match) => entry(match, from)))).filter(
      /** @returns {item is HTMLElement} */ (item) => item !== null,
    );
    if (mine !== turn) return;
    list.replaceChildren(...items);
    sayVerdict(found);
    showDeadlines(list);
    addFavouriteButtons(list);
    status.textContent = items.length ? `合适的需求 ${items.length} 项，最合适的在前` : "没有合适的需求。可以写得具体些，或换一种说法。";
    status.focus();
  } catch (failed) {
    if (mine !== turn) return;
    list.replaceChildren();
    verdict.hidden = true;
    status.textContent = "没有取到需求数据，请检查网络后再试。";
    if (!(failed instanceof RequestError)) throw failed;
  }
}

const form = part(page, "form", HTMLFormElement);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
onFile(form, field.maxLength, (text) => {
  field.value = text;
  find();
});
window.addEventListener("hashchange", showWanted);
showWanted();
field.addEventListener("focus", () => index().catch(() => {}), { once: true });

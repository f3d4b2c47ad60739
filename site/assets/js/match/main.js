// The page that finds demands for a description. What is written there goes nowhere: the index comes here, and the demands that suit.
import { today } from "../common/days.js";
import { dataOf, element, part } from "../common/element.js";
import { once, RequestError } from "../common/request.js";
import { loadDemand } from "../demand/demand.js";
import { addFavouriteButtons } from "../favourites/buttons.js";
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
let turn = 0;

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

async function find() {
  const mine = (turn += 1);
  const text = field.value;
  if (!text.trim()) {
    list.replaceChildren();
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
    showDeadlines(list);
    addFavouriteButtons(list);
    status.textContent = items.length ? `合适的需求 ${items.length} 项，最合适的在前` : "没有合适的需求。可以写得具体些，或换一种说法。";
    status.focus();
  } catch (failed) {
    if (mine !== turn) return;
    list.replaceChildren();
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
field.addEventListener("focus", () => index().catch(() => {}), { once: true });

// What the page says beside the questions while they are answered: characters left, the computed size, and that a round's day has passed.

import { today } from "../common/days.js";
import { dataOf, part, parts } from "../common/element.js";
import { countCharacters, countWritten } from "./characters.js";
import { roundOver } from "./left.js";
import { PROFILE_LIMIT, SIZES, enterpriseSize } from "./rules.js";

/** @import { Form } from "./form.js" */
/** @import { Submission } from "./types.js" */

/**
 * @param {Form} form
 * @param {string} name of the control
 */
function charactersLeft(form, name) {
  const text = form.text(name);
  // The limit of a profile is in 字数, as its rule counts them.
  if (name === "enterprise.profile") return PROFILE_LIMIT - countWritten(text);
  const schema = form.schemaAt(name);
  return ((schema && schema.maxLength) || 0) - countCharacters(text);
}

/** @param {Form} form */
export function showCharactersLeft(form) {
  for (const box of parts(form.element, "[data-count]")) {
    const name = dataOf(box, "count");
    const left = charactersLeft(form, name);
    box.hidden = !form.text(name);
    box.textContent = left >= 0 ? `还可写 ${left} 字` : `超出 ${-left} 字`;
    box.classList.toggle("count-over", left < 0);
  }
}

/**
 * @param {Form} form
 * @param {Submission} submission
 */
export function showSize(form, submission) {
  /** @type {HTMLElement | null} */
  const box = form.element.querySelector("[data-size]");
  if (!box) return;
  const size = submission.enterprise ? enterpriseSize(form.model, submission.enterprise.record) : undefined;
  box.hidden = size === undefined;
  if (size === undefined) return;
  if (!size) box.textContent = "工信部联企业〔2011〕300号没有规定这个行业的划型标准，不能判定。";
  else if (size.lowest === size.highest) box.textContent = `按工信部联企业〔2011〕300号和上面的数据计算：${SIZES[size.highest]}。`;
  else {
    const possible = SIZES.slice(size.lowest, size.highest + 1).join("、");
    box.textContent = `不能判定：${size.reason}；现有数据只能说明是${possible}之一。`;
  }
}

/**
 * Says that the chosen round's day has passed.
 *
 * @param {Form} form
 */
export function showRoundOver(form) {
  const box = part(form.element, "[data-round-over]", HTMLElement);
  const round = form.round();
  const said = round ? roundOver(form.model, round, today()) : "";
  box.hidden = !said;
  if (box.textContent !== said) box.textContent = said;
}

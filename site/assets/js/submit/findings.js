// Findings on the page: beside their questions, in the summary of errors, and in the list of warnings to confirm.

import { dataOf, element, part, parts } from "../common/element.js";
import { controlId } from "./form.js";

/** @import { Finding } from "./types.js" */
/** @import { Control } from "./form.js" */

/**
 * The element that a finding is about, where the page has one.
 *
 * @param {Finding} finding
 */
export function placeOf({ at, name }) {
  return document.getElementById(at || controlId(name));
}

/**
 * Findings in the order of the page, as people work through it.
 *
 * @param {Finding[]} findings
 * @returns {Finding[]}
 */
export function inPageOrder(findings) {
  return findings
    .map((finding, place) => ({ finding, place, control: placeOf(finding) }))
    .sort((a, b) => {
      if (a.control === b.control || !a.control || !b.control) return a.place - b.place;
      return a.control.compareDocumentPosition(b.control) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    })
    .map(({ finding }) => finding);
}

/**
 * @param {HTMLElement} box of the findings of one question
 * @param {Finding[]} findings
 */
function showInBox(box, findings) {
  const wrong = findings.some((finding) => finding.severity === "error");
  box.hidden = !findings.length;
  box.className = `question-findings ${wrong ? "findings-error" : "findings-warning"}`;
  box.replaceChildren(
    ...findings.map((finding) => {
      const call = finding.severity === "error" ? "请改正：" : "请留意：";
      const line = element("span", "finding", call + finding.message + finding.hint);
      line.dataset.code = finding.code;
      return line;
    }),
  );
  const question = /** @type {HTMLElement} */ (box.closest("[data-question]"));
  question.classList.toggle("question-wrong", wrong);
  for (const control of /** @type {Control[]} */ (parts(question, "[name]"))) {
    if (`${controlId(control.name)}-findings` !== box.id) continue;
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/**
 * The name under which findings come for a box: its control's, or that of its list of rows.
 *
 * @param {HTMLElement} box
 */
function nameOf(box) {
  const question = /** @type {HTMLElement} */ (box.closest("[data-question]"));
  const candidates = /** @type {Control[]} */ (parts(question, "[name], [data-add-row]"));
  const control = candidates.find((one) => `${one.name ? controlId(one.name) : one.id}-findings` === box.id);
  if (!control) return "";
  if (control.name) return control.name;
  return dataOf(/** @type {HTMLElement} */ (control.closest("[data-rows]")), "rows");
}

/**
 * Shows findings beside the questions that have been answered.
 *
 * @param {HTMLElement} form
 * @param {Finding[]} findings
 * @param {(name: string) => boolean} isTouched
 */
export function showFindings(form, findings, isTouched) {
  /** @type {Map<string, Finding[]>} */
  const byName = new Map();
  for (const finding of findings) byName.set(finding.name, [...(byName.get(finding.name) || []), finding]);
  for (const box of parts(form, ".question-findings")) {
    const name = nameOf(box);
    showInBox(box, isTouched(name) ? byName.get(name) || [] : []);
  }
}

/** @param {Finding} finding */
function label(finding) {
  const control = placeOf(finding);
  const entry = control && control.closest("[data-entry]");
  const before = entry ? `${part(entry, "legend", HTMLElement).textContent} · ` : "";
  return before + (finding.code === "S202" ? "" : `${finding.title}：`) + finding.message;
}

/**
 * An entry of a list of findings, which leads to the question.
 *
 * @param {Finding} finding
 * @param {(target: Element) => void} reveal shows the section that a question stands in
 */
function linkTo(finding, reveal) {
  const item = element("li");
  const link = element("a", "", label(finding));
  link.href = `#${finding.at || controlId(finding.name)}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const target = placeOf(finding);
    if (!target) return;
    reveal(target);
    for (let fold = target.closest("details"); fold; fold = fold.parentElement && fold.parentElement.closest("details")) fold.open = true;
    target.focus();
    (target.closest("[data-question]") || target).scrollIntoView({ block: "center" });
  });
  item.append(link);
  return item;
}

/**
 * @param {HTMLElement} form
 * @param {Finding[]} errors
 * @param {(target: Element) => void} reveal shows the section that a question stands in
 */
export function showSummary(form, errors, reveal) {
  part(form, "[data-summary]", HTMLElement).hidden = !errors.length;
  part(form, "[data-summary-title]", HTMLElement).textContent = `有 ${errors.length} 处需要改正`;
  part(form, "[data-summary-list]", HTMLElement).replaceChildren(...errors.map((error) => linkTo(error, reveal)));
}

/**
 * @param {HTMLElement} form
 * @param {Finding[]} warnings
 * @param {(target: Element) => void} reveal shows the section that a question stands in
 */
export function showWarnings(form, warnings, reveal) {
  part(form, "[data-warnings]", HTMLElement).hidden = !warnings.length;
  part(form, "[data-warnings-list]", HTMLElement).replaceChildren(...warnings.map((warning) => linkTo(warning, reveal)));
}

// Puts what was read from a file into the web form: every value with the cell it came from beside it, and every question with the text
// that stands there. Fetched only where the address names a file of the list.

import { dataOf, element, part, parts } from "../common/element.js";
import { TO_COMPARE } from "../submit/left.js";
import { kept, note } from "./kept.js";

/** @import { Form } from "../submit/form.js" */
/** @import { Fields, Finding, Kind, Submission, Value } from "../submit/types.js" */
/** @import { Item, Question, ReadRecord } from "./types.js" */

const GIVE_BACK = "检查并取回文件";

/**
 * A value of a record into the controls of its field.
 *
 * @param {Form} form
 * @param {string} name of the control or of the group
 * @param {Value | undefined} value
 */
function fill(form, name, value) {
  if (value === undefined) return;
  if (Array.isArray(value)) fillList(form, name, value);
  else if (typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) fill(form, `${name}.${key}`, inner);
  } else if (typeof value === "boolean") form.set(name, value ? ["是"] : []);
  else form.set(name, value);
}

/**
 * Boxes to tick, a line for each, or rows of fields.
 *
 * @param {Form} form
 * @param {string} name
 * @param {Value[]} values
 */
function fillList(form, name, values) {
  for (const rows of parts(form.element, `[data-rows="${name}"]`)) {
    for (const value of values) fill(form, `${name}.${dataOf(form.addRow(rows), "row")}`, value);
  }
  const [control] = form.controls(name);
  if (control) form.set(name, control.type === "checkbox" ? values.map(String) : values.join("\n"));
}

/**
 * The records of a list entry with the beginnings of the names of their controls: an item and its 申请书 are one record of the form.
 *
 * @param {Form} form
 * @param {Item} item
 * @param {boolean} isNew whether the form is still empty, so that entries are made
 * @returns {{ prefix: string, record: ReadRecord }[]}
 */
function placed(form, item, isNew) {
  const repeated = item.forms.flatMap(({ records }) => records.filter(({ kind }) => kind !== "enterprise"));
  /** @type {{ prefix: string, record: ReadRecord }[]} */
  const found = item.forms.flatMap(({ records }) =>
    records.filter(({ kind }) => kind === "enterprise").map((record) => ({ prefix: "enterprise.", record })),
  );
  const numbers = isNew ? [] : form.entryNumbers();
  /** @type {Map<string, string>} */
  const byKey = new Map();
  let place = 0;
  for (const record of repeated) {
    let number = record.kind === "application" ? byKey.get(record.key) : undefined;
    if (number === undefined) {
      number = isNew ? dataOf(form.addEntry(), "entry") : numbers[place] || "";
      place += 1;
    }
    if (record.key) byKey.set(record.key, number);
    if (number) found.push({ prefix: `${record.kind}.${number}.`, record });
  }
  if (isNew && !repeated.length) form.addEntry();
  return found;
}

/**
 * The element in which what is said of a field stands: that of the field, or of the group around it.
 *
 * @param {Form} form
 * @param {string} name
 */
function questionOf(form, name) {
  for (let path = name; path.includes("."); path = path.slice(0, path.lastIndexOf("."))) {
    const [control] = form.controls(path);
    const around = control ? control.closest("[data-question]") : form.element.querySelector(`[data-question="${path}"]`);
    if (around) return /** @type {HTMLElement} */ (around);
  }
  return null;
}

/** @param {string} text */
function quoted(text) {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > 80 ? `${flat.slice(0, 80)}…` : flat;
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} line
 */
function addLine(box, line) {
  const before = Array.from(box.children).find((child) => child.matches(".question-findings"));
  if (before) box.insertBefore(line, before);
  else box.append(line);
}

/**
 * Where the values of a record came from, once for what stands in one cell.
 *
 * @param {Form} form
 * @param {string} prefix
 * @param {ReadRecord} record
 */
function showSources(form, prefix, record) {
  for (const [path, source] of Object.entries(record.places)) {
    const box = source && questionOf(form, prefix + path);
    if (!box || !source) continue;
    const text = quoted(source.text);
    const line = element("p", "question-source", `取自表格：${source.place}${text ? `，原文“${text}”` : ""}`);
    line.dataset.source = prefix + path;
    addLine(box, line);
  }
}

/**
 * A question as a warning of the form, which somebody has to have seen.
 *
 * @param {string} prefix
 * @param {Question} question
 * @param {string} at id of the box to tick
 * @returns {Finding}
 */
function warning(prefix, question, at) {
  const message = question.message.replace(/^请人工核对：/, "");
  return { code: TO_COMPARE, severity: "warning", name: prefix + question.path, title: question.field, message, hint: question.hint, at };
}

/** What was read from one entry of the list, in the web form. */
export class FromFile {
  /**
   * @param {Form} form
   * @param {Item} item
   */
  constructor(form, item) {
    this.form = form;
    this.item = item;
    /** Questions beside their fields, each with the box to tick. @type {{ finding: Finding, tick: HTMLInputElement }[]} */
    this.asked = [];
  }

  /**
   * @param {boolean} isNew false for a draft that was filled in from this entry before: only what stands beside the fields is shown
   */
  show(isNew) {
    const { form, item } = this;
    if (item.record) {
      if (isNew) this.fillRecord(item.record.kind, item.record.value);
      this.hideOthers(item.record.kind);
      this.tell("正在更正目录里的记录", [`${item.files[0]}：改好后点“检查并取回文件”，在哪一步都可以；注释、次序和没有改的内容都不动。`]);
      return;
    }
    const records = placed(form, item, isNew);
    /** @type {string[]} */
    const others = [...item.notes];
    for (const { prefix, record } of records) {
      if (isNew) this.fillFrom(prefix, record);
      showSources(form, prefix, record);
      this.showCarried(prefix);
      for (const question of record.questions) if (!this.ask(prefix, question)) others.push(this.told(question));
    }
    if (isNew) {
      const { round, district } = kept();
      if (round) form.set("round", round);
      if (district) form.set("district", district);
    }
    this.tell(`已填入 ${item.files.join("、")} 的内容`, ["每一项下面注明取自表格的哪一格。请对照原件核对，没有填的补上。"], others);
  }

  /**
   * @param {string} prefix
   * @param {ReadRecord} record
   */
  fillFrom(prefix, record) {
    for (const [name, value] of Object.entries(record.value)) {
      if (this.form.controls(prefix + name).length || typeof value === "object") fill(this.form, prefix + name, value);
      else if (value !== undefined) this.form.carry(prefix, name, value);
    }
  }

  /**
   * What goes into the record beside what is asked, to be read.
   *
   * @param {string} prefix
   */
  showCarried(prefix) {
    const { original_text: text } = (this.form.carried || {})[prefix] || {};
    const entry = this.entryAt(prefix);
    if (!entry || typeof text !== "string") return;
    const details = element("details", "read-original");
    details.append(element("summary", "", "企业原文（随记录保存，不公开）"), element("p", "pre", text));
    part(entry, "legend", HTMLElement).after(details);
  }

  /**
   * @param {Kind} kind
   * @param {Fields} value
   */
  fillRecord(kind, value) {
    const { form } = this;
    const entry = form.addEntry();
    const prefix = kind === "enterprise" ? "enterprise." : `${kind}.${dataOf(entry, "entry")}.`;
    if (kind !== "enterprise") {
      form.set("known", "是");
      form.set("known_id", String(value.enterprise || ""));
    }
    for (const [name, inner] of Object.entries(value)) fill(form, prefix + name, inner);
    const dates = /** @type {{ submitted?: string } | undefined} */ (value.dates);
    if (dates && dates.submitted) form.set("submitted", dates.submitted);
  }

  /**
   * Of a record that is changed alone the rest of the form is not asked.
   *
   * @param {Kind} kind
   */
  hideOthers(kind) {
    for (const section of parts(this.form.element, ".part")) {
      const isEntries = section.querySelector("[data-entries]") !== null;
      const isEnterprise = section.querySelector('[data-question^="enterprise."]') !== null;
      const isFinish = section.querySelector("[data-files]") !== null;
      section.hidden = !(isFinish || (kind === "enterprise" ? isEnterprise : isEntries));
    }
    for (const one of parts(this.form.element, '[data-question="known"], [data-add-entry], [data-remove-entry]')) one.hidden = true;
    part(this.form.element, "button[type=submit]", HTMLElement).textContent = GIVE_BACK;
    const everywhere = element("button", "quiet", GIVE_BACK);
    everywhere.type = "button";
    everywhere.dataset.giveBack = "";
    part(this.form.element, ".step-end", HTMLElement).append(everywhere);
  }

  /** @param {Question} question */
  told({ field, place, text, message, hint }) {
    const stands = quoted(text);
    const where = [field, place].filter(Boolean).join("，");
    const what = message.replace(/^请人工核对：/, "");
    // The command speaks of records; here the field is at hand.
    return `${where ? `${where}：` : ""}${what}${stands ? `表上写的是“${stands}”。` : ""}${hint.replace("在记录里", "在这里")}`;
  }

  /**
   * The repeated part of the form to which a prefix belongs; null for the enterprise.
   *
   * @param {string} prefix
   */
  entryAt(prefix) {
    const [, number = ""] = prefix.split(".");
    return this.form.entryElements().find((entry) => dataOf(entry, "entry") === number) || null;
  }

  /**
   * Asks beside the field; at the head of the demand or application where it is about the whole of it.
   *
   * @param {string} prefix
   * @param {Question} question
   * @returns {boolean} false where the form has no place for it
   */
  ask(prefix, question) {
    const box = (question.path && questionOf(this.form, prefix + question.path)) || this.entryAt(prefix);
    if (!box) return false;
    const { field } = question;
    const name = box.matches("[data-entry]") ? field : "";
    const line = element("p", "question-asked");
    const tick = element("input");
    tick.type = "checkbox";
    tick.id = `asked-${this.asked.length}`;
    const label = element("label", "choice");
    label.append(tick, element("span", "", "已核对"));
    line.append(element("span", "", `请核对。${this.told({ ...question, field: name })}`), label);
    if (name) part(box, "legend", HTMLElement).after(line);
    else addLine(box, line);
    this.asked.push({ finding: warning(prefix, question, tick.id), tick });
    const show = () => line.classList.toggle("is-done", tick.checked);
    tick.checked = (this.item.compared || []).includes(tick.id);
    show();
    tick.addEventListener("change", () => {
      show();
      note(this.item.id, { compared: this.asked.filter((one) => one.tick.checked).map((one) => one.tick.id) });
    });
    return true;
  }

  /**
   * Says above the form what it was filled from.
   *
   * @param {string} title
   * @param {string[]} lines
   * @param {string[]} [others] what stands on the form and has no place in the web form
   */
  tell(title, lines, others = []) {
    const box = element("section", "read-from");
    box.append(element("h2", "", title), ...lines.map((line) => element("p", "", line)));
    if (others.length) {
      const list = element("ul", "plain-list");
      list.append(...others.map((line) => element("li", "", line)));
      box.append(element("p", "", "表上还有这些，请对照原件处理："), list);
    }
    const back = element("p");
    const link = element("a", "", "回到文件清单");
    link.href = "../";
    back.append(link);
    box.append(back);
    this.form.element.prepend(box);
  }

  /**
   * What the form finds, without what this entry does not ask.
   *
   * @param {Finding[]} findings
   */
  relevant(findings) {
    const { record } = this.item;
    return record ? findings.filter(({ name }) => name.startsWith(`${record.kind}.`)) : findings;
  }

  /** The questions that nobody has answered, to be seen before the files are made. */
  unanswered() {
    return this.asked.filter(({ tick }) => !tick.checked).map(({ finding }) => finding);
  }

  /**
   * Keeps in the list what became of it.
   *
   * @param {Submission} submission
   */
  finish({ round, district }) {
    const where = { round: round ? round.id : "", district: district ? district.slug : "" };
    note(this.item.id, { done: true }, this.item.record ? {} : where);
  }

  /**
   * Hands a changed record back to the list, where the program puts it into its file.
   *
   * @param {string} text
   * @param {string[]} fields that the form asks
   */
  giveBack(text, fields) {
    note(this.item.id, { done: true, edited: { text, fields } });
    location.assign("../");
  }
}

/**
 * The entry of the list that the address names; null where it names none that is there.
 *
 * @param {string} id
 */
export function entryOf(id) {
  return kept().items.find((item) => item.id === id) || null;
}

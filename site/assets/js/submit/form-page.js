// The page of the form: judges while people type, keeps the draft, shows the preview, and ends in the files.

import { today } from "../common/days.js";
import { dataOf, part } from "../common/element.js";
import { showFiles } from "./download.js";
import { clearDraft, loadDraft, saveDraft } from "./draft.js";
import { newId } from "./files.js";
import { inPageOrder, showFindings, showSummary, showWarnings } from "./findings.js";
import { Form } from "./form.js";
import { filterIndustries } from "./industry-filter.js";
import { prefill, readLink } from "./prefill.js";
import { showPreview } from "./preview.js";
import { showCharactersLeft, showProgress, showSize } from "./progress.js";
import { validate } from "./validation.js";

/** @import { Control } from "./form.js" */
/** @import { Draft, Finding } from "./types.js" */

/** Milliseconds without typing after which the page is judged and the draft kept. */
const PAUSE = 200;

export class FormPage {
  /**
   * @param {HTMLElement} page
   * @param {HTMLFormElement} element
   */
  constructor(page, element) {
    this.page = page;
    this.element = element;
    this.form = new Form(element, JSON.parse(dataOf(element, "model")));
    /** Under which the draft is kept. */
    this.name = dataOf(page, "submit");
    /**
     * Ids of the records: the same record keeps its id, however often the files are made anew.
     *
     * @type {{ [which: string]: string }}
     */
    this.ids = {};
    /**
     * Names of questions whose findings are shown.
     *
     * @type {Set<string>}
     */
    this.touched = new Set();
    /** Whether all findings are shown, since the files were asked for. */
    this.checked = false;
    /** The warnings that the box to confirm them was last shown for. */
    this.warned = "";
    /** Whether a draft is kept. */
    this.keeping = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** The day of submission that the form itself filled in. */
    this.given = "";
  }

  /** @param {string} selector */
  find(selector) {
    return part(this.page, selector, HTMLElement);
  }

  /** Fills in the draft or a first empty record, then what the address says. */
  start() {
    const draft = loadDraft(this.name);
    if (draft) this.restore(draft);
    else {
      this.form.addEntry();
      this.submitToday();
    }
    prefill(this.form, readLink(location.hash));
    this.listen();
    this.refresh();
  }

  /** Judges what is on the page and shows everything that follows from it. */
  refresh() {
    const { form, page, element } = this;
    form.unfold();
    showCharactersLeft(form);
    const submission = form.read((which, letter) => {
      this.ids[which] = this.ids[which] || newId(letter);
      return this.ids[which];
    });
    const findings = inPageOrder(validate(form.model, submission));
    const errors = findings.filter((finding) => finding.severity === "error");
    showFindings(element, findings, (name) => this.checked || this.touched.has(name));
    showSize(form, submission);
    showProgress(page, errors);
    showPreview(this.find("[data-preview]"), form.model, submission);
    if (!this.find("[data-summary]").hidden) showSummary(element, errors);
    // That nothing is stamped yet is told beside the question; the files may be made all the same.
    const warnings = findings.filter((finding) => finding.severity === "warning" && finding.code !== "R383");
    return { submission, errors, warnings };
  }

  // --- the draft ---

  /** @param {string} text */
  tell(text) {
    this.find("[data-draft-status]").textContent = text;
  }

  keep() {
    if (!this.keeping) return;
    const { form } = this;
    const saved = new Date().toLocaleString("zh-CN", { hour12: false });
    const kept = saveDraft(this.name, {
      version: form.model.version,
      saved,
      day: this.given,
      values: form.answers(),
      ones: form.entryNumbers(),
      rows: form.allRowNumbers(),
      ids: this.ids,
      linked: form.linked,
    });
    this.tell(kept ? `草稿已保存在这台设备的浏览器里（${saved}）。` : "浏览器不允许保存草稿，关掉页面后内容会丢失，请一次填完。");
  }

  /** @param {Draft} draft */
  restore(draft) {
    const lost = this.form.restore(draft);
    this.ids = draft.ids;
    // The day of submission moves on with the days, unless somebody chose another.
    if (this.form.text("submitted") === draft.day) this.submitToday();
    let changed = "";
    if (draft.version !== this.form.model.version) {
      changed = `表格在保存之后有改动${lost.length ? `，有 ${lost.length} 项已不再使用` : ""}，请从头核对。`;
    }
    this.tell(`已恢复 ${draft.saved} 保存在这台设备上的草稿。${changed}`);
  }

  submitToday() {
    this.given = today();
    this.form.set("submitted", this.given);
  }

  /** Judges and keeps the draft as soon as people pause. Files that were made are no longer those of the answers. */
  later() {
    this.find("[data-files]").hidden = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.refresh();
      this.keep();
    }, PAUSE);
  }

  // --- what people do ---

  listen() {
    const { element } = this;
    // The last words before the page is closed belong to the draft, too.
    window.addEventListener("pagehide", () => {
      if (this.timer !== undefined) this.keep();
    });
    element.addEventListener("input", (event) => this.onInput(/** @type {HTMLInputElement} */ (event.target)));
    element.addEventListener("change", (event) => this.onChange(/** @type {Control} */ (event.target)));
    element.addEventListener("focusout", (event) => this.onLeave(/** @type {Control} */ (event.target)));
    element.addEventListener("click", (event) => this.onClick(/** @type {HTMLElement} */ (event.target)));
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onSubmit();
    });
    this.find("[data-draft-off]").addEventListener("change", (event) => {
      this.keepDraft(!(/** @type {HTMLInputElement} */ (event.target).checked));
    });
  }

  /** @param {HTMLInputElement} input */
  onInput(input) {
    if (input.dataset.filter) filterIndustries(input);
    else if (!input.closest("[data-draft], [data-warnings]")) this.later();
  }

  /** @param {Control} control */
  onChange(control) {
    if (!control.name) return;
    this.form.tidy(control);
    this.touched.add(control.name);
    this.later();
  }

  /** @param {Control} control */
  onLeave(control) {
    if (!control.name || control.type === "radio" || control.type === "checkbox" || !control.value || this.touched.has(control.name)) return;
    this.touched.add(control.name);
    this.later();
  }

  /** @param {HTMLElement} target */
  onClick(target) {
    const button = target.closest("button");
    if (!button || button.type === "submit") return;
    if (button.matches("[data-draft-clear]")) this.clear();
    else if (this.changeParts(button)) this.later();
  }

  /**
   * Adds or removes a repeated record or a row.
   *
   * @param {HTMLButtonElement} button
   * @returns {boolean} whether anything changed
   */
  changeParts(button) {
    if (button.matches("[data-add-entry]")) part(this.form.addEntry(), "[name]", HTMLElement).focus();
    else if (button.matches("[data-add-row]")) {
      const rows = /** @type {HTMLElement} */ (button.parentElement);
      part(this.form.addRow(rows), "[name]", HTMLElement).focus();
    } else if (button.matches("[data-remove-row]")) {
      const rows = /** @type {HTMLElement} */ (button.closest("[data-rows]"));
      /** @type {HTMLElement} */ (button.closest("[data-row]")).remove();
      part(rows, "[data-add-row]", HTMLElement).focus();
    } else if (button.matches("[data-remove-entry]")) return this.removeEntry(/** @type {HTMLElement} */ (button.closest("[data-entry]")));
    else return false;
    return true;
  }

  /** @param {HTMLElement} entry */
  removeEntry(entry) {
    const first = /** @type {Control} */ (part(entry, "[name]", HTMLElement));
    if (this.form.text(first.name) && !window.confirm("删去这一项的全部内容？")) return false;
    delete this.ids[`${this.form.model.repeated}.${entry.dataset.entry}`];
    this.form.removeEntry(entry);
    this.find("[data-add-entry]").focus();
    return true;
  }

  clear() {
    if (!window.confirm("清除草稿和已经填写的全部内容？")) return;
    clearDraft(this.name);
    this.keeping = false;
    history.replaceState(null, "", location.pathname);
    location.reload();
  }

  /** @param {boolean} wanted */
  keepDraft(wanted) {
    this.keeping = wanted;
    if (wanted) {
      this.keep();
      return;
    }
    clearDraft(this.name);
    this.tell("不保存草稿：关掉页面后内容就没有了。");
  }

  onSubmit() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.checked = true;
    const { submission, errors, warnings } = this.refresh();
    this.keep();
    showSummary(this.element, errors);
    if (errors.length) this.lead("[data-summary]");
    else if (!this.areConfirmed(warnings)) this.find("[data-warnings-seen]").focus();
    else {
      showFiles(this.find("[data-files]"), this.form.model, submission);
      this.lead("[data-files]");
    }
  }

  /**
   * Whether somebody has read these warnings; shows them.
   *
   * @param {Finding[]} warnings
   */
  areConfirmed(warnings) {
    const box = part(this.page, "[data-warnings-seen]", HTMLInputElement);
    const all = warnings.map(({ code, name, message }) => code + name + message).join("\n");
    // Others than those that were confirmed are confirmed anew.
    if (all !== this.warned) box.checked = false;
    this.warned = all;
    showWarnings(this.element, warnings);
    return !warnings.length || box.checked;
  }

  /** @param {string} selector of the part of the page where people are led */
  lead(selector) {
    const target = this.find(selector);
    target.focus();
    target.scrollIntoView({ block: "start" });
  }
}

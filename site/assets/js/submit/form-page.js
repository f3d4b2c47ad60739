// Controls the page: validates while people type, stores the draft, shows findings and preview, and makes the files at the end.

import { today } from "../common/days.js";
import { dataOf, part } from "../common/element.js";
import { showFiles } from "./download.js";
import { clearDraft, hasAnswers, loadDraft, saveDraft } from "./draft.js";
import { newId } from "./files.js";
import { inPageOrder, showFindings, showSummary, showWarnings } from "./findings.js";
import { Form } from "./form.js";
import { filterIndustries } from "./industry-filter.js";
import { prefill, readLink } from "./prefill.js";
import { showPreview } from "./preview.js";
import { showCharactersLeft, showRoundOver, showSize } from "./progress.js";
import { Steps } from "./steps.js";
import { validate } from "./validation.js";
import { recordToYaml } from "./yaml.js";

/** @import { FromFile } from "../reader/from-file.js" */
/** @import { Control } from "./form.js" */
/** @import { Draft, Finding, Submission } from "./types.js" */

/** Milliseconds without typing after which the page is validated and the draft stored. */
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
    this.steps = new Steps(page);
    /** @param {Element} target a question of whatever section */
    this.reveal = (target) => this.steps.reveal(target);
    /** Name under which the draft is stored. */
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
    /** Whether files were asked for: from then on all findings are shown. */
    this.submitAttempted = false;
    /** Identifies the warnings that the box to confirm was last shown for. */
    this.shownWarnings = "";
    /** Whether a draft is stored. */
    this.draftEnabled = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** The day of submission that the form itself filled in. */
    this.defaultDay = "";
    /** What the form was filled from, where that was a file. @type {FromFile | null} */
    this.source = null;
  }

  /** @param {string} selector */
  find(selector) {
    return part(this.page, selector, HTMLElement);
  }

  /** Fills in what the address says: a file that was read, else the draft or a first empty record. */
  start() {
    const [, named] = /^#file=([0-9a-z]+)$/.exec(location.hash) || [];
    // The address names a step as soon as somebody goes to one; the draft still knows where it came from.
    const file = named || (loadDraft(this.name) || {}).from;
    if (!file) this.startPlain();
    else import("../reader/from-file.js").then((reading) => this.startFrom(reading, file), () => this.startPlain());
  }

  /**
   * @param {typeof import("../reader/from-file.js")} reading
   * @param {string} file which entry of the list of files
   */
  startFrom({ FromFile, entryOf }, file) {
    const item = entryOf(file);
    const draft = loadDraft(this.name);
    const isSame = draft !== null && draft.from === file;
    if (!item || !this.mayReplace(isSame ? null : draft, (from) => (entryOf(from) || { done: false }).done)) {
      const isNamed = location.hash === `#file=${file}`;
      if (isNamed) history.replaceState(null, "", location.pathname);
      this.startPlain();
      if (!item && isNamed) this.showDraftStatus("这个标签页里没有读出的文件（可能是在别的标签页选的）。请回到“在线填报”重新选文件。");
      return;
    }
    this.source = new FromFile(this.form, item);
    if (isSame) this.restoreDraft(draft);
    else this.setDefaultDay();
    this.source.show(!isSame);
    if (!item.record) prefill(this.form, readLink(location.hash));
    // What stands on paper is judged at once, not only when it is typed.
    this.submitAttempted = true;
    this.listen();
    this.refresh();
    this.steps.showAddress();
    this.storeDraft();
  }

  /**
   * Whether a draft may go: it holds nothing, files were made of it, or somebody says so.
   *
   * @param {Draft | null} draft
   * @param {(from: string) => boolean} isDone
   */
  mayReplace(draft, isDone) {
    if (!draft || !hasAnswers(draft) || (draft.from && isDone(draft.from))) return true;
    return window.confirm("这台设备上有一份没有交的草稿。用文件里的内容替换它吗？");
  }

  startPlain() {
    const draft = loadDraft(this.name);
    if (draft) this.restoreDraft(draft);
    else {
      this.form.addEntry();
      this.setDefaultDay();
    }
    prefill(this.form, readLink(location.hash));
    this.listen();
    this.refresh();
    this.steps.showAddress();
  }

  /** Validates what is on the page and shows everything that follows from it. */
  refresh() {
    const { form, element } = this;
    form.updateVisibility();
    showCharactersLeft(form);
    const submission = form.read((which, letter) => {
      this.ids[which] = this.ids[which] || newId(letter);
      return this.ids[which];
    });
    const found = validate(form.model, submission);
    const findings = inPageOrder(this.source ? this.source.relevant(found) : found);
    const errors = findings.filter((finding) => finding.severity === "error");
    const unanswered = this.source ? this.source.unanswered() : [];
    showFindings(element, findings, (name) => this.submitAttempted || this.touched.has(name));
    showSize(form, submission);
    showRoundOver(form);
    this.steps.showLeft([...errors, ...unanswered]);
    showPreview(this.find("[data-preview]"), form.model, submission);
    if (!this.find("[data-summary]").hidden) showSummary(element, errors, this.reveal);
    // A missing stamp is told beside its question and needs no confirmation: people stamp after they have the files.
    const warnings = findings.filter((finding) => finding.severity === "warning" && finding.code !== "R383");
    return { submission, errors, warnings: inPageOrder([...warnings, ...unanswered]) };
  }

  // --- the draft ---

  /** @param {string} text */
  showDraftStatus(text) {
    this.find("[data-draft-status]").textContent = text;
  }

  storeDraft() {
    if (!this.draftEnabled) return;
    const { form } = this;
    const saved = new Date().toLocaleString("zh-CN", { hour12: false });
    const kept = saveDraft(this.name, {
      version: form.model.version,
      saved,
      day: this.defaultDay,
      values: form.answers(),
      ones: form.entryNumbers(),
      rows: form.allRowNumbers(),
      ids: this.ids,
      linked: form.linked,
      carried: form.carried,
      from: this.source ? this.source.item.id : undefined,
    });
    this.showDraftStatus(kept ? `草稿已保存在这台设备的浏览器里（${saved}）。` : "浏览器不允许保存草稿，关掉页面后内容会丢失，请一次填完。");
  }

  /** @param {Draft} draft */
  restoreDraft(draft) {
    const lost = this.form.restore(draft);
    this.ids = draft.ids;
    // The default day was that of the draft; a day that somebody chose stays.
    if (this.form.text("submitted") === draft.day) this.setDefaultDay();
    let changed = "";
    if (draft.version !== this.form.model.version) {
      changed = `表格在保存之后有改动${lost.length ? `，有 ${lost.length} 项已不再使用` : ""}，请从头核对。`;
    }
    this.showDraftStatus(`已恢复 ${draft.saved} 保存在这台设备上的草稿。${changed}`);
  }

  setDefaultDay() {
    this.defaultDay = today();
    this.form.set("submitted", this.defaultDay);
  }

  /** Validates and stores the draft as soon as people pause. Files made before no longer hold these answers, so they are hidden. */
  scheduleRefresh() {
    this.find("[data-files]").hidden = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.refresh();
      this.storeDraft();
    }, PAUSE);
  }

  // --- what people do ---

  listen() {
    const { element } = this;
    // What was typed just before the page is closed is not judged any more, but it is stored.
    window.addEventListener("pagehide", () => {
      if (this.timer !== undefined) this.storeDraft();
    });
    element.addEventListener("input", (event) => this.onInput(/** @type {HTMLInputElement} */ (event.target)));
    element.addEventListener("change", (event) => this.onChange(/** @type {Control} */ (event.target)));
    element.addEventListener("focusout", (event) => this.onFocusOut(/** @type {Control} */ (event.target)));
    element.addEventListener("click", (event) => this.onClick(/** @type {HTMLElement} */ (event.target)));
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onSubmit();
    });
    this.find("[data-draft-off]").addEventListener("change", (event) => {
      this.enableDraft(!(/** @type {HTMLInputElement} */ (event.target).checked));
    });
  }

  /** @param {HTMLInputElement} input */
  onInput(input) {
    if (input.dataset.filter) filterIndustries(input);
    else if (!input.closest("[data-draft], [data-warnings], [data-files]")) this.scheduleRefresh();
  }

  /** @param {Control} control */
  onChange(control) {
    if (control.matches(".question-asked input")) this.refresh();
    if (!control.name) return;
    this.form.normaliseControl(control);
    this.touched.add(control.name);
    this.scheduleRefresh();
  }

  /** @param {Control} control */
  onFocusOut(control) {
    if (!control.name || control.type === "radio" || control.type === "checkbox" || !control.value || this.touched.has(control.name)) return;
    this.touched.add(control.name);
    this.scheduleRefresh();
  }

  /** @param {HTMLElement} target */
  onClick(target) {
    const button = target.closest("button");
    if (!button || button.type === "submit") return;
    if (button.matches("[data-draft-clear]")) this.clearAll();
    else if (button.matches("[data-give-back]")) this.finish();
    else if (this.addOrRemove(button)) this.scheduleRefresh();
  }

  /**
   * Adds or removes a repeated record or a row.
   *
   * @param {HTMLButtonElement} button
   * @returns {boolean} whether anything changed
   */
  addOrRemove(button) {
    if (button.matches("[data-add-entry]")) this.steps.go(`s-entry-${this.form.addEntry().dataset.entry}`);
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
    delete (this.form.carried || {})[`${this.form.model.repeated}.${entry.dataset.entry}.`];
    const before = entry.previousElementSibling;
    this.form.removeEntry(entry);
    this.steps.go(`s-entry-${dataOf(/** @type {HTMLElement} */ (before || this.find("[data-entry]")), "entry")}`);
    return true;
  }

  clearAll() {
    if (!window.confirm("清除草稿和已经填写的全部内容？")) return;
    clearDraft(this.name);
    this.draftEnabled = false;
    history.replaceState(null, "", location.pathname);
    // Firefox would fill in again what stands in the fields now.
    this.form.element.reset();
    location.reload();
  }

  /** @param {boolean} wanted */
  enableDraft(wanted) {
    this.draftEnabled = wanted;
    if (wanted) {
      this.storeDraft();
      return;
    }
    clearDraft(this.name);
    this.showDraftStatus("不保存草稿：关掉页面后内容就没有了。");
  }

  onSubmit() {
    // Enter in a field of an earlier step means that this one is done.
    if (!this.steps.isLast()) {
      this.steps.move(1);
      return;
    }
    this.finish();
  }

  /** Makes the files, or shows in the last step what stands against it. */
  finish() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.submitAttempted = true;
    const { submission, errors, warnings } = this.refresh();
    this.storeDraft();
    showSummary(this.element, errors, this.reveal);
    const isHeld = errors.length > 0 || !this.areConfirmed(warnings);
    if (isHeld) this.reveal(this.find("[data-summary]"));
    if (errors.length) this.focusOn("[data-summary]");
    else if (isHeld) this.find("[data-warnings-seen]").focus();
    else if (this.source && this.source.item.record) this.giveBack(this.source, submission);
    else {
      showFiles(this.find("[data-files]"), this.form.model, submission);
      this.focusOn("[data-files]");
      if (this.source) this.source.finish(submission);
    }
  }

  /**
   * A record that was changed goes back into its file.
   *
   * @param {FromFile} source
   * @param {Submission} submission
   */
  giveBack(source, { enterprise, entries }) {
    const placed = source.item.record && source.item.record.kind === "enterprise" ? enterprise : entries[0];
    if (!placed) return;
    const schema = this.form.model.kinds[placed.kind];
    source.giveBack(recordToYaml(placed.kind, placed.record, schema), Object.keys(schema.properties));
  }

  /**
   * Whether somebody has read these warnings; shows them.
   *
   * @param {Finding[]} warnings
   */
  areConfirmed(warnings) {
    const box = part(this.page, "[data-warnings-seen]", HTMLInputElement);
    const all = warnings.map(({ code, name, message }) => code + name + message).join("\n");
    // A confirmation holds for these warnings only.
    if (all !== this.shownWarnings) box.checked = false;
    this.shownWarnings = all;
    showWarnings(this.element, warnings, this.reveal);
    return !warnings.length || box.checked;
  }

  /** @param {string} selector of the part of the page where people are led */
  focusOn(selector) {
    const target = this.find(selector);
    target.focus();
    target.scrollIntoView({ block: "start" });
  }
}

// The page as data: reads controls into records, adds and removes repeated parts, shows what the answers so far ask for.

import { dataOf, part, parts } from "../common/element.js";

/**
 * @import {
 *   District, Draft, Fields, Kind, KindSchema, Model, Period, Placed, PlacedApplication, PlacedDemand, Round, Schema, Submission, Value,
 * } from "./types.js"
 */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** The pattern of the schemas for texts of one line whose shape is free. */
const ONE_LINE = "^[^\\n]*$(?!\\n)";

/**
 * A demand's id, out of the address of its page if that was pasted.
 *
 * @param {string} text
 */
export function demandId(text) {
  const hit = /(?:^|\/)(d-[0-9a-hjkmnp-tv-z]{8})\/?(?:[?#].*)?$/i.exec(text.trim());
  return hit ? hit[1].toUpperCase() : text;
}

/**
 * Whether nothing was answered: no value, or a group or list of nothing but such.
 *
 * @param {Value | undefined} value
 * @returns {boolean}
 */
export function isEmpty(value) {
  return value === undefined || (typeof value === "object" && Object.values(value).every(isEmpty));
}

/**
 * The id that the template gives to the (first) control of a name; what is said of it stands in the element of that id + `-findings`.
 *
 * @param {string} name
 */
export function controlId(name) {
  return `f-${name.replace(/\./g, "-")}`;
}

/**
 * A copy of a template's content with a number for its mark.
 *
 * @param {HTMLTemplateElement} template
 * @param {string} mark
 * @param {number} number
 */
function instantiate(template, mark, number) {
  const copy = document.createElement("template");
  copy.innerHTML = template.innerHTML.split(mark).join(String(number));
  return /** @type {HTMLElement} */ (copy.content.firstElementChild);
}

export class Form {
  /**
   * @param {HTMLFormElement} form
   * @param {Model} model
   */
  constructor(form, model) {
    this.element = form;
    this.model = model;
    this.entries = part(form, "[data-entries]", HTMLElement);
    /** The number that the next repeated record gets. */
    this.next = 0;
    /** @type {{ [demand: string]: Period }} */
    this.linked = {};
    /** What records hold beside what is asked, by the beginning of the names of their controls. @type {Draft["carried"]} */
    this.carried = {};
  }

  /**
   * Takes a value into a record that the form does not ask.
   *
   * @param {string} prefix
   * @param {string} name
   * @param {Value} value
   */
  carry(prefix, name, value) {
    this.carried = { ...this.carried, [prefix]: { ...(this.carried || {})[prefix], [name]: value } };
  }

  /**
   * @param {string} name
   * @returns {Control[]}
   */
  controls(name) {
    return /** @type {Control[]} */ (parts(this.element, `[name="${name}"]`));
  }

  /**
   * What is answered: a list for boxes, else a text, "" for none. Answers to questions that are not asked now do not count.
   *
   * @param {string} name
   * @returns {string | string[]}
   */
  answer(name) {
    const asked = this.controls(name).filter((control) => !control.closest("[data-when][hidden]"));
    const [first] = asked;
    if (!first) return "";
    const chosen = asked.filter((control) => "checked" in control && control.checked).map((control) => control.value);
    if (first.type === "radio") return chosen[0] || "";
    return first.type === "checkbox" ? chosen : first.value;
  }

  /**
   * The answer to a question that has one.
   *
   * @param {string} name
   * @returns {string}
   */
  text(name) {
    const answer = this.answer(name);
    return Array.isArray(answer) ? answer[0] || "" : answer;
  }

  /**
   * @param {string} name
   * @param {string | string[]} value
   */
  set(name, value) {
    for (const control of this.controls(name)) {
      if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === value;
      else if (control instanceof HTMLInputElement && control.type === "checkbox") {
        control.checked = Array.isArray(value) && value.includes(control.value);
      } else control.value = String(value);
    }
  }

  /**
   * Numbers on the page of the rows of a list.
   *
   * @param {string} name
   */
  rowNumbers(name) {
    return parts(this.element, `[data-rows="${name}"] > [data-row]`).map((row) => dataOf(row, "row"));
  }

  /**
   * @param {Schema} items
   * @param {string} name
   * @param {{ [path: string]: string[] }} rows
   * @param {string} path
   * @returns {Value[] | undefined}
   */
  readList(items, name, rows, path) {
    if (items.properties) {
      /** @type {string[]} */
      const numbers = [];
      /** @type {Fields[]} */
      const records = [];
      for (const number of this.rowNumbers(name)) {
        const record = this.readFields(items, `${name}.${number}.`, {}, "");
        if (isEmpty(/** @type {Value} */ (record))) continue;
        numbers.push(number);
        records.push(record);
      }
      rows[path] = numbers;
      return records.length ? records : undefined;
    }
    const typed = this.answer(name);
    const values = Array.isArray(typed) ? typed : typed.split("\n").map((line) => line.trim()).filter(Boolean);
    return values.length ? values : undefined;
  }

  /**
   * @param {Schema} schema
   * @param {string} name
   * @param {{ [path: string]: string[] }} rows
   * @param {string} path
   * @param {boolean} required
   * @returns {Value | undefined}
   */
  readValue(schema, name, rows, path, required) {
    if (schema.properties) {
      const fields = this.readFields(schema, `${name}.`, rows, path);
      return isEmpty(fields) && !required ? undefined : fields;
    }
    if (schema.items) return this.readList(schema.items, name, rows, path);
    if (schema.type === "boolean") return this.answer(name).length > 0;
    // What people typed, but for line feeds at the end, which the file cannot hold.
    return this.text(name).replace(/\r\n?/g, "\n").replace(/\n+$/, "") || undefined;
  }

  /**
   * The fields of a record or of a group in it, as far as they are answered.
   *
   * @param {Schema | KindSchema} schema
   * @param {string} prefix of the names of its controls
   * @param {{ [path: string]: string[] }} rows collects, for lists of rows, which number on the page each entry has
   * @param {string} path within the record
   * @returns {Fields}
   */
  readFields(schema, prefix, rows, path) {
    /** @type {Fields} */
    const fields = {};
    for (const [name, of] of Object.entries(schema.properties || {})) {
      const inner = path ? `${path}.${name}` : name;
      const value = this.readValue(of, prefix + name, rows, inner, (schema.required || []).includes(name));
      if (value !== undefined) fields[name] = value;
    }
    return fields;
  }

  /**
   * One record, with what the form works out itself.
   *
   * @template {Kind} K
   * @template R
   * @param {K} kind
   * @param {string} prefix
   * @param {Fields} fixed
   * @returns {Placed<K, R>}
   */
  readRecord(kind, prefix, fixed) {
    /** @type {{ [path: string]: string[] }} */
    const rows = {};
    const record = Object.assign(this.readFields(this.model.kinds[kind], prefix, rows, ""), (this.carried || {})[prefix], fixed);
    const industry = /** @type {{ code?: string, name?: string } | undefined} */ (record.industry);
    const division = industry && industry.code ? this.model.divisions[industry.code] : undefined;
    // The name goes with the code that is picked, so the two cannot disagree; code first, as in the schema.
    if (industry && division) industry.name = division.name;
    const { demand } = record;
    if (kind !== "application" || typeof demand !== "string") return { kind, prefix, record: /** @type {R} */ (record), rows, linked: {} };
    record.demand = demandId(demand);
    return { kind, prefix, record: /** @type {R} */ (record), rows, linked: this.linked[record.demand] || {} };
  }

  /** @returns {Round | null} */
  round() {
    return this.model.rounds.find((round) => round.id === this.text("round")) || null;
  }

  /** @returns {District | null} */
  district() {
    return this.model.districts.find((district) => district.slug === this.text("district")) || null;
  }

  /**
   * Everything on the page, as records with their ids.
   *
   * @param {(which: string, letter: string) => string} ids gives the id of a record: the same for the same `which`
   * @returns {Submission}
   */
  read(ids) {
    const { repeated, role } = this.model;
    const known = this.text("known") === "是";
    const submitted = this.text("submitted");
    const enterprise = known ? this.text("known_id") : ids("enterprise", "E");
    const letter = { demand: "D", application: "A" }[repeated];
    return {
      round: this.round(),
      district: this.district(),
      submitted,
      known,
      knownId: known ? enterprise : "",
      enterprise: known ? null : this.readRecord("enterprise", "enterprise.", { schema: "enterprise/1", id: enterprise, role }),
      entries: this.entryNumbers().map((number) => {
        const which = `${repeated}.${number}`;
        const fixed = { schema: `${repeated}/1`, id: ids(which, letter), enterprise, status: "submitted", dates: { submitted } };
        return /** @type {PlacedDemand | PlacedApplication} */ (this.readRecord(repeated, `${which}.`, fixed));
      }),
    };
  }

  /** @returns {HTMLElement[]} */
  entryElements() {
    return parts(this.entries, ":scope > [data-entry]");
  }

  /** Numbers of the repeated records; those that were removed leave gaps. */
  entryNumbers() {
    return this.entryElements().map((entry) => dataOf(entry, "entry"));
  }

  /** Counts the repeated records for people; the last one that is left cannot be removed. */
  renumber() {
    this.entryElements().forEach((entry, place, entries) => {
      part(entry, "[data-number]", HTMLElement).textContent = String(place + 1);
      part(entry, "[data-remove-entry]", HTMLElement).hidden = entries.length < 2;
    });
  }

  /**
   * @param {string} [number] of a draft; without it the next one
   */
  addEntry(number) {
    const given = number === undefined ? this.next : Number(number);
    this.next = Math.max(this.next, given + 1);
    const entry = instantiate(part(this.element, "template[data-entry-template]", HTMLTemplateElement), "{n}", given);
    entry.dataset.entry = String(given);
    this.entries.appendChild(entry);
    this.renumber();
    return entry;
  }

  /** @param {HTMLElement} entry */
  removeEntry(entry) {
    entry.remove();
    this.renumber();
  }

  /**
   * @param {HTMLElement} rows
   * @param {string} [number] of a draft; without it the next one
   */
  addRow(rows, number) {
    const used = parts(rows, ":scope > [data-row]").map((row) => Number(row.dataset.row));
    const given = number === undefined ? Math.max(-1, ...used) + 1 : Number(number);
    const row = instantiate(part(rows, "template", HTMLTemplateElement), "{m}", given);
    row.dataset.row = String(given);
    rows.insertBefore(row, part(rows, "[data-add-row]", HTMLElement));
    return row;
  }

  /** Shows a question when the answer it depends on is given; a hidden part hides what depends on it. */
  updateVisibility() {
    for (const question of parts(this.element, "[data-when]")) {
      const [name, answers] = (dataOf(question, "when")).split("=");
      question.hidden = !answers.split("|").includes(this.text(name));
    }
    this.offerTypes(this.round());
  }

  /**
   * A round may sort its demands into types; without any the question is not asked.
   *
   * @param {Round | null} round
   */
  offerTypes(round) {
    for (const question of parts(this.entries, '[data-question$=".type"]')) {
      question.hidden = round !== null && !round.types.length;
      for (const control of /** @type {HTMLInputElement[]} */ (parts(question, "input"))) {
        const choice = /** @type {HTMLElement} */ (control.closest(".choice"));
        choice.hidden = round !== null && round.types.length > 0 && !round.types.includes(control.value);
        if (question.hidden) control.checked = false;
      }
    }
  }

  /**
   * Spaces around a code, a number or an address are slips; what is seen is what goes into the file.
   *
   * @param {Control} control
   */
  normaliseControl(control) {
    if (!(control instanceof HTMLInputElement) || control.type !== "text") return;
    const schema = this.schemaAt(control.name);
    const free = schema && !schema.format && schema.type === "string" && schema.pattern === ONE_LINE && !/credit_code$/.test(control.name);
    if (!free) control.value = control.value.trim();
    if (/\.demand$/.test(control.name)) control.value = demandId(control.value);
    if (control.name === "known_id") control.value = control.value.toUpperCase();
  }

  /**
   * The schema of a control's field; null for controls of the form itself.
   *
   * @param {string} name
   * @returns {Schema | null}
   */
  schemaAt(name) {
    const [kind, ...steps] = name.split(".").filter((step) => !/^[0-9]+$/.test(step));
    /** @type {{ properties?: { [name: string]: Schema }, items?: Schema } | undefined} */
    let schema = this.model.kinds[kind];
    for (const step of steps) schema = schema && ((schema.items || schema).properties || {})[step];
    return /** @type {Schema | undefined} */ (schema) || null;
  }

  /**
   * All answers by the names of their controls, for the draft.
   *
   * @returns {Draft["values"]}
   */
  answers() {
    /** @type {Draft["values"]} */
    const values = {};
    for (const control of /** @type {Control[]} */ (parts(this.element, "[name]"))) {
      const { name } = control;
      if (control instanceof HTMLInputElement && control.type === "radio") {
        if (control.checked) values[name] = control.value;
      } else if (control instanceof HTMLInputElement && control.type === "checkbox") {
        const ticked = /** @type {string[]} */ (values[name] || []);
        values[name] = control.checked ? [...ticked, control.value] : ticked;
      } else if (control.value) values[name] = control.value;
    }
    return values;
  }

  /** Numbers of the rows of every list, for the draft. */
  allRowNumbers() {
    /** @type {Draft["rows"]} */
    const rows = {};
    for (const box of parts(this.element, "[data-rows]")) {
      const name = dataOf(box, "rows");
      rows[name] = this.rowNumbers(name);
    }
    return rows;
  }

  /**
   * Fills in a draft.
   *
   * @param {Draft} draft
   * @returns {string[]} names of answers to questions that the page no longer asks
   */
  restore(draft) {
    for (const number of draft.ones) this.addEntry(number);
    for (const [name, numbers] of Object.entries(draft.rows)) {
      for (const box of parts(this.element, `[data-rows="${name}"]`)) for (const number of numbers) this.addRow(box, number);
    }
    this.linked = draft.linked;
    this.carried = draft.carried || {};
    return Object.entries(draft.values).flatMap(([name, value]) => {
      this.set(name, value);
      return this.controls(name).length ? [] : [name];
    });
  }
}

// The filters: one group of choices per facet, each choice with the number of demands it would leave; and the chosen ones as a row of
// buttons.
import { button, element, part } from "../common/element.js";

/** @import { Columns, Facet, Option } from "./columns.js" */

/**
 * A choice as it stands on the page; `fold` holds the choices within it.
 *
 * @typedef {object} Entry
 * @property {HTMLLIElement} item
 * @property {HTMLLabelElement} label
 * @property {HTMLInputElement} box
 * @property {HTMLSpanElement} number
 * @property {number} shown
 * @property {HTMLDetailsElement | null} fold
 */

/**
 * @typedef {object} Group
 * @property {HTMLDetailsElement} box
 * @property {HTMLSpanElement} number
 * @property {HTMLUListElement} list
 * @property {HTMLButtonElement} more
 * @property {Entry[]} entries
 */

/** Open from the beginning where they are among the first two. */
const OPEN_FIRST = ["state", "district", "section"];

/**
 * @param {Option} option
 * @param {(checked: boolean) => void} choose
 * @returns {Entry}
 */
function entryOf(option, choose) {
  const item = element("li");
  const label = element("label", "option");
  const box = element("input");
  box.type = "checkbox";
  box.name = option.parameter;
  box.value = option.key;
  const number = element("span", "option-number");
  label.append(box, element("span", "option-name", option.title), number);
  item.append(label);
  box.addEventListener("change", () => choose(box.checked));
  return { item, label, box, number, shown: -1, fold: null };
}

/**
 * The list of choices within another choice, made with the first of them.
 *
 * @param {Entry} outer
 * @param {string} title
 */
function innerList(outer, title) {
  if (!outer.fold) {
    outer.fold = element("details", "inner-options");
    const summary = element("summary");
    summary.append(element("span", "sr", `${title}的`), "大类");
    outer.fold.append(summary, element("ul", "options"));
    outer.item.append(outer.fold);
  }
  return part(outer.fold, "ul", HTMLUListElement);
}

/**
 * @param {Facet} facet
 * @param {boolean} isFirst
 * @param {(place: number, checked: boolean) => void} choose
 * @returns {Group}
 */
function groupOf(facet, isFirst, choose) {
  const box = element("details", "facet");
  box.dataset.facet = facet.key;
  box.open = isFirst && OPEN_FIRST.includes(facet.key);
  const summary = element("summary", "", facet.title);
  const number = element("span", "facet-number");
  summary.append(number);
  const set = element("fieldset");
  const list = element("ul", "options");
  const more = button("facet-more", "", () => {
    more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") === "false"));
    foldNone(group);
  });
  more.hidden = true;
  more.setAttribute("aria-expanded", "false");
  set.append(element("legend", "sr", facet.title), list, more);
  box.append(summary, set);
  /** @type {Entry[]} */
  const entries = [];
  facet.options.forEach((option, place) => {
    const entry = entryOf(option, (checked) => choose(place, checked));
    entries.push(entry);
    const { within } = option;
    (within === undefined ? list : innerList(entries[within], facet.options[within].title)).append(entry.item);
  });
  /** @type {Group} */
  const group = { box, number, list, more, entries };
  return group;
}

/**
 * A choice that would leave nothing is greyed.
 *
 * @param {Entry} entry
 * @param {number} count
 */
function showCount(entry, count) {
  if (entry.shown !== count) {
    entry.shown = count;
    entry.number.replaceChildren(String(count), element("span", "sr", " 项"));
    entry.label.classList.toggle("option-none", count === 0);
  }
  entry.box.disabled = count === 0 && !entry.box.checked;
  // What is of no use now stands below the others; those keep their order, so that nobody loses the place.
  entry.item.classList.toggle("none", entry.box.disabled);
}

/** More choices without a result than this are folded away. */
const FEW = 4;

/**
 * Offers the choices that would leave nothing behind a button, where they are many.
 *
 * @param {Group} group
 */
function foldNone(group) {
  const none = group.entries.filter((entry) => entry.box.disabled && entry.item.parentElement === group.list).length;
  const all = group.list.children.length;
  const fold = none > FEW && none < all;
  group.more.hidden = !fold;
  group.list.classList.toggle("without-none", fold && group.more.getAttribute("aria-expanded") === "false");
  group.more.textContent = group.more.getAttribute("aria-expanded") === "true" ? "收起没有结果的" : `另 ${none} 个没有结果`;
}

export class Filters {
  /**
   * @param {HTMLElement} page
   * @param {Columns} columns
   * @param {() => Promise<unknown>} changed Called when somebody chose; resolves when the results stand there.
   */
  constructor(page, columns, changed) {
    this.page = page;
    this.columns = columns;
    this.onChange = changed;
    /** For each facet the places of the chosen options. */
    this.chosen = columns.facets.map(() => /** @type {Set<number>} */ (new Set()));
    this.groups = columns.facets.map((facet, at) => groupOf(facet, at < 2, (place, checked) => this.pick(at, place, checked)));
    part(page, "[data-facets]", HTMLElement).replaceChildren(...this.groups.map((group) => group.box));
  }

  /**
   * @param {number} at
   * @param {number} place
   * @param {boolean} checked
   */
  pick(at, place, checked) {
    if (checked) this.chosen[at].add(place);
    else this.chosen[at].delete(place);
    this.onChange();
  }

  /**
   * Takes over a choice that came from elsewhere.
   *
   * @param {Set<number>[]} chosen
   */
  choose(chosen) {
    this.chosen = chosen;
    this.groups.forEach((group, at) => {
      if (chosen[at].size) group.box.open = true;
      group.entries.forEach((entry, place) => {
        entry.box.checked = chosen[at].has(place);
        const { within } = this.columns.facets[at].options[place];
        const fold = within === undefined ? null : group.entries[within].fold;
        if (fold && entry.box.checked) fold.open = true;
      });
    });
  }

  /** @param {Uint32Array[]} counts For each facet and option. */
  showCounts(counts) {
    this.groups.forEach((group, at) => {
      group.entries.forEach((entry, place) => showCount(entry, counts[at][place]));
      foldNone(group);
      const { size } = this.chosen[at];
      const said = size ? `已选 ${size}` : "";
      if (group.number.textContent !== said) group.number.textContent = said;
    });
    this.showChosen();
  }

  showChosen() {
    const chips = this.columns.facets.flatMap((facet, at) => Array.from(this.chosen[at], (place) => this.chip(facet, at, place)));
    const row = part(this.page, "[data-chosen]", HTMLElement);
    const number = part(this.page, "[data-chosen-number]", HTMLElement);
    number.replaceChildren(element("span", "sr", "已选 "), String(chips.length));
    number.hidden = row.hidden = !chips.length;
    row.replaceChildren(...chips, ...(chips.length ? [this.clearButton()] : []));
  }

  /**
   * @param {Facet} facet
   * @param {number} at
   * @param {number} place
   */
  chip(facet, at, place) {
    const { title } = facet.options[place];
    const item = element("li");
    const made = button("chip", "", async () => {
      const next = Array.from(item.parentNode?.children ?? []).indexOf(item);
      this.chosen[at].delete(place);
      this.groups[at].entries[place].box.checked = false;
      await this.onChange();
      this.focusChip(next);
    });
    const sign = element("span", "chip-sign", "×");
    sign.setAttribute("aria-hidden", "true");
    made.append(element("span", "sr", `去掉条件：${facet.title} `), title, sign);
    item.append(made);
    return item;
  }

  clearButton() {
    const item = element("li");
    item.append(
      button("chip-clear", "清除全部", () => {
        this.choose(this.columns.facets.map(() => new Set()));
        const input = part(this.page, "#q", HTMLInputElement);
        input.value = "";
        input.focus();
        this.onChange();
      }),
    );
    return item;
  }

  /**
   * The button that was pressed is gone: the next one takes its place, or the number of results.
   *
   * @param {number} place
   */
  focusChip(place) {
    const row = part(this.page, "[data-chosen]", HTMLElement);
    const chips = row.hidden ? [] : Array.from(row.querySelectorAll("button.chip"));
    const next = chips[Math.min(place, chips.length - 1)];
    (next instanceof HTMLElement ? next : part(this.page, "[data-count]", HTMLElement)).focus();
  }
}

/**
 * On a narrow screen the groups stand behind a button.
 *
 * @param {HTMLElement} page
 */
export function foldFilters(page) {
  const opener = part(page, "[data-panel-button]", HTMLButtonElement);
  const panel = part(page, "[data-panel]", HTMLElement);
  const isShown = () => opener.getAttribute("aria-expanded") === "true";
  /** @param {boolean} open */
  const show = (open) => {
    opener.setAttribute("aria-expanded", String(open));
    panel.classList.toggle("side-open", open);
  };
  opener.addEventListener("click", () => show(!isShown()));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isShown()) return;
    show(false);
    opener.focus();
  });
  part(page, "[data-panel-done]", HTMLElement).addEventListener("click", () => {
    show(false);
    part(page, "[data-count]", HTMLElement).focus();
  });
  part(page, "[data-facets]", HTMLElement).addEventListener("submit", (event) => event.preventDefault());
}

// The list of demands: brings together what the reader wants (in the address), the filters, the words searched for and the results.
import { dataOf, element, part, showAwaited } from "../common/element.js";
import { once, RequestError } from "../common/request.js";
import { openIndex } from "../search/engine.js";
import { loadColumns, loadIds } from "./columns.js";
import { setUpExportButtons } from "./export-buttons.js";
import { BUT_FOR_TEXT, filter } from "./facets.js";
import { nearestFeed, offerFeed } from "./feeds.js";
import { Filters, foldFilters } from "./filters.js";
import { choicesOf, isPlain, orderOf, placesOf, readQuery, STEP, writeQuery } from "./query-string.js";
import { offer, Results } from "./results.js";

/** @import { Answer } from "../search/engine.js" */
/** @import { Filtered } from "./facets.js" */
/** @import { ListQuery } from "./query-string.js" */

/** Milliseconds for which cards wait while somebody types: the number of results and the filters' counts follow at once. */
const PAUSE = 160;

/** @param {ListQuery} query */
function addressOf(query) {
  return writeQuery(query) || location.pathname;
}

class ListPage {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.input = part(page, "#q", HTMLInputElement);
    this.order = part(page, "[data-sort]", HTMLSelectElement);
    this.form = part(page, "[data-query]", HTMLFormElement);
    this.count = part(page, "[data-count]", HTMLElement);
    this.countAsBuilt = this.count.innerHTML;
    this.done = part(page, "[data-panel-done]", HTMLElement);
    const ids = once(() => loadIds(dataOf(page, "idsSrc")));
    this.results = new Results(page, ids);
    this.exportNumbers = setUpExportButtons(page, ids);
    this.engine = once(() => openIndex(dataOf(page, "search")));
    /** The filters are made with the first answer; until then the choice stands in the address alone. */
    this.filters = once(async () => {
      const made = new Filters(page, await loadColumns(dataOf(page, "src")), () => this.choose());
      this.takeOver(made);
      this.madeFilters = made;
      return made;
    });
    /** @type {Filters | null} */
    this.madeFilters = null;
    this.query = readQuery(location.search);
    this.typing = false;
    this.turn = 0;
  }

  /**
   * What the address names and the list does not know is left out.
   *
   * @param {Filters} filters
   */
  takeOver(filters) {
    const chosen = placesOf(this.query.choices, filters.columns);
    this.query.choices = choicesOf(chosen, filters.columns);
    filters.choose(chosen);
  }

  /** @returns {Promise<Answer | null>} Null where no words are given. */
  async search() {
    const { q } = this.query;
    return q.trim() ? (await this.engine()).query(q) : null;
  }

  /** Shows what is wanted now. */
  async update() {
    const mine = (this.turn += 1);
    if (!isPlain(this.query)) this.results.begin();
    try {
      const [filters, text] = await Promise.all([this.filters(), this.search()]);
      // What was typed or chosen since then has its own turn.
      if (mine === this.turn) await this.present(filters, text, mine);
    } catch (failed) {
      if (mine !== this.turn) return;
      this.count.textContent = "没有取到需求数据，请检查网络后再试。";
      this.results.endWaiting();
      if (!(failed instanceof RequestError)) throw failed;
    } finally {
      if (mine === this.turn) showAwaited(this.page);
    }
  }

  /**
   * @param {Filters} filters
   * @param {Answer | null} text
   * @param {number} mine
   */
  async present(filters, text, mine) {
    const result = this.showCounts(filters, text);
    this.order.options[0].textContent = text ? "相关度" : "可揭榜在前";
    if (isPlain(this.query)) {
      this.showAsBuilt();
      return;
    }
    this.sayCount(result.total, text);
    if (this.typing) await new Promise((go) => setTimeout(go, PAUSE));
    if (mine !== this.turn) return;
    const hints = [...this.suggestionFor(text), ...this.offersOf(text, result)];
    if (!result.total) hints.push(this.nothingLeft(filters, result));
    const found = { numbers: result.numbers, words: text ? text.words : [], shown: this.query.show };
    await this.results.show(found, hints, this.soundingAlike(text, result), (shown) => this.remember(shown));
  }

  /**
   * @param {Filters} filters
   * @param {Answer | null} text
   */
  showCounts(filters, text) {
    const result = filter(filters.columns, filters.chosen, text && text.hits, this.query.sort);
    filters.showCounts(result.counts);
    this.done.textContent = `看结果（${result.total} 项）`;
    this.exportNumbers(isPlain(this.query) ? null : result.numbers);
    this.showFeed(filters, result.total);
    return result;
  }

  /**
   * @param {Filters} filters
   * @param {number} found
   */
  showFeed({ columns, chosen }, found) {
    const plain = !this.query.q.trim() && chosen.every((places) => !places.size);
    const nearest = part(this.page, "[data-feed-nearest]", HTMLElement);
    part(this.page, "[data-feed-all]", HTMLElement).hidden = !plain;
    nearest.hidden = plain;
    if (!plain) offerFeed(nearest, dataOf(this.page, "root"), nearestFeed(columns, chosen), found);
  }

  showAsBuilt() {
    this.results.clear();
    if (this.count.innerHTML !== this.countAsBuilt) this.count.innerHTML = this.countAsBuilt;
  }

  /**
   * @param {number} number
   * @param {Answer | null} text
   */
  sayCount(number, text) {
    const before = text && text.how === "pinyin" ? "按拼音找到 " : "找到 ";
    this.count.replaceChildren(before, element("b", "", String(number)), " 项需求");
  }

  /** @param {Answer | null} text */
  suggestionFor(text) {
    const meant = text && text.suggestion;
    return meant ? [offer("hint", "是不是要找：", [[meant, () => this.searchFor(meant)]])] : [];
  }

  /**
   * Other words of the trade, each with how many demands it finds under the present choice.
   *
   * @param {Answer | null} text
   * @param {Filtered} result
   */
  offersOf(text, result) {
    /** @type {Parameters<typeof offer>[2]} */
    const ways = [];
    (text ? text.offers : []).forEach(({ text: other, hits }) => {
      const number = hits.filter((hit) => result.passed[hit]).length;
      if (number) ways.push([`${other}（${number}）`, () => this.searchFor(other)]);
    });
    return ways.length ? [offer("hint", "也看看：", ways)] : [];
  }

  /**
   * Where nothing is left: what each single step back would bring.
   *
   * @param {Filters} filters
   * @param {Filtered} result
   */
  nothingLeft(filters, result) {
    /** @type {Parameters<typeof offer>[2]} */
    const ways = [];
    if (filters.chosen.some((places) => places.size) && result.without.text) {
      ways.push([`去掉搜索词，有 ${result.without.text} 项`, () => this.searchFor("")]);
    }
    filters.columns.facets.forEach((facet, at) => {
      const number = result.without.facets[at];
      if (filters.chosen[at].size && number) ways.push([`不限${facet.title}，有 ${number} 项`, () => this.giveUp(filters, at)]);
    });
    const text = ways.length ? "没有符合全部条件的需求。可以放宽一项：" : "没有符合条件的需求。可以换一个词，或减少词语和条件。";
    return offer("empty", text, ways);
  }

  /**
   * @param {Answer | null} text
   * @param {Filtered} result
   */
  soundingAlike(text, result) {
    if (!text || text.how !== "text") return [];
    const numbers = text.pinyin.filter((number) => result.passed[number] === BUT_FOR_TEXT);
    return numbers.length ? [this.results.soundingAlike(numbers)] : [];
  }

  /** @param {number} shown */
  remember(shown) {
    this.query.show = shown;
    history.replaceState(history.state, "", addressOf(this.query));
  }

  /**
   * One step back in the history for each finished choice, not for each letter.
   *
   * @param {boolean} replace
   */
  step(replace) {
    const target = addressOf(this.query);
    if (target === (location.search || location.pathname)) return;
    if (replace) history.replaceState(null, "", target);
    else history.pushState(null, "", target);
  }

  choose() {
    this.typing = false;
    const filters = this.madeFilters;
    const choices = filters ? choicesOf(filters.chosen, filters.columns) : this.query.choices;
    this.query = { q: this.input.value, choices, sort: orderOf(this.order.value), show: STEP };
    this.step(false);
    return this.update();
  }

  /** @param {string} text */
  searchFor(text) {
    this.input.value = text;
    this.input.focus();
    this.choose();
  }

  /**
   * @param {Filters} filters
   * @param {number} at The facet whose choices are given up.
   */
  async giveUp(filters, at) {
    filters.chosen[at] = new Set();
    filters.choose(filters.chosen);
    await this.choose();
    this.count.focus();
  }

  takeFromAddress() {
    this.typing = false;
    this.query = readQuery(location.search);
    this.input.value = this.query.q;
    this.order.value = this.query.sort;
    if (this.madeFilters) this.takeOver(this.madeFilters);
    return this.update();
  }

  /** Every letter is a turn of its own. */
  type() {
    this.query.q = this.input.value;
    this.query.show = STEP;
    this.step(this.typing);
    this.typing = true;
    this.update();
  }

  sort() {
    this.typing = false;
    this.query.sort = orderOf(this.order.value);
    this.query.show = STEP;
    this.step(false);
    this.update();
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    this.typing = false;
    this.step(true);
    this.update();
  }

  listen() {
    this.input.addEventListener("input", () => this.type());
    this.input.addEventListener("change", () => {
      this.typing = false;
    });
    this.order.addEventListener("change", () => this.sort());
    this.form.addEventListener("submit", (event) => this.submit(event));
    // Fetched ahead; whoever needs it asks again, and says so when it does not come.
    this.input.addEventListener("focus", () => Promise.all([this.filters(), this.engine()]).catch(() => {}), { once: true });
    window.addEventListener("popstate", () => this.takeFromAddress());
    // Whoever opens the panel does not wait for the browser to have time.
    part(this.page, "[data-panel-button]", HTMLButtonElement).addEventListener("click", () => this.madeFilters || this.update());
  }

  begin() {
    this.listen();
    if (!isPlain(this.query)) this.takeFromAddress();
    // Nothing is wanted yet: the filters are made when the browser has time. Safari has no such moment.
    else if (window.requestIdleCallback) window.requestIdleCallback(() => this.update(), { timeout: 2000 });
    else setTimeout(() => this.update(), 300);
  }
}

// A list without demands has nothing to search.
const page = document.querySelector("[data-list]");
if (page instanceof HTMLElement && page.querySelector("[data-query]")) {
  foldFilters(page);
  new ListPage(page).begin();
}

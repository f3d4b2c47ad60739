// The results of a choice: its cards in portions, what is said where there are none, and demands whose title only sounds alike.
import { button, dataOf, element, part, showAwaited } from "../common/element.js";
import { RequestError } from "../common/request.js";
import { loadDemand } from "../demand/demand.js";
import { addFavouriteButtons } from "../favourites/buttons.js";
import { showDeadlines } from "../page/deadlines.js";
import { card } from "./cards.js";
import { STEP } from "./query-string.js";

/** @import { Demand } from "../demand/demand.js" */

/**
 * @typedef {object} Found
 * @property {number[]} numbers All of them, in order.
 * @property {string[]} words What was searched for, folded.
 * @property {number} shown How many of them are shown.
 */

/** As many cards as are seen at once. */
const PORTION = 8;
/** Milliseconds after which a reader is taken to look, not to type on. */
const PAUSE = 250;
const FAILED = "没有取到，再试一次";

/** @param {number} time */
function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

/**
 * A demand that was withdrawn since the list was fetched has no file any more, and no entry.
 *
 * @param {Promise<Demand>} asked
 * @returns {Promise<Demand | null>}
 */
function ifPublished(asked) {
  return asked.catch((failed) => {
    if (failed instanceof RequestError && failed.status === 404) return null;
    throw failed;
  });
}

/** @param {HTMLElement[]} cards */
function listOf(cards) {
  const list = element("ul", "cards");
  list.append(...cards);
  return list;
}

/** @param {HTMLElement} item */
function focusTitle(item) {
  part(item, "a", HTMLAnchorElement).focus();
}

/**
 * A line with buttons that each lead on.
 *
 * @param {string} className
 * @param {string} text
 * @param {[text: string, act: () => void][]} choices
 */
export function offer(className, text, choices) {
  const made = element("div", className);
  made.append(element("p", "", text));
  if (choices.length) {
    const list = element("ul", "offers");
    choices.forEach(([label, act]) => {
      const item = element("li");
      item.append(button("offer", label, act));
      list.append(item);
    });
    made.append(list);
  }
  return made;
}

export class Results {
  /**
   * @param {HTMLElement} page
   * @param {() => Promise<(number: number) => string>} ids Promises what gives a number's id.
   */
  constructor(page, ids) {
    this.page = page;
    this.root = dataOf(page, "root");
    this.box = part(page, "[data-found]", HTMLElement);
    this.fixed = part(page, "[data-static]", HTMLElement);
    this.ids = ids;
    this.turn = 0;
  }

  /** What is still on its way is no longer wanted; what stands there stays until something follows. */
  begin() {
    this.turn += 1;
    this.box.setAttribute("aria-busy", "true");
  }

  /** Back to the page as it was built. */
  clear() {
    this.turn += 1;
    this.box.hidden = true;
    this.box.replaceChildren();
    this.endWaiting();
    this.fixed.hidden = false;
  }

  endWaiting() {
    this.box.removeAttribute("aria-busy");
  }

  /**
   * @param {number[]} numbers
   * @returns {Promise<Demand[]>}
   */
  async demands(numbers) {
    if (!numbers.length) return [];
    const idOf = await this.ids();
    const answers = await Promise.all(numbers.map((number) => ifPublished(loadDemand(this.root, idOf(number)))));
    return answers.filter(/** @returns {demand is Demand} */ (demand) => demand !== null);
  }

  /**
   * @param {number[]} numbers
   * @param {string[]} words
   */
  async cards(numbers, words) {
    return (await this.demands(numbers)).map((demand) => card(demand, this.root, words));
  }

  /**
   * The first cards stand there at once, the others follow in portions, so that typing is never held up. Resolves when all do; a later
   * call makes it void.
   *
   * @param {Found} found
   * @param {HTMLElement[]} hints Above the cards.
   * @param {HTMLElement[]} after Below them.
   * @param {(shown: number) => void} onMore Called when more are shown.
   */
  async show(found, hints, after, onMore) {
    const mine = (this.turn += 1);
    const shown = found.numbers.slice(0, found.shown);
    const list = listOf(await this.cards(shown.slice(0, PORTION), found.words));
    if (mine !== this.turn) return;
    this.box.replaceChildren(...hints, ...(shown.length ? [list] : []));
    this.fixed.hidden = true;
    this.box.hidden = false;
    this.finishCards();
    showAwaited(this.page);
    await this.appendRest(list, shown, found.words, mine);
    if (mine !== this.turn) return;
    if (shown.length && !list.children.length) list.replaceWith(offer("empty", "目录刚刚更新过，请刷新页面。", []));
    else if (found.numbers.length > shown.length) this.box.append(this.moreButton(found, onMore));
    this.box.append(...after);
    this.endWaiting();
  }

  /**
   * Appends the cards after the first portion, once the reader stops to look: fetched together, made a portion at a time. Whoever types
   * on wants other cards.
   *
   * @param {HTMLElement} list
   * @param {number[]} shown
   * @param {string[]} words
   * @param {number} mine
   */
  async appendRest(list, shown, words, mine) {
    await pause(shown.length > PORTION ? PAUSE : 0);
    if (mine !== this.turn) return;
    const demands = await this.demands(shown.slice(PORTION));
    for (let from = 0; from < demands.length && mine === this.turn; from += PORTION) {
      list.append(...demands.slice(from, from + PORTION).map((demand) => card(demand, this.root, words)));
      this.finishCards();
      await pause(0);
    }
  }

  /** What every card gets when it stands on the page. */
  finishCards() {
    showDeadlines(this.box);
    addFavouriteButtons(this.box);
  }

  /**
   * @param {Found} found
   * @param {(shown: number) => void} onMore
   */
  moreButton(found, onMore) {
    const made = button("more-button", `再看 ${Math.min(STEP, found.numbers.length - found.shown)} 项`, async () => {
      const mine = this.turn;
      made.disabled = true;
      let cards;
      try {
        cards = await this.cards(found.numbers.slice(found.shown, found.shown + STEP), found.words);
      } catch {
        made.disabled = false;
        made.textContent = FAILED;
        return;
      }
      if (mine === this.turn) this.showMore(made, cards, found, onMore);
    });
    return made;
  }

  /**
   * @param {HTMLElement} pressed
   * @param {HTMLElement[]} cards
   * @param {Found} found
   * @param {(shown: number) => void} onMore
   */
  showMore(pressed, cards, found, onMore) {
    pressed.previousElementSibling?.append(...cards);
    found.shown += STEP;
    if (found.numbers.length > found.shown) pressed.replaceWith(this.moreButton(found, onMore));
    else pressed.remove();
    this.finishCards();
    focusTitle(cards[0]);
    onMore(found.shown);
  }

  /**
   * Demands whose title sounds like what was typed: apart from the results, and only when asked for.
   *
   * @param {number[]} numbers
   */
  soundingAlike(numbers) {
    const made = element("section", "alike");
    const asked = button("offer", `另有 ${numbers.length} 项名称的拼音相符`, async () => {
      let cards;
      try {
        cards = await this.cards(numbers.slice(0, STEP), []);
      } catch {
        asked.textContent = FAILED;
        return;
      }
      made.replaceChildren(element("h2", "", `名称的拼音相符（${numbers.length} 项）`), listOf(cards));
      if (numbers.length > STEP) made.append(element("p", "note", `只列出前 ${STEP} 项，请把拼音写长一些。`));
      this.finishCards();
      focusTitle(cards[0]);
    });
    made.append(asked);
    return made;
  }
}

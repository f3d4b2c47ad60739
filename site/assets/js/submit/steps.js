// One section of the form at a time: which one is seen, its place in the address, and what is left in each.

import { dataOf, element, part, parts } from "../common/element.js";
import { placeOf } from "./findings.js";
import { leftInFull, leftInShort } from "./left.js";

/** @import { Finding } from "./types.js" */

/**
 * A section, or one of the repeated records with the section around it.
 *
 * @typedef {object} Step
 * @property {string} id behind the # of the address
 * @property {string} title
 * @property {HTMLElement} whole what belongs to the step
 * @property {HTMLElement} section
 * @property {HTMLElement} heading where reading begins
 */

export class Steps {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    /** Id of the step that is seen. */
    this.current = "";
    /** What is left to do. @type {Finding[]} */
    this.left = [];
    page.addEventListener("click", (event) => this.onClick(event));
    window.addEventListener("popstate", () => this.showAddress());
  }

  /** The steps as they are now: answers and repeated records add and remove some. */
  all() {
    return parts(this.page, ".part").flatMap(/** @returns {Step[]} */ (section) => {
      if (section.hidden) return [];
      const heading = part(section, "h2", HTMLElement);
      const entries = parts(section, "[data-entry]");
      if (!entries.length) return [{ id: heading.id, title: heading.textContent || "", whole: section, section, heading }];
      return entries.map((whole) => {
        const legend = part(whole, "legend", HTMLElement);
        return { id: `s-entry-${dataOf(whole, "entry")}`, title: legend.textContent || "", whole, section, heading: legend };
      });
    });
  }

  /** The step that is seen; the first where it is no longer there. */
  now() {
    const steps = this.all();
    return steps.find((step) => step.id === this.current) || steps[0];
  }

  isLast() {
    const steps = this.all();
    return this.now().id === steps[steps.length - 1].id;
  }

  /** Shows the step that the address names, or in which what it names stands; else the first, or what is seen where it names something else. */
  showAddress() {
    const name = location.hash.slice(1);
    const named = document.getElementById(name);
    const steps = this.all();
    const step =
      steps.find(({ id }) => id === name) ||
      steps.find(({ whole }) => whole.contains(named)) ||
      steps.find(({ section }) => section.contains(named));
    if (step) this.current = step.id;
    else if (!named) this.current = steps[0].id;
    this.show();
  }

  /**
   * Leads to a step: it is seen, the address names it, and reading goes on at its heading.
   *
   * @param {string} id
   */
  go(id) {
    this.open(id);
    this.now().heading.focus({ preventScroll: true });
    part(this.page, ".progress", HTMLElement).scrollIntoView({ block: "start" });
  }

  /**
   * Shows the step that an element stands in.
   *
   * @param {Element} target
   */
  reveal(target) {
    const step = this.all().find(({ whole }) => whole.contains(target));
    if (step) this.open(step.id);
  }

  /** @param {number} by how many steps further; negative for back */
  move(by) {
    const steps = this.all();
    const next = steps[steps.findIndex(({ id }) => id === this.now().id) + by];
    if (next) this.go(next.id);
  }

  /** @param {string} id */
  open(id) {
    if (id !== this.current) history.pushState(null, "", `#${id}`);
    this.current = id;
    this.show();
  }

  /** @param {Finding[]} left errors, and what is to be compared with the form on paper */
  showLeft(left) {
    this.left = left;
    this.show();
  }

  /** Brings the page in line with what is known. */
  show() {
    const steps = this.all();
    const now = this.now();
    const place = steps.indexOf(steps.find(({ id }) => id === now.id) || steps[0]);
    this.current = now.id;
    for (const one of parts(this.page, ".part, [data-entry]")) one.classList.toggle("current", one === now.whole || one === now.section);
    this.page.dataset.at = place === 0 ? "first" : place === steps.length - 1 ? "last" : now.whole === now.section ? "between" : "entry";
    const list = part(this.page, "[data-steps]", HTMLElement);
    // The links stay the same elements: whoever stands on one must not lose the place.
    while (list.children.length > steps.length) list.lastElementChild?.remove();
    while (list.children.length < steps.length) list.append(element("li"));
    steps.forEach((step, number) => this.showLink(/** @type {HTMLElement} */ (list.children[number]), step, number));
    part(this.page, "[data-step-left]", HTMLElement).textContent = place < steps.length - 1 ? leftInFull(this.leftIn(now)) : "";
    this.showButton("[data-step-back]", "上一步：", steps[place - 1]);
    this.showButton("[data-step-next]", "下一步：", steps[place + 1]);
  }

  /**
   * @param {HTMLElement} item
   * @param {Step} step
   * @param {number} number from 0
   */
  showLink(item, step, number) {
    const link = item.querySelector("a") || item.appendChild(element("a"));
    const left = this.leftIn(step);
    link.href = `#${step.id}`;
    link.replaceChildren(element("b", "", `${number + 1}`), element("span", "step-title", step.title.trim()));
    const last = Boolean(step.section.querySelector("[data-files]"));
    const said = leftInShort(left) || (last ? "" : "已填好");
    if (said) link.append(element("span", "step-left", said));
    link.classList.toggle("done", !left.length);
    if (step.id === this.current) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }

  /**
   * @param {string} selector
   * @param {string} before
   * @param {Step | undefined} step
   */
  showButton(selector, before, step) {
    const button = part(this.page, selector, HTMLElement);
    button.hidden = !step;
    if (step) button.textContent = before + step.title.trim();
  }

  /** @param {Step} step */
  leftIn(step) {
    return this.left.filter((finding) => step.whole.contains(placeOf(finding)));
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest(".progress a");
    if (link instanceof HTMLAnchorElement) {
      event.preventDefault();
      this.go(link.hash.slice(1));
    } else if (target.closest("[data-step-back]")) this.move(-1);
    else if (target.closest("[data-step-next]")) this.move(1);
  }
}

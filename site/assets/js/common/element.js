// Elements of the page: made, found, and what their data attributes say.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [className]
 * @param {string} [text] Shown as it is typed, never read as markup.
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} act
 */
export function button(className, text, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/**
 * The first element of a kind that a template is known to have there.
 *
 * @template {Element} Kind
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function part(within, selector, kind) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${kind.name} ${selector}`);
  return found;
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function parts(within, selector) {
  return Array.from(within.querySelectorAll(selector)).filter(/** @returns {one is HTMLElement} */ (one) => one instanceof HTMLElement);
}

/**
 * What a part of the page waited for stands there, or does not come: it shows from now on (`data-awaited`).
 *
 * @param {ParentNode} within
 */
export function showAwaited(within) {
  parts(within, "[data-awaited]").forEach((awaited) => awaited.setAttribute("data-came", ""));
}

/**
 * @param {HTMLElement} holder
 * @param {string} name In camel case: `applyBy` for `data-apply-by`.
 * @returns {string} Empty where the attribute is missing.
 */
export function dataOf(holder, name) {
  return holder.dataset[name] ?? "";
}

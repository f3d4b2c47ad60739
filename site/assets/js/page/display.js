// The buttons for light, dark and large type. What was chosen is applied by theme.js, before the first paint.
import { dataOf, part, parts } from "../common/element.js";

/** @type {Record<string, string>} */
const THEMES = { auto: "跟随系统", light: "浅色", dark: "深色" };
/** @type {Record<string, string>} */
const NEXT = { auto: "light", light: "dark", dark: "auto" };

/**
 * @param {string} key
 * @param {string} value
 */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is forbidden: the choice then holds for this page only.
  }
}

/**
 * @param {HTMLElement} button
 * @param {string} theme
 */
function showTheme(button, theme) {
  button.dataset.themeToggle = theme;
  part(button, "[data-theme-name]", HTMLElement).textContent = `显示模式：${THEMES[theme]}`;
  button.title = `显示模式：${THEMES[theme]}`;
}

/** @param {HTMLElement} button */
function setUpTheme(button) {
  const page = document.documentElement;
  showTheme(button, page.dataset.theme || "auto");
  button.addEventListener("click", () => {
    const theme = NEXT[dataOf(button, "themeToggle")];
    if (theme === "auto") delete page.dataset.theme;
    else page.dataset.theme = theme;
    keep("theme", theme);
    showTheme(button, theme);
  });
}

/**
 * @param {HTMLElement} button
 * @param {boolean} large
 */
function showSize(button, large) {
  button.setAttribute("aria-pressed", String(large));
  button.title = large ? "回到标准字号" : "放大文字和按钮";
}

/** @param {HTMLElement} button */
function setUpSize(button) {
  const page = document.documentElement;
  showSize(button, page.dataset.size === "large");
  button.addEventListener("click", () => {
    const large = page.dataset.size !== "large";
    if (large) page.dataset.size = "large";
    else delete page.dataset.size;
    keep("size", large ? "large" : "standard");
    showSize(button, large);
  });
}

/** Makes the buttons of the page's head work. */
export function setUpDisplay() {
  parts(document, "[data-theme-toggle]").forEach(setUpTheme);
  parts(document, "[data-size-toggle]").forEach(setUpSize);
}

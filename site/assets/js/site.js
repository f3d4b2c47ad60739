// On every page: the buttons for light, dark and large type, and what depends on today's date (the pages themselves never do).
(function () {
  "use strict";

  // Deadlines are days in China, wherever the reader is.
  function today() {
    return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
  }

  function daysUntil(day) {
    return Math.round((Date.parse(day) - Date.parse(today())) / 86400000);
  }

  function leftText(days) {
    if (days < 0) return "已截止";
    return days === 0 ? "今天截止" : "剩 " + days + " 天";
  }

  function markState(element) {
    var over = daysUntil(element.dataset.applyBy) < 0;
    element.textContent = over ? "揭榜已截止" : "可揭榜";
    element.classList.toggle("state-closed", over);
  }

  function markLeft(element) {
    var days = daysUntil(element.dataset.left);
    element.textContent = leftText(days);
    element.classList.toggle("left-over", days < 0);
    element.classList.toggle("left-soon", days >= 0 && days <= 14);
  }

  function markDates(within) {
    within.querySelectorAll(".state[data-apply-by]").forEach(markState);
    within.querySelectorAll("[data-left]").forEach(markLeft);
    within.querySelectorAll(".panel-apply[data-apply-by]").forEach(function (panel) {
      var over = daysUntil(panel.dataset.applyBy) < 0;
      panel.querySelector("[data-apply-open]").hidden = over;
      panel.querySelector("[data-apply-closed]").hidden = !over;
    });
    within.querySelectorAll("[data-day]").forEach(function (item) {
      item.classList.toggle("past", daysUntil(item.dataset.day) < 0);
    });
  }

  // Of those that close soon: without the ones that have closed, as many as there is room for.
  function markClosing(list) {
    var room = Number(list.dataset.closing);
    list.querySelectorAll("li").forEach(function (item) {
      item.hidden = daysUntil(item.dataset.until) < 0 || room <= 0;
      if (!item.hidden) room -= 1;
    });
    var none = list.parentNode.querySelector("[data-closing-none]");
    none.hidden = list.querySelector("li:not([hidden])") !== null;
  }

  var THEMES = { auto: "跟随系统", light: "浅色", dark: "深色" };
  var NEXT = { auto: "light", light: "dark", dark: "auto" };

  function showTheme(button, theme) {
    button.dataset.themeToggle = theme;
    button.querySelector("[data-theme-name]").textContent = "显示模式：" + THEMES[theme];
    button.title = "显示模式：" + THEMES[theme];
  }

  function setUpTheme(button) {
    var html = document.documentElement;
    showTheme(button, html.dataset.theme || "auto");
    button.addEventListener("click", function () {
      var theme = NEXT[button.dataset.themeToggle];
      if (theme === "auto") delete html.dataset.theme;
      else html.dataset.theme = theme;
      try {
        localStorage.setItem("theme", theme);
      } catch (refused) {
        // The choice then holds for this page only.
      }
      showTheme(button, theme);
    });
  }

  function showSize(button, large) {
    button.setAttribute("aria-pressed", String(large));
    button.title = large ? "回到标准字号" : "放大文字和按钮";
  }

  function setUpSize(button) {
    var html = document.documentElement;
    showSize(button, html.dataset.size === "large");
    button.addEventListener("click", function () {
      var large = html.dataset.size !== "large";
      if (large) html.dataset.size = "large";
      else delete html.dataset.size;
      try {
        localStorage.setItem("size", large ? "large" : "standard");
      } catch (refused) {
        // As with the theme: for this page only.
      }
      showSize(button, large);
    });
  }

  document.querySelectorAll("[data-theme-toggle]").forEach(setUpTheme);
  document.querySelectorAll("[data-size-toggle]").forEach(setUpSize);
  document.querySelectorAll("[data-closing]").forEach(markClosing);
  markDates(document);

  window.jiebang = { daysUntil: daysUntil, markDates: markDates };
})();

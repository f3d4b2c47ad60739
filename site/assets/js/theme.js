// Runs before the first paint: says that scripts work, and applies the reader's choice of light or dark and of large type.
(function () {
  "use strict";
  var html = document.documentElement;
  html.classList.add("js");
  try {
    var choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") html.dataset.theme = choice;
    if (localStorage.getItem("size") === "large") html.dataset.size = "large";
  } catch (refused) {
    // Storage may be forbidden; then the system's setting holds.
  }
})();

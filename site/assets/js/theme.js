// Runs before the first paint, hence no module: says that scripts work, and applies the reader's choice of light or dark and of large type.
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    if (localStorage.getItem("size") === "large") page.dataset.size = "large";
  } catch {
    // Storage may be forbidden; then the system's setting holds.
  }
})();

// Runs before the first paint, hence no module: says that scripts work and whether the address asks for something, and applies the reader's
// choice of light or dark and of large type.
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  if (location.search) page.classList.add("asked");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    if (localStorage.getItem("size") === "large") page.dataset.size = "large";
  } catch {
    // Storage may be forbidden; then the system's setting holds.
  }
})();

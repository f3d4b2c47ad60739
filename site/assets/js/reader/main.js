// Takes forms that are chosen or dropped on the start page of the web form. What reads them is fetched when the first one comes, or when
// a list is left from before.

import { part } from "../common/element.js";

/** @type {HTMLElement | null} */
const zone = document.querySelector("[data-drop]");
/** @type {HTMLMetaElement | null} */
const setting = document.querySelector('meta[name="jiebang-reader"]');

/** Whether this browser keeps the program of an earlier visit. */
async function hasReader() {
  try {
    return (await caches.keys()).some((name) => name.startsWith("jiebang-reader"));
  } catch {
    return false;
  }
}

/**
 * @param {HTMLElement} box
 * @param {DOMStringMap} addresses
 */
function listen(box, addresses) {
  const input = part(box, "input[type=file]", HTMLInputElement);
  const status = part(box, "[data-drop-status]", HTMLElement);

  /** @param {File[]} [files] without them: they are still to come */
  async function take(files) {
    const page = await import("./list-page.js").catch(() => null);
    if (page) page.takeFiles(box, addresses, files);
    else status.textContent = "没有取到读表格的程序，请检查网络后再试。";
  }

  input.addEventListener("change", () => {
    const files = Array.from(input.files || []);
    // The same file may be chosen again once it was changed.
    input.value = "";
    if (files.length) take(files);
  });
  input.addEventListener("click", () => take());
  // Whoever has dropped files here before is likely to drop more. Nothing is fetched for anybody else: the page stays as light as it was.
  const near = async () => (await hasReader()) && take();
  for (const kind of ["pointerenter", "focusin", "pointerdown"]) box.addEventListener(kind, near, { once: true });
  /** @param {boolean} isOver */
  const mark = (isOver) => box.classList.toggle("is-over", isOver);
  // Anywhere on the page: a file that misses the box would otherwise be opened by the browser in the page's place.
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragenter", (event) => event.dataTransfer && event.dataTransfer.types.includes("Files") && take());
  document.addEventListener("dragleave", (event) => event.relatedTarget || mark(false));
  document.addEventListener("drop", (event) => {
    mark(false);
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    take(Array.from(event.dataTransfer.files));
  });
  const [, wanted] = /^#correct=(D-[0-9A-Z]{8})$/.exec(location.hash) || [];
  if (wanted) {
    status.textContent = `要更正 ${wanted}：请选目录仓库里的 ${wanted.toLowerCase()}.yml。`;
    input.focus();
  }
  try {
    if (sessionStorage.getItem("jiebang.read")) take([]);
  } catch {
    // A browser that refuses access has kept nothing.
  }
}

if (zone && setting) listen(zone, setting.dataset);
else if (zone) {
  part(zone, "[data-drop-ready]", HTMLElement).hidden = true;
  part(zone, "[data-drop-absent]", HTMLElement).hidden = false;
}

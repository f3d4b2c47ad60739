// The overview on a wall, when the address asks for it with `?wall`.
import { daysUntil } from "../common/days.js";
import { dataOf, parts } from "../common/element.js";

/** Milliseconds between two looks for a newer page, and for which the same entries of a list are shown. */
const REFRESH = 5 * 60 * 1000;
const TURN = 20 * 1000;

/** Asks before it reloads: a wall must not show the browser's own error page when the network is away. */
async function refresh() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // The page stays as it is.
  }
}

/**
 * @param {HTMLElement} list
 * @returns {() => void} Shows the next entries of a list that has more than there is room for, and then from the beginning.
 */
function turner(list) {
  const room = Number(list.dataset.closing);
  const left = parts(list, ":scope > *").filter((item) => daysUntil(dataOf(item, "until")) >= 0);
  let first = 0;
  return () => {
    if (left.length <= room) return;
    first = first + room < left.length ? first + room : 0;
    left.forEach((item, place) => {
      item.hidden = place < first || place >= first + room;
    });
  };
}

if (/[?&]wall\b/.test(location.search)) {
  document.documentElement.classList.add("wall");
  setInterval(refresh, REFRESH);
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    parts(document, ".overview [data-closing]").forEach((list) => setInterval(turner(list), TURN));
  }
}

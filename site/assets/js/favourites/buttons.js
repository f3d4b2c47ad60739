// The button on every entry of a list and every demand's page that keeps it as a favourite.
import { button, dataOf, element, part, parts } from "../common/element.js";
import { favourites, followOtherPages, isFavourite, onFavouritesChange, toggleFavourite } from "./store.js";

/** @param {HTMLElement} made */
function show(made) {
  const on = isFavourite(dataOf(made, "favourite"));
  made.setAttribute("aria-pressed", String(on));
  part(made, ".favourite-sign", HTMLElement).textContent = on ? "★" : "☆";
}

function showAll() {
  parts(document, "[data-favourite]").forEach(show);
  const number = favourites().length;
  parts(document, "[data-favourites-number]").forEach((place) => {
    // From two on there is something to compare.
    place.textContent = number ? `（${number}）${number > 1 ? "· 对照" : ""}` : "";
  });
}

/**
 * @param {string} id
 * @param {string} title
 */
function favouriteButton(id, title) {
  const made = button("favourite-button", "", () => toggleFavourite(id));
  made.dataset.favourite = id;
  const sign = element("span", "favourite-sign");
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, "标记", element("span", "sr", `：${title}`));
  show(made);
  return made;
}

/**
 * Gives a button to every entry below an element that has none yet, and to a demand's page.
 *
 * @param {ParentNode} within
 */
export function addFavouriteButtons(within) {
  parts(within, "[data-demand]").forEach((place) => {
    if (place.querySelector("[data-favourite]")) return;
    const title = place.querySelector(".card-title") || document.querySelector("h1");
    const made = favouriteButton(dataOf(place, "demand"), title?.textContent ?? "");
    place.insertBefore(made, place.querySelector("[data-favourites-link]"));
  });
}

/** Buttons everywhere on the page, kept true from then on. */
export function setUpFavouriteButtons() {
  onFavouritesChange(showAll);
  followOtherPages();
  addFavouriteButtons(document);
  showAll();
}

// On every page: how it is displayed, what depends on today's date, and the buttons for favourites.
import { setUpFavouriteButtons } from "../favourites/buttons.js";
import { showToday } from "./deadlines.js";
import { setUpDisplay } from "./display.js";

setUpDisplay();
showToday();
setUpFavouriteButtons();

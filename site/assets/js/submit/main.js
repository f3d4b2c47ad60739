// Starts the web form where the page has one: without an open round there is none.

import { FormPage } from "./form-page.js";

/** @type {HTMLElement | null} */
const page = document.querySelector("[data-submit]");
const form = page && page.querySelector("form");
if (page && form) new FormPage(page, form).start();

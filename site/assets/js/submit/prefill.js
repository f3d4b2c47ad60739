// From a demand's page to its application: which demand it is stands behind the # of the address, which no server gets to see.

import { isDay } from "../common/days.js";

/** @import { Form } from "./form.js" */

/**
 * What the address says of the demand that is applied for; "" for what is missing, or no day where a day should be.
 *
 * @param {string} hash with its #
 */
export function readLink(hash) {
  const link = new URLSearchParams(hash.slice(1));
  const text = (/** @type {string} */ name) => link.get(name) || "";
  const day = (/** @type {string} */ name) => (isDay(text(name)) ? text(name) : "");
  return { demand: text("demand"), code: text("code"), name: text("name"), round: text("round"), from: day("from"), until: day("until") };
}

/**
 * Fills in the demand, unless an application for it is there already; in the first application that names none, else in a new one.
 *
 * @param {Form} form
 * @param {ReturnType<typeof readLink>} link
 */
export function prefill(form, link) {
  if (form.model.repeated !== "application" || !/^D-[0-9A-Z]{8}$/.test(link.demand)) return;
  const numbers = form.entryNumbers();
  form.linked[link.demand] = { from: link.from, until: link.until };
  if (numbers.some((number) => form.text(`application.${number}.demand`) === link.demand)) return;
  const free = numbers.find((number) => !form.text(`application.${number}.demand`) && !form.text(`application.${number}.item.name`));
  const prefix = `application.${free || form.addEntry().dataset.entry}.`;
  form.set(`${prefix}demand`, link.demand);
  form.set(`${prefix}item.code`, link.code);
  form.set(`${prefix}item.name`, link.name);
  if (link.round) form.set("round", link.round);
}

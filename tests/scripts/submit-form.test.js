import assert from "node:assert/strict";
import { test } from "node:test";

import { controlId, demandId, isEmpty } from "../../site/assets/js/submit/form.js";
import { prefill, readLink } from "../../site/assets/js/submit/prefill.js";
import { makeModel } from "./submit-samples.js";

test("a demand's id is read out of the address of its page", () => {
  for (const typed of [
    "D-AAAAAAA1",
    "d-aaaaaaa1",
    " d-aaaaaaa1 ",
    "https://example.org/demands/d-aaaaaaa1/",
    "https://example.org/demands/d-aaaaaaa1",
    "https://example.org/demands/d-aaaaaaa1/?from=list#top",
  ]) {
    assert.equal(demandId(typed), "D-AAAAAAA1", typed);
  }
});

test("what is no id stays as it was typed", () => {
  for (const typed of ["", "D-AAAAAAAO", "D-AAAAAAA12", "https://example.org/demands/", "xd-aaaaaaa1", "d-aaaaaaa1/edit"]) {
    assert.equal(demandId(typed), typed);
  }
});

test("a group is empty when all that it holds is; a tick that is not set is an answer", () => {
  for (const value of [undefined, {}, [], { a: undefined, b: { c: {} } }]) assert.equal(isEmpty(value), true);
  for (const value of ["x", false, { a: { b: "x" } }, { a: [{ b: "x" }] }]) assert.equal(isEmpty(value), false);
});

test("controls are found by ids made from their names", () => {
  assert.equal(controlId("demand.0.cooperation.note"), "f-demand-0-cooperation-note");
  assert.equal(controlId("known_id"), "f-known_id");
});

test("a link tells the demand, its names and its period", () => {
  const hash = "#demand=D-AAAAAAA1&code=Q2-0001&name=%E7%94%B5%E6%B1%A0&round=2024&from=2024-08-20&until=2024-10-19";
  assert.deepEqual(readLink(hash), {
    demand: "D-AAAAAAA1",
    code: "Q2-0001",
    name: "电池",
    round: "2024",
    from: "2024-08-20",
    until: "2024-10-19",
  });
});

test("a broken link tells nothing that it does not hold", () => {
  const nothing = { demand: "", code: "", name: "", round: "", from: "", until: "" };
  assert.deepEqual(readLink(""), nothing);
  assert.deepEqual(readLink("#from=%3Cb%3E&until=2024-02-30"), nothing);
  assert.equal(readLink("#demand=D-1&demand=D-2").demand, "D-1");
});

/**
 * What a link fills into a form that holds some answers: the answers afterwards.
 *
 * @param {string} hash
 * @param {{ [control: string]: string }} answers
 * @param {string[]} numbers of the applications
 * @param {"demand" | "application"} [repeated]
 */
function fillIn(hash, answers, numbers, repeated = "application") {
  const filled = { ...answers };
  /** As much of a form as is asked here. */
  const form = {
    model: makeModel(repeated),
    linked: {},
    entryNumbers: () => numbers,
    text: (/** @type {string} */ name) => filled[name] || "",
    set: (/** @type {string} */ name, /** @type {string} */ value) => void (filled[name] = value),
    addEntry: () => ({ dataset: { entry: "9" } }),
  };
  prefill(/** @type {import("../../site/assets/js/submit/form.js").Form} */ (/** @type {unknown} */ (form)), readLink(hash));
  return { filled, linked: form.linked };
}

const LINK = "#demand=D-AAAAAAA1&code=Q2-0001&name=x&round=2024&from=2024-08-20";
const LINKED = { "D-AAAAAAA1": { from: "2024-08-20", until: "" } };

test("the first application that names nothing takes the demand", () => {
  const { filled, linked } = fillIn(LINK, { "application.0.demand": "D-BBBBBBB2", "application.1.item.name": "y" }, ["0", "1", "2", "3"]);
  assert.equal(filled["application.2.demand"], "D-AAAAAAA1");
  assert.equal(filled["application.2.item.code"], "Q2-0001");
  assert.equal(filled["application.2.item.name"], "x");
  assert.equal(filled["round"], "2024");
  assert.equal(filled["application.3.demand"], undefined);
  assert.deepEqual(linked, LINKED);
});

test("where each application names something, another one is added", () => {
  assert.equal(fillIn(LINK, { "application.0.item.name": "y" }, ["0"]).filled["application.9.demand"], "D-AAAAAAA1");
});

test("an application that is there already is left alone, and its period is known", () => {
  const answers = { "application.1.demand": "D-AAAAAAA1", "application.1.item.name": "own words" };
  const { filled, linked } = fillIn(LINK, answers, ["0", "1"]);
  assert.deepEqual(filled, answers);
  assert.deepEqual(linked, LINKED);
});

test("a link without a demand, or on the page for demands, fills nothing in", () => {
  for (const hash of ["", "#name=x", "#demand=D-AAAA&name=x", "#demand=D-AAAAAAA12"]) {
    assert.deepEqual(fillIn(hash, {}, ["0"]), { filled: {}, linked: {} }, hash);
  }
  assert.deepEqual(fillIn(LINK, {}, ["0"], "demand"), { filled: {}, linked: {} });
});

test("a link that names no round leaves the one that is chosen", () => {
  assert.equal(fillIn("#demand=D-AAAAAAA1", { round: "2025" }, ["0"]).filled["round"], "2025");
});

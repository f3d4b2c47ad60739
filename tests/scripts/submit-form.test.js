import assert from "node:assert/strict";
import { test } from "node:test";

import { controlId, demandId, isEmpty } from "../../site/assets/js/submit/form.js";
import { readLink } from "../../site/assets/js/submit/prefill.js";

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

import assert from "node:assert/strict";
import { test } from "node:test";

import { controlName, validate } from "../../site/assets/js/submit/validation.js";
import { GOOD_CODE, makeApplication, makeDemand, makeEnterprise, makeModel, makeSubmission } from "./submit-samples.js";

/** @import { ApplicationRecord, DemandRecord, EnterpriseRecord, Submission } from "../../site/assets/js/submit/types.js" */

const DEMAND = makeModel("demand");
const APPLY = makeModel("application");

/**
 * @param {Partial<Submission>} [more]
 * @param {import("../../site/assets/js/submit/types.js").Model} [model]
 */
function codes(more, model = DEMAND) {
  return validate(model, makeSubmission(model, more)).map(({ code, severity, name }) => `${code} ${severity} ${name}`);
}

/** @param {DemandRecord} record */
function ofDemand(record) {
  return codes({ entries: [makeDemand(record)] });
}

/** @param {EnterpriseRecord} record */
function ofApplicant(record) {
  return codes({ enterprise: makeEnterprise(record) }, APPLY);
}

/**
 * @param {ApplicationRecord} record
 * @param {Partial<Submission>} [more]
 */
function ofApplication(record, more) {
  return codes({ entries: [makeApplication(record)], ...more }, APPLY);
}

test("submissions without a fault have no findings", () => {
  assert.deepEqual(codes(), []);
  assert.deepEqual(codes({}, APPLY), []);
});

test("S202: round, district and day are asked for", () => {
  assert.deepEqual(codes({ round: null, district: null, submitted: "" }), ["S202 error round", "S202 error district", "S202 error submitted"]);
});

test("S209: the day of submission exists", () => {
  assert.deepEqual(codes({ submitted: "2024-02-30" }), ["S209 error submitted"]);
});

test("R361: the day lies in the round, first and last day included", () => {
  for (const submitted of ["2024-07-05", "2026-06-30"]) assert.deepEqual(codes({ submitted }), [], submitted);
  assert.deepEqual(codes({ submitted: "2024-07-04" }), ["R361 error submitted"]);
  // After the round's end is after its day for handing in as well.
  assert.deepEqual(codes({ submitted: "2026-07-01" }), ["R361 error submitted", "R367 warning submitted"]);
});

test("S208: an enterprise that is known needs its id, in its shape", () => {
  const known = { known: true, enterprise: null };
  assert.deepEqual(codes({ ...known, knownId: "E-BBBBBBB2" }), []);
  for (const knownId of ["", "E-BBBBBBBO", "e-bbbbbbb2", "D-BBBBBBB2", "E-BBBBBBB22"]) {
    assert.deepEqual(codes({ ...known, knownId }), ["S208 error known_id"], knownId);
  }
  assert.deepEqual(codes({ knownId: "" }), []);
});

test("what the schema refuses is told at its control, and rules are silent about it", () => {
  assert.deepEqual(codes({ enterprise: makeEnterprise({ name: "示例" }) }), ["S206 error enterprise.name"]);
  assert.deepEqual(ofDemand({ summary: "电话 10000001234\u200b" }), ["Y103 error demand.0.summary"]);
  assert.deepEqual(codes({ enterprise: makeEnterprise({ credit_code: "91\n" }) }), ["S208 error enterprise.credit_code"]);
});

test("the day inside the records and the industry's name are asked elsewhere", () => {
  const model = makeModel("demand");
  model.kinds.demand.required.push("dates");
  const enterprise = makeEnterprise({ industry: { code: "38" } });
  assert.deepEqual(codes({ enterprise }, model), []);
});

test("R311: the credit codes of the enterprise and of its affiliates, at their rows", () => {
  const enterprise = makeEnterprise({ credit_code: "9100", affiliates: [{ name: "示例甲公司", credit_code: GOOD_CODE }, { name: "示例乙公司", credit_code: "91" }, { name: "示例丙公司" }] });
  enterprise.rows = { affiliates: ["0", "3", "4"] };
  assert.deepEqual(codes({ enterprise }), ["R311 error enterprise.credit_code", "R311 error enterprise.affiliates.3.credit_code"]);
});

test("R323: a county one slip from a district of the city, but not one of another city", () => {
  const place = { province: "示例省", city: "示例市", county: "桥口区" };
  const [found, ...rest] = validate(DEMAND, makeSubmission(DEMAND, { enterprise: makeEnterprise({ registered_place: place }) }));
  assert.deepEqual([found.code, found.severity, found.hint, rest], ["R323", "error", "是不是“硚口区”？", []]);
  for (const other of [{ ...place, county: "硚口区" }, { ...place, city: "另一市" }, { ...place, county: "汉阳区" }, {}]) {
    assert.deepEqual(codes({ enterprise: makeEnterprise({ registered_place: other }) }), []);
  }
});

test("R322: a group belongs to its division", () => {
  assert.deepEqual(ofApplicant({ industry: { code: "59", name: "x", group: "381" }, employees: "5", revenue: "5" }), ["R322 error enterprise.industry.group"]);
  for (const group of ["591", "59", "abc"]) {
    assert.deepEqual(ofApplicant({ industry: { code: "59", name: "x", group }, employees: "5", revenue: "5" }), [], group);
  }
});

test("R331–R333 are asked of those who apply, not of those who demand", () => {
  const large = { employees: "5000", revenue: "500000" };
  assert.deepEqual(ofApplicant(large), ["R331 error enterprise.size"]);
  assert.deepEqual(codes({ enterprise: makeEnterprise(large) }), []);
});

test("R365: an enterprise is registered before it applies, the same day at the latest", () => {
  assert.deepEqual(ofApplicant({ registered_on: "2024-10-20" }), []);
  assert.deepEqual(ofApplicant({ registered_on: "2024-10-21" }), ["R365 error enterprise.registered_on"]);
});

test("R371: a profile has 500 characters, white space not counted", () => {
  assert.deepEqual(ofApplicant({ profile: "长 ".repeat(500) }), []);
  assert.deepEqual(ofApplicant({ profile: "长".repeat(501) }), ["R371 error enterprise.profile"]);
});

test("R383: stamps are a warning", () => {
  assert.deepEqual(codes({ enterprise: makeEnterprise({ stamped: false }) }), ["R383 warning enterprise.stamped"]);
  assert.deepEqual(ofApplication({ stamped: false }), ["R383 warning application.0.stamped"]);
});

test("R381, R382: declarations", () => {
  assert.deepEqual(ofDemand({ no_secrets: false }), ["R381 error demand.0.no_secrets"]);
  assert.deepEqual(ofApplication({ no_affiliation: false }), ["R382 error application.0.no_affiliation"]);
});

test("R367: handed in after the round's day for it is told, and no more", () => {
  const round = { ...DEMAND.rounds[0], submit_by: "2024-12-31" };
  const late = { entries: [makeDemand({})], round, submitted: "2025-01-02" };
  assert.deepEqual(codes(late), ["R367 warning submitted"]);
  assert.deepEqual(codes({ ...late, submitted: "2024-12-31" }), []);
});

test("R393: a type of the round, where the round has types", () => {
  assert.deepEqual(ofDemand({ type: "技术攻关" }), []);
  assert.deepEqual(ofDemand({ type: "其他" }), ["R393 error demand.0.type"]);
  assert.deepEqual(codes({ round: DEMAND.rounds[1], submitted: "2025-10-20", entries: [makeDemand({ type: "其他" })] }), []);
});

test("R401: a hidden enterprise's name in each public text; an open one may be named", () => {
  const named = "用于示例腾岳动力的电机";
  const everywhere = { title: named, summary: named, parameters: named, effect: named, schedule: named, cooperation: { note: named } };
  assert.deepEqual(
    ofDemand(everywhere),
    ["title", "summary", "parameters", "effect", "schedule", "cooperation.note"].map((path) => `R401 warning demand.0.${path}`),
  );
  assert.deepEqual(codes({ enterprise: makeEnterprise({ disclosure: "公开" }), entries: [makeDemand(everywhere)] }), []);
  assert.deepEqual(codes({ enterprise: makeEnterprise({ disclosure: undefined }), entries: [makeDemand({ title: named })] }), ["R401 warning demand.0.title"]);
});

test("findings are titled by the field of the schema", () => {
  const [found] = validate(DEMAND, makeSubmission(DEMAND, { entries: [makeDemand({ cooperation: { note: "联系人见附件" } })] }));
  assert.equal(found.title, "合作说明");
});

test("R405: a short name is only a question", () => {
  const enterprise = makeEnterprise({ aliases: { short_names: ["腾岳"] } });
  assert.deepEqual(codes({ enterprise, entries: [makeDemand({ schedule: "腾岳一期之后" })] }), ["R405 warning demand.0.schedule"]);
});

test("R402, R403, R404: contact data, people and marks in public texts", () => {
  assert.deepEqual(ofDemand({ effect: "电话 10000001234，QQ：123456789" }), ["R402 warning demand.0.effect", "R402 warning demand.0.effect"]);
  assert.deepEqual(ofDemand({ schedule: "联系人见附件" }), ["R403 warning demand.0.schedule"]);
  assert.deepEqual(ofDemand({ parameters: "机密★1年" }), ["R404 error demand.0.parameters"]);
});

test("texts of an application are not public and may name people", () => {
  assert.deepEqual(ofApplication({ profile: "联系人张工，电话 10000001234" }), []);
});

test("R341: one application for a demand, told at the later one", () => {
  const again = makeApplication({ id: "A-AAAAAAA2" });
  again.prefix = "application.4.";
  const other = makeApplication({ id: "A-AAAAAAA3", demand: "D-BBBBBBB2" });
  assert.deepEqual(codes({ entries: [makeApplication(), other, again] }, APPLY), ["R341 error application.4.demand"]);
  assert.deepEqual(codes({ entries: [makeApplication({ demand: undefined }), makeApplication({ demand: undefined })] }, APPLY), []);
});

test("R372: an application has 6000 characters in all its parts together", () => {
  const parts = { profile: "长".repeat(1000), capability: "长".repeat(1000), cooperation: "长".repeat(1000) };
  assert.deepEqual(ofApplication({ ...parts, plan: { team: "长 ".repeat(1500), route: "长\n".repeat(1500) } }), []);
  assert.deepEqual(ofApplication({ ...parts, plan: { team: "长".repeat(1500), route: "长".repeat(1501) } }), ["R372 warning application.0.plan.team"]);
});

test("R363: an application lies in the period of its demand, as far as the link tells it", () => {
  const linked = { from: "2024-08-20", until: "2024-10-19" };
  for (const [submitted, wrong] of /** @type {[string, boolean][]} */ ([
    ["2024-08-19", true],
    ["2024-08-20", false],
    ["2024-10-19", false],
    ["2024-10-20", true],
  ])) {
    const found = codes({ submitted, entries: [{ ...makeApplication(), linked }] }, APPLY);
    assert.deepEqual(found, wrong ? ["R363 error submitted"] : [], submitted);
  }
  assert.deepEqual(codes({ entries: [{ ...makeApplication(), linked: { from: "", until: "" } }] }, APPLY), []);
});

test("findings of several records carry the names of their own controls", () => {
  const second = makeDemand({ no_secrets: false });
  second.prefix = "demand.3.";
  assert.deepEqual(codes({ entries: [makeDemand({ no_secrets: false }), second] }), ["R381 error demand.0.no_secrets", "R381 error demand.3.no_secrets"]);
});

test("a control is named by the page's number of its row, an entry of a plain list by its list", () => {
  const placed = { ...makeEnterprise(), rows: { affiliates: ["2", "5"] } };
  assert.equal(controlName(placed, ["affiliates", 1, "name"]), "enterprise.affiliates.5.name");
  assert.equal(controlName(placed, ["affiliates"]), "enterprise.affiliates");
  assert.equal(controlName(placed, ["aliases", "brands", 0]), "enterprise.aliases.brands");
  assert.equal(controlName(placed, ["registered_place", "county"]), "enterprise.registered_place.county");
});

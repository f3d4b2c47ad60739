// Everything that can be said of one submission, each finding with the name of its control: by the schemas, by the rules, and of
// the texts that will be public.

import { countWritten, firstInvisible, isWithinOneEdit } from "./characters.js";
import { contactKinds, hasClassificationMark, hintKinds, personSlips } from "./contacts.js";
import { isDay } from "../common/days.js";
import { validateBySchema } from "./json-schema.js";
import { findEnterpriseName } from "./names.js";
import { APPLICATION_LIMIT, PROFILE_LIMIT, creditCodeSlips, sizeFindings } from "./rules.js";

/**
 * @import {
 *   DemandRecord, EnterpriseRecord, Finding, Model, Patterns, Period, PlacedApplication, PlacedDemand, PlacedEnterprise, PlacedRecord, Round, Schema,
 *   Submission,
 * } from "./types.js"
 */

/**
 * Public texts of a demand, by the path of their field.
 *
 * @type {{ path: string, read: (demand: DemandRecord) => string | undefined }[]}
 */
const PUBLIC_TEXTS = [
  { path: "title", read: (demand) => demand.title },
  { path: "summary", read: (demand) => demand.summary },
  { path: "parameters", read: (demand) => demand.parameters },
  { path: "effect", read: (demand) => demand.effect },
  { path: "schedule", read: (demand) => demand.schedule },
  { path: "cooperation.note", read: (demand) => demand.cooperation && demand.cooperation.note },
];

/**
 * @param {string} code
 * @param {"error" | "warning"} severity
 * @param {string} name
 * @param {string} title
 * @param {string} message
 * @param {string} [hint]
 * @returns {Finding}
 */
function finding(code, severity, name, title, message, hint = "") {
  return { code, severity, name, title, message, hint };
}

/**
 * The control of a place in a record; rows that were removed leave gaps in the controls' numbers.
 *
 * @param {PlacedRecord} placed
 * @param {(string | number)[]} path
 */
export function controlName(placed, path) {
  let name = placed.prefix + path[0];
  for (let step = 1; step < path.length; step += 1) {
    const place = path[step];
    const rows = placed.rows[path.slice(0, step).join(".")];
    if (typeof place !== "number") name += `.${place}`;
    else if (rows) name += `.${rows[place]}`;
  }
  return name;
}

/**
 * @param {Model} model
 * @param {PlacedRecord} placed
 * @returns {Finding[]}
 */
function bySchema(model, placed) {
  // The day of submission is asked once for all records, and the name of an industry follows the code that is picked.
  const elsewhere = ["dates", "dates.submitted", "industry.name"].map((path) => placed.prefix + path);
  return validateBySchema(model.kinds[placed.kind], placed.record)
    .map((found) => finding(found.code, "error", controlName(placed, found.path), found.title, found.message, found.hint))
    .filter((found) => !elsewhere.includes(found.name));
}

/**
 * @param {Model} model
 * @param {PlacedEnterprise} placed
 */
function ofCreditCodes(model, placed) {
  const { title } = model.kinds.enterprise.properties.credit_code;
  /** @type {{ path: (string | number)[], code: string | undefined }[]} */
  const codes = [{ path: ["credit_code"], code: placed.record.credit_code }];
  (placed.record.affiliates || []).forEach((row, place) => {
    codes.push({ path: ["affiliates", place, "credit_code"], code: row.credit_code });
  });
  return codes.flatMap(({ path, code }) => {
    if (!code || firstInvisible(code)) return [];
    const name = controlName(placed, path);
    return creditCodeSlips(code).map((slip) => finding("R311", "error", name, title, slip.message, slip.hint));
  });
}

/**
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 */
function ofCounty(model, enterprise) {
  const { city, county } = enterprise.registered_place || {};
  const names = model.districts.map((district) => district.name);
  if (!county || city !== model.city || names.includes(county)) return [];
  const near = names.find((name) => isWithinOneEdit(name, county));
  if (!near) return [];
  const control = "enterprise.registered_place.county";
  return [finding("R323", "error", control, "注册地所在县", "区划表中没有这个名称的区县。", `是不是“${near}”？`)];
}

/**
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 */
function ofIndustryGroup(model, { industry }) {
  const { code, group } = industry || {};
  if (!group || !/^[0-9]{3}$/.test(group)) return [];
  const division = code ? model.divisions[code] : undefined;
  if (!division || division.sizes[group] !== undefined) return [];
  const control = "enterprise.industry.group";
  return [finding("R322", "error", control, "行业中类代码", `这个中类不属于大类 ${code}。`, "核对 GB/T 4754-2017 的中类代码。")];
}

/**
 * What is asked of an enterprise that applies.
 *
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 * @param {string} submitted
 */
function ofApplicant(model, enterprise, submitted) {
  const found = sizeFindings(model, enterprise).map(({ code, severity, message, hint }) =>
    finding(code, severity, "enterprise.size", "企业规模", message, hint),
  );
  const count = countWritten(enterprise.profile);
  if (count > PROFILE_LIMIT) {
    const message = `现在有 ${count} 字，最多 ${PROFILE_LIMIT} 字。`;
    found.push(finding("R371", "error", "enterprise.profile", "企业概况", message, `精简到 ${PROFILE_LIMIT} 字以内。`));
  }
  if (enterprise.registered_on && submitted && enterprise.registered_on > submitted) {
    found.push(finding("R365", "error", "enterprise.registered_on", "注册时间", "注册时间晚于申请的报送日期。", "核对注册时间。"));
  }
  return found;
}

/**
 * @param {Model} model
 * @param {PlacedEnterprise} placed
 * @param {string} submitted
 * @returns {Finding[]}
 */
function ofEnterprise(model, placed, submitted) {
  const enterprise = placed.record;
  const found = [...ofCreditCodes(model, placed), ...ofCounty(model, enterprise), ...ofIndustryGroup(model, enterprise)];
  if (model.role === "中小企业") found.push(...ofApplicant(model, enterprise, submitted));
  if (!enterprise.stamped) {
    found.push(finding("R383", "warning", "enterprise.stamped", "盖章", "纸质表格还没有盖章。", "盖章后打勾；先生成文件、之后盖章也可以。"));
  }
  return found;
}

/**
 * The title of a field, by its path in the schema.
 *
 * @param {Model} model
 * @param {string} path
 */
function demandTitle(model, path) {
  /** @type {{ properties?: { [name: string]: Schema }, title?: string }} */
  let schema = model.kinds.demand;
  for (const step of path.split(".")) schema = (schema.properties || {})[step];
  return schema.title || "";
}

/**
 * Contact data; and hints at the enterprise where there is none, as whoever takes that out looks at the text once more.
 *
 * @param {Patterns} patterns
 * @param {string} name of the control
 * @param {string} title
 * @param {string} text
 */
function ofPatterns(patterns, name, title, text) {
  const contacts = contactKinds(text, patterns).map((kind) => {
    const message = `像是${kind}。这里的文字会公开，一经公开就收不回来。`;
    return finding("R402", "warning", name, title, message, "删去联系方式；揭榜通过主管部门联系。");
  });
  if (contacts.length) return contacts;
  const hint = "能让人认出本企业的，删去；无关的不用改，复核时会有人看。";
  return hintKinds(text, patterns).map((kind) => finding("R407", "warning", name, title, `像是${kind}。`, hint));
}

/**
 * @param {Model} model
 * @param {string} name of the control
 * @param {string} title
 * @param {string} text
 * @param {EnterpriseRecord | null} enterprise
 * @returns {Finding[]}
 */
function ofPublicText(model, name, title, text, enterprise) {
  /** @type {Finding[]} */
  const found = [];
  const named = enterprise && enterprise.disclosure !== "公开" ? findEnterpriseName(text, model, enterprise) : null;
  if (named && named.short) {
    found.push(finding("R405", "warning", name, title, `含有与本企业“${named.title}”的简短写法相同的词。`, "确是指企业的，改掉。"));
  } else if (named) {
    found.push(finding("R401", "warning", name, title, `含有本企业“${named.title}”的一种写法，企业名称却不公开。`, "改为“本企业”“发榜方”。"));
  }
  if (model.patterns) found.push(...ofPatterns(model.patterns, name, title, text));
  for (const { message, hint } of personSlips(text)) found.push(finding("R403", "warning", name, title, message, hint));
  if (hasClassificationMark(text)) {
    const hint = "所有需求均不得涉密。立即停止填写，按保密规定处理这份材料；确属误用的字样，删去它。";
    found.push(finding("R404", "error", name, title, "有密级标志，或“内部资料”“不得外传”一类的字样。", hint));
  }
  return found;
}

/**
 * @param {Model} model
 * @param {PlacedDemand} placed
 * @param {EnterpriseRecord | null} enterprise
 * @param {Round | null} round
 * @param {string} submitted
 * @returns {Finding[]}
 */
function ofDemand(model, placed, enterprise, round, submitted) {
  const { prefix, record } = placed;
  const found = PUBLIC_TEXTS.flatMap(({ path, read }) => {
    const text = read(record);
    return text ? ofPublicText(model, prefix + path, demandTitle(model, path), text, enterprise) : [];
  });
  if (!record.no_secrets) {
    found.push(finding("R381", "error", `${prefix}no_secrets`, "不涉密声明", "还没有声明不涉密。", "所有需求均不得涉密；确认后打勾。"));
  }
  if (record.type && round && round.types.length && !round.types.includes(record.type)) {
    const message = `本轮的需求类型是：${round.types.join("、")}。`;
    found.push(finding("R393", "error", `${prefix}type`, "需求类型", message, "改为本轮的需求类型。"));
  }
  if (round && submitted && submitted > round.submit_by) {
    const hint = "核对报送日期；本轮是否还接受报送，请问主管部门。";
    found.push(finding("R367", "warning", "submitted", "报送日期", `晚于本轮的报送截止日期（${round.submit_by}）。`, hint));
  }
  return found;
}

/**
 * @param {Period} period of applications for the demand
 * @param {string} submitted
 */
function ofPeriod({ from, until }, submitted) {
  const hint = "核对报送日期。";
  if (submitted && from && submitted < from) {
    return [finding("R363", "error", "submitted", "报送日期", `早于所揭需求的发榜日期（${from}）。`, hint)];
  }
  if (submitted && until && submitted > until) {
    return [finding("R363", "error", "submitted", "报送日期", `晚于所揭需求的揭榜截止日期（${until}）。`, hint)];
  }
  return [];
}

/**
 * @param {PlacedApplication} placed
 * @param {(PlacedDemand | PlacedApplication)[]} earlier the repeated records before it
 * @param {string} submitted
 * @returns {Finding[]}
 */
function ofApplication(placed, earlier, submitted) {
  const { prefix, record, linked } = placed;
  /** @type {Finding[]} */
  const found = [];
  if (!record.no_affiliation) {
    found.push(
      finding("R382", "error", `${prefix}no_affiliation`, "无关联关系声明", "还没有声明无关联关系。", "关联企业不得揭榜；核实后打勾。"),
    );
  }
  if (!record.stamped) {
    found.push(finding("R383", "warning", `${prefix}stamped`, "盖章", "申请书还没有盖章。", "盖章后打勾；先生成文件、之后盖章也可以。"));
  }
  if (record.demand && earlier.some((other) => other.kind === "application" && other.record.demand === record.demand)) {
    found.push(finding("R341", "error", `${prefix}demand`, "揭榜需求", "前面的事项已经揭过这项需求。", "一家中小企业对一项需求只报一份申请。"));
  }
  const texts = [record.profile, record.capability, record.cooperation, ...Object.values(record.plan || {})];
  const count = texts.reduce((sum, text) => sum + countWritten(text), 0);
  if (count > APPLICATION_LIMIT) {
    const message = `各部分合计 ${count} 字，原则上不超过 ${APPLICATION_LIMIT} 字。`;
    found.push(finding("R372", "warning", `${prefix}plan.team`, "申请书", message, "精简各部分；确有必要的可以保留。"));
  }
  return [...found, ...ofPeriod(linked, submitted)];
}

/**
 * What is asked once for the whole submission: round, district, day, and the id of an enterprise that is known.
 *
 * @param {Submission} submission
 * @returns {Finding[]}
 */
function ofSubmission({ round, district, submitted, known, knownId }) {
  /** @type {Finding[]} */
  const found = [];
  if (!round) found.push(finding("S202", "error", "round", "轮次", "请选择轮次。"));
  if (!district) found.push(finding("S202", "error", "district", "所在区", "请选择所在区。"));
  if (!submitted) found.push(finding("S202", "error", "submitted", "报送日期", "请填写报送日期。"));
  else if (!isDay(submitted)) {
    found.push(finding("S209", "error", "submitted", "报送日期", "应为真实存在的“年-月-日”。", "例如 2024-07-10。"));
  } else if (round && (submitted < round.opens || submitted > round.closes)) {
    found.push(finding("R361", "error", "submitted", "报送日期", `不在本轮的 ${round.opens} 至 ${round.closes} 之间。`, "核对年份。"));
  }
  if (known && !/^E-[0-9A-HJKMNP-TV-Z]{8}$/.test(knownId)) {
    found.push(finding("S208", "error", "known_id", "企业编号", knownId ? "格式不对。" : "请填写“企业编号”。", "例如“E-4Q8ZK2MW”。"));
  }
  return found;
}

/**
 * Every finding of a submission. What the schema refuses at a control is all that is said of it: rules judge what is left, as they
 * do in the check.
 *
 * @param {Model} model
 * @param {Submission} submission as `Form.read` gives it
 * @returns {Finding[]}
 */
export function validate(model, submission) {
  const { enterprise, entries, round, submitted } = submission;
  const refusals = [enterprise, ...entries]
    .flatMap((placed) => (placed ? bySchema(model, placed) : []))
    // The enterprise's id is copied from its own question and judged there: nobody could mend it here.
    .filter(({ name }) => !entries.some(({ prefix }) => name === `${prefix}enterprise`));
  const findings = ofSubmission(submission);
  if (enterprise) findings.push(...ofEnterprise(model, enterprise, submitted));
  entries.forEach((placed, place) => {
    if (placed.kind === "demand") findings.push(...ofDemand(model, placed, enterprise && enterprise.record, round, submitted));
    else findings.push(...ofApplication(placed, entries.slice(0, place), submitted));
  });
  const refused = new Set(refusals.map((refusal) => refusal.name));
  return [...refusals, ...findings.filter((found) => !refused.has(found.name))];
}

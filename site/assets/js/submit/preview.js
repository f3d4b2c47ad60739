// What the public will see of a demand: the card of the lists and the texts of its page. Nothing chosen yet means hidden.

import { element } from "../common/element.js";

/** @import { DemandRecord, EnterpriseRecord, Model, PlacedDemand, Submission } from "./types.js" */

/**
 * What the site says of the enterprise; `also` lists what is withheld with what it asks to withhold.
 *
 * @typedef {{ open: boolean, also: string[], name: string | null, nature: string, industry: string, district: string }} Owner
 */

/**
 * Of a hidden enterprise the section of its industry.
 *
 * @param {Model} model
 * @param {string | undefined} code
 * @param {boolean} open
 */
function publicIndustry(model, code, open) {
  const division = code ? model.divisions[code] : undefined;
  if (!division) return "";
  return open ? division.name : model.sections[division.section];
}

/**
 * Of a hidden enterprise less than of an open one, and less still where it asks for less.
 *
 * @param {Model} model
 * @param {Submission} submission
 * @returns {Owner}
 */
export function publicOwner(model, submission) {
  const { district } = submission;
  /** @type {EnterpriseRecord} */
  const { disclosure, name, nature, industry, withhold } = submission.enterprise ? submission.enterprise.record : {};
  const open = disclosure === "公开";
  const withheld = (!open && withhold) || [];
  const owner = {
    open,
    also: withheld.flatMap((field) => model.also[field] || []),
    name: (open && name) || null,
    nature: nature || "",
    industry: publicIndustry(model, industry && industry.code, open),
    district: district ? district.name : "",
  };
  if (withheld.includes("nature")) owner.nature = "";
  if (withheld.includes("industry")) owner.industry = model.words.noIndustry;
  if (withheld.includes("district")) owner.district = model.words.noDistrict;
  return owner;
}

/**
 * The demand without what follows from what its enterprise asks to withhold.
 *
 * @param {DemandRecord} demand
 * @param {Owner} owner
 * @returns {DemandRecord}
 */
export function publicDemand(demand, owner) {
  const shown = /** @type {{ [field: string]: unknown }} */ ({ ...demand });
  for (const path of owner.also) if (path.startsWith("demand.")) delete shown[path.slice("demand.".length)];
  return shown;
}

/**
 * @param {Model} model
 * @param {DemandRecord} demand as the public sees it
 * @param {Owner} owner
 */
function card(model, demand, owner) {
  const item = element("div", "card");
  const top = element("div", "card-top");
  top.append(element("span", "state state-published", "已发榜"), element("span", "code", "代码待定"));
  if (demand.type) top.append(element("span", "kind", demand.type));
  const line = element("p", "card-who");
  line.append(element("span", owner.name ? "who" : "who who-hidden", owner.name || model.words.anonymous));
  for (const word of [owner.district, owner.industry, demand.field]) if (word) line.append(element("span", "", word));
  item.append(top, element("h3", "card-title", demand.title || "（还没有需求名称）"), element("p", "card-text", demand.summary || ""), line);
  return item;
}

/**
 * @param {Model} model
 * @param {DemandRecord} demand as the public sees it
 * @param {Owner} owner
 */
function texts(model, demand, owner) {
  const schema = model.kinds.demand.properties;
  const { modes, note } = demand.cooperation || {};
  const list = element("dl", "preview-texts");
  /** @type {[title: string, text: string | undefined][]} */
  const rows = [
    [schema.summary.title, demand.summary],
    [schema.parameters.title, demand.parameters],
    [schema.effect.title, demand.effect],
    [schema.schedule.title, demand.schedule],
    [schema.cooperation.title, [(modes || []).join("、"), note].filter(Boolean).join("\n")],
    [model.kinds.enterprise.properties.nature.title, owner.nature],
    [schema.category.title, demand.category],
  ];
  for (const [title, text] of rows) {
    if (!text) continue;
    const row = element("div");
    row.append(element("dt", "", title), element("dd", "pre", text));
    list.append(row);
  }
  return list;
}

/**
 * @param {HTMLElement} target
 * @param {Model} model
 * @param {Submission} submission
 */
export function showPreview(target, model, submission) {
  target.replaceChildren();
  if (model.repeated !== "demand") {
    target.append(element("p", "", "揭榜申请和企业情况的内容都不公开，申请书只提供给发榜企业。"));
    target.append(element("p", "note", "轮次允许时，网站只公布每项需求收到几份申请；数量太少时也不公布。"));
    return;
  }
  const owner = publicOwner(model, submission);
  if (submission.known) target.append(element("p", "note", "企业名称是否显示，以上次报送时的选择为准；这里按不公开显示。"));
  else if (!owner.open) {
    const chosen = submission.enterprise && submission.enterprise.record.disclosure;
    target.append(element("p", "note", chosen ? "企业选择不公开名称。" : "还没有选择是否公开企业名称，按不公开显示。"));
  }
  for (const placed of /** @type {PlacedDemand[]} */ (submission.entries)) {
    const demand = publicDemand(placed.record, owner);
    const box = element("div", "preview-one");
    box.append(card(model, demand, owner), texts(model, demand, owner));
    target.append(box);
  }
  target.append(element("p", "note", "名称不公开的企业，行业一般只显示门类。联系人、电话、地址、经营数据等都不显示。"));
}

// An enterprise's own names in texts: whole, without legal form and place, and its other names.

import { normalise } from "./contacts.js";

/** @import { EnterpriseRecord, Model } from "./types.js" */

const LEGAL_FORMS = ["有限责任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "总公司", "分公司", "公司", "企业集团", "集团", "控股", "股份", "总厂", "厂"];
const ENGLISH_FORMS = ["companylimited", "coltd", "ltd", "limited", "inc", "corporation", "corp", "company", "group", "holdings"];
const COMMON_LABELS = ["www", "com", "cn", "net", "org", "gov", "edu", "co", "io", "cc", "example"];
const PLACE_ENDINGS = /(?:经济技术开发区|开发区|自治区|自治州|新区|省|市|区|县|州|镇)$/;

/**
 * Letters and digits only, so that signs put between them hide nothing.
 *
 * @param {string} text
 */
export function foldName(text) {
  return normalise(text).replace(/[\s!-/:-@[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20·•・–—★☆]/g, "");
}

/** @param {string} text */
function countHan(text) {
  return (text.match(/[\u3400-\u9fff]/g) || []).length;
}

/**
 * The text without these endings, however many follow each other, as long as two characters stay.
 *
 * @param {string} text
 * @param {string[]} endings
 * @returns {string}
 */
function withoutEndings(text, endings) {
  const hit = endings.find((ending) => text.length - ending.length >= 2 && text.endsWith(ending));
  return hit ? withoutEndings(text.slice(0, -hit.length), endings) : text;
}

/**
 * The same for beginnings.
 *
 * @param {string} text
 * @param {string[]} beginnings
 * @returns {string}
 */
function withoutBeginnings(text, beginnings) {
  const hit = beginnings.find((beginning) => text.length - beginning.length >= 2 && text.startsWith(beginning));
  return hit ? withoutBeginnings(text.slice(hit.length), beginnings) : text;
}

/**
 * Names of the places around an enterprise, with and without 省, 市, 区, the longest first.
 *
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 */
function placeNames(model, enterprise) {
  const { province, city, county } = enterprise.registered_place || {};
  /** @type {string[]} */
  const names = [];
  for (const name of [province, city, county, model.city, ...model.districts.map((district) => district.name)]) {
    if (!name) continue;
    const whole = foldName(name);
    const bare = whole.replace(PLACE_ENDINGS, "");
    names.push(whole);
    if (bare.length >= 2) names.push(bare);
  }
  return names.sort((a, b) => b.length - a.length);
}

/**
 * A Chinese name as it is written, without what stands in brackets, without legal form, and without place.
 *
 * @param {string} name
 * @param {string[]} places
 */
function chineseVariants(name, places) {
  const whole = foldName(name);
  const open = foldName(name.replace(/[(（【〔[][^)）】〕\]]*[)）】〕\]]/g, ""));
  return [whole, open].flatMap((text) => {
    const bare = withoutEndings(text, LEGAL_FORMS);
    return [text, bare, withoutBeginnings(bare, places)];
  });
}

/**
 * Every way to name an enterprise, with the title of the field it comes from.
 *
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 */
function nameVariants(model, enterprise) {
  const places = placeNames(model, enterprise);
  const titles = model.kinds.enterprise.properties;
  /** @type {{ text: string, title: string }[]} */
  const variants = [];

  /**
   * @param {string[]} texts
   * @param {string} title
   */
  function add(texts, title) {
    for (const text of texts) if (text.length >= 2 && !places.includes(text)) variants.push({ text, title });
  }

  /**
   * @param {string} kind of other names
   * @param {(name: string) => string[]} make
   */
  function addOthers(kind, make) {
    const names = (enterprise.aliases || {})[kind] || [];
    const { properties } = titles.aliases || {};
    for (const name of names) add(make(name), properties ? properties[kind].title : "");
  }

  if (enterprise.name) add(chineseVariants(enterprise.name, places), titles.name.title);
  addOthers("short_names", (name) => chineseVariants(name, places));
  addOthers("former_names", (name) => chineseVariants(name, places));
  addOthers("english_names", (name) => [foldName(name), withoutEndings(foldName(name), ENGLISH_FORMS)]);
  addOthers("brands", (name) => [foldName(name), foldName(name).replace(/牌$/, "")]);
  addOthers("domains", (name) => {
    const labels = name.toLowerCase().split(/[./:@]+/);
    return [foldName(name), ...labels.filter((label) => label && !COMMON_LABELS.includes(label)).map(foldName)];
  });
  if (enterprise.credit_code) add([foldName(enterprise.credit_code)], titles.credit_code.title);
  return variants;
}

/**
 * The longest of an enterprise's names in a text, by its field's title; `short` where it is too short to prove anything.
 *
 * @param {string} text
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 * @returns {{ title: string, short: boolean } | null}
 */
export function findEnterpriseName(text, model, enterprise) {
  const folded = foldName(text);
  const hits = nameVariants(model, enterprise).filter((variant) => folded.includes(variant.text));
  if (!hits.length) return null;
  const longest = hits.reduce((best, hit) => (hit.text.length > best.text.length ? hit : best));
  const { length } = longest.text;
  return { title: longest.title, short: countHan(longest.text) ? length < 3 : length < 6 };
}

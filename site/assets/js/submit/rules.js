// Rules that a schema cannot say: credit codes (GB 32100-2015, GB 11714) and sizes of enterprises (工信部联企业〔2011〕300号).

import { countCharacters, normaliseWidth } from "./characters.js";

/** @import { Bounds, EnterpriseRecord, Figures, Model, Refusal, SizeRange, Slip } from "./types.js" */

// GB 32100-2015
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Letters that a credit code does not use, what is probably meant, and the digit where that is certain. */
const LOOKALIKES = [
  { letter: "I", meant: "数字 1", digit: "1" },
  { letter: "O", meant: "数字 0", digit: "0" },
  { letter: "Z", meant: "数字 2", digit: "2" },
  { letter: "S", meant: "数字 5", digit: "5" },
  { letter: "V", meant: "字母 U 或 Y", digit: "" },
];
// GB 11714, the organisation code within
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Sizes of enterprises, the smallest first. */
export const SIZES = ["微型", "小型", "中型", "大型"];
const LARGE = 3;
/** Most characters (white space not counted) of an enterprise's profile. */
export const PROFILE_LIMIT = 500;
/** Characters that the parts of an application should not exceed together. */
export const APPLICATION_LIMIT = 6000;

/**
 * Places of characters, counted from 1 and joined for people; "" where there are none.
 *
 * @param {string} code
 * @param {(character: string) => boolean} wanted
 */
function places(code, wanted) {
  /** @type {number[]} */
  const found = [];
  Array.from(code).forEach((character, place) => {
    if (wanted(character)) found.push(place + 1);
  });
  return found.join("、");
}

/**
 * What is wrong with a credit code (统一社会信用代码); empty where nothing is.
 *
 * @param {string} typed
 * @returns {Slip[]}
 */
export function creditCodeSlips(typed) {
  /** @type {Slip[]} */
  const found = [];
  const wide = places(typed, (c) => normaliseWidth(c) !== c);
  if (wide) found.push({ message: `第 ${wide} 位是全角字符。`, hint: "改成半角。" });
  let code = normaliseWidth(typed);
  if (/[\s-]/.test(code)) {
    found.push({ message: "中间有空格或连字符。", hint: "连着写，不加空格。" });
    code = code.replace(/[\s-]/g, "");
  }
  const small = places(code, (c) => /[a-z]/.test(c));
  if (small) {
    found.push({ message: `第 ${small} 位是小写字母。`, hint: "字母改成大写。" });
    code = code.toUpperCase();
  }
  for (const { letter, meant, digit } of LOOKALIKES) {
    const where = places(code, (c) => c === letter);
    if (!where) continue;
    found.push({ message: `第 ${where} 位是字母 ${letter}，代码中不使用这个字母。`, hint: `多半是${meant}，请对照营业执照核对。` });
    if (digit) code = code.split(letter).join(digit);
  }
  const strange = places(code, (c) => !/[0-9A-Z]/.test(c));
  if (strange) found.push({ message: `第 ${strange} 位不是数字或字母。`, hint: "对照营业执照重新输入。" });
  const length = countCharacters(code);
  if (length !== 18) found.push({ message: `现在是 ${length} 位，应为 18 位。`, hint: "对照营业执照补齐或删去多余的字符。" });
  return found.length ? found : checkCharacterSlips(code);
}

/**
 * @param {string} code
 * @param {number[]} weights
 * @param {(character: string) => number} value
 */
function weightedSum(code, weights, value) {
  return weights.reduce((total, weight, place) => total + weight * value(code[place]), 0);
}

/**
 * @param {string} code of 18 digits and capital letters
 * @returns {Slip[]}
 */
function checkCharacterSlips(code) {
  // Registering department (N: agriculture), kind of organisation, region.
  const known = /^[1-9ANY][1-9][0-9]{6}/.test(code) && Array.from(code).every((c) => ALPHABET.includes(c));
  if (!known) {
    return [{ message: "代码的组成不符合 GB 32100-2015（第 1—8 位应为登记管理部门、机构类别和行政区划代码）。", hint: "对照营业执照核对。" }];
  }
  // The body first: a check character worked out from a wrong body would only send people in a circle.
  const inner = weightedSum(code.slice(8), INNER_WEIGHTS, (c) => parseInt(c, 36));
  if (code[16] !== "0123456789X"[(11 - (inner % 11)) % 11]) {
    return [{ message: "第 9—17 位（组织机构代码）自身的校验位不对。", hint: "这几位中有输错的，请对照营业执照核对。" }];
  }
  const last = ALPHABET[(31 - (weightedSum(code, WEIGHTS, (c) => ALPHABET.indexOf(c)) % 31)) % 31];
  if (code[17] !== last) {
    return [{ message: `校验位（第 18 位）应为 ${last}。`, hint: "前 17 位或最后一位有误，请对照营业执照核对。" }];
  }
  return [];
}

/** @type {{ [figure: string]: string }} */
const FIGURE_TITLES = { assets: "资产总额", revenue: "营业收入", employees: "从业人员" };

/**
 * The size by the bounds of one group of the standard: the lowest that any of its figures gives.
 *
 * @param {{ [figure: string]: Bounds }} bounds
 * @param {Figures} figures
 * @returns {SizeRange}
 */
function sizeByBounds(bounds, figures) {
  /** @type {string[]} */
  const lacking = [];
  let highest = LARGE;
  for (const [name, { small, medium, large }] of Object.entries(bounds)) {
    const figure = figures[/** @type {keyof Figures} */ (name)];
    if (figure === null || figure === undefined) lacking.push(FIGURE_TITLES[name]);
    else highest = Math.min(highest, [small, medium, large].filter((bound) => figure >= bound).length);
  }
  return { lowest: lacking.length ? 0 : highest, highest, reason: lacking.length ? `缺少${lacking.join("、")}` : "" };
}

/**
 * The sizes that the figures leave for an enterprise of a division: null where the standard does not cover the division.
 *
 * @param {Model} model
 * @param {string} code of the division
 * @param {string | null | undefined} group three digits, where the standard parts the division by groups
 * @param {Figures} figures
 * @returns {SizeRange | null}
 */
export function sizeRange(model, code, group, figures) {
  const division = model.divisions[code];
  if (!division) return null;
  const known = division.sizes;
  const parted = known[""] === undefined;
  let chosen = parted ? null : "";
  if (parted && group && known[group] !== undefined) chosen = group;
  const candidates = chosen === null ? Array.from(new Set(Object.values(known))) : [known[chosen]];
  const reason = chosen === null ? "该大类按中类划型，缺少三位数的中类代码" : "";
  const covered = candidates
    .filter((name) => typeof name === "string")
    .sort()
    .map((name) => sizeByBounds(model.sizes[name], figures));
  if (!covered.length) return null;
  if (candidates.includes(null)) return { lowest: 0, highest: LARGE, reason };
  const lowest = Math.min(...covered.map((size) => size.lowest));
  const highest = Math.max(...covered.map((size) => size.highest));
  return { lowest, highest, reason: lowest === highest ? "" : reason || covered[0].reason };
}

/**
 * A figure as typed; null where it is missing or no number.
 *
 * @param {string | undefined} text
 */
function parseFigure(text) {
  return text === undefined || !/^-?[0-9]{1,18}(\.[0-9]{1,9})?$/.test(text) ? null : Number(text);
}

/**
 * The sizes that an enterprise's answers leave: undefined where no division is chosen yet.
 *
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 * @returns {SizeRange | null | undefined}
 */
export function enterpriseSize(model, enterprise) {
  const { code, group } = enterprise.industry || {};
  if (!code || !model.divisions[code]) return undefined;
  return sizeRange(model, code, group, {
    employees: parseFigure(enterprise.employees),
    revenue: parseFigure(enterprise.revenue),
    assets: parseFigure(enterprise.total_assets),
  });
}

/**
 * Only small and medium enterprises may apply; what the answers say against it, or against the size that was declared.
 *
 * @param {Model} model
 * @param {EnterpriseRecord} enterprise
 * @returns {(Refusal & { severity: "error" | "warning" })[]}
 */
export function sizeFindings(model, enterprise) {
  const found = enterpriseSize(model, enterprise);
  const declared = enterprise.size || "";
  if (found === undefined) return [];
  const check = "核对从业人数、营业收入和所属行业。";
  if (found && found.lowest === LARGE) {
    return [{ code: "R331", severity: "error", message: "按从业人数、营业收入和所属行业计算，这家企业是大型，不能揭榜。", hint: check }];
  }
  if (declared === "大型") return [{ code: "R331", severity: "error", message: "企业自己填的规模是大型，不能揭榜。", hint: check }];
  if (!found) {
    return [{ code: "R332", severity: "warning", message: "不能判定是否中小企业：划型标准没有规定这个行业。", hint: `由区${model.words.department}人工认定。` }];
  }
  if (found.highest === LARGE) {
    return [{ code: "R332", severity: "warning", message: `不能判定是否中小企业：${found.reason}。`, hint: "补填资产总额或三位数的行业中类。" }];
  }
  const size = SIZES.indexOf(declared);
  if (size >= 0 && (size < found.lowest || size > found.highest)) {
    const computed = SIZES.slice(found.lowest, found.highest + 1).join("、");
    return [{ code: "R333", severity: "warning", message: `按数据计算应为${computed}。`, hint: "核对数据（单位：万元、人），或改正企业规模。" }];
  }
  return [];
}

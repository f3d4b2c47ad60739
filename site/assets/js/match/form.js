// What of a file is compared: in the programme's forms the answers that describe the enterprise and its plan, else all but who and where it is.

/** @import { Row } from "./office.js" */

/**
 * What stands behind a label: `told` in the forms (a file with such a label is one), `business` elsewhere too, `other` is compared only
 * where the file is none of the forms, `private` never.
 *
 * @typedef {"told" | "business" | "private" | "other"} Kind
 */

/** @type {[kind: Kind, labels: string][]} As the schemas name them (`x-form-label`), and as other files do. */
const LABELS = [
  [
    "told",
    "企业概况 中小企业基本情况简介 基本情况简介 中小企业技术创新能力情况 技术创新能力情况 针对揭榜需求拟采取的技术攻关方案 拟采取的技术攻关方案 攻关团队情况 预期目标 拟选择的技术路线",
  ],
  ["business", "主营业务 主要产品"],
  [
    "private",
    "企业名称 单位名称 公司名称 统一社会信用代码 法人代表 法定代表人 联系人 联系人及职务 联系人姓名及职务 联系电话 联系方式 电话 手机 手机号 手机号码 传真 电子邮箱 邮箱 电子邮件 通讯地址 通信地址 地址 邮编 邮政编码 注册时间 注册日期 成立时间 成立日期 注册地 企业注册地 注册地所在省份",
  ],
  [
    "other",
    "企业基本情况 是否公开企业名称 注册资本 注册资金 从业人数 从业人员人数 上年度营业收入 上年营业收入 企业规模 企业规模属于 企业性质 企业类型 所属行业 推荐渠道 拟揭榜事项 事项名称 揭榜事项名称 代码 技术创新需求 时间进度安排 潜在问题及应对举措 希望采取的合作方式",
  ],
];
/** @type {Map<string, Kind>} */
const KINDS = new Map(LABELS.flatMap(([kind, labels]) => labels.split(" ").map((label) => /** @type {[string, Kind]} */ ([label, kind]))));
/** What the forms print beside a label, without punctuation. */
const HINTS = new Set(
  (
    "盖章 万元 人 可多选 只选择其中一个渠道 包括主要业务领域业内地位技术创新等情况不超过500字 包括主营业务运营情况在行业的地位等 企业研发团队技术创新成果标准制定产品销售等情况 " +
    "团队成员曾主持或参与的项目 包括指标数值测试场景及评价方式等 阶段性任务 提出希望以何种方式与发榜大企业进行合作"
  ).split(" "),
);
/** Telephones, addresses of mail and credit codes, wherever they stand. */
const CONTACTS = /\b1[0-9]{10}\b|\b0[0-9]{2,3}[- ]?[0-9]{7,8}\b|[\w.+-]{1,64}@[\w.-]{1,100}|\b[0-9A-HJ-NPQRTUWXY]{18}\b/g;

/** @param {string} text */
function bare(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * @param {string} text
 * @returns {{ kind: Kind, rest: string } | null} For a label, with what stands behind its colon.
 */
function labelIn(text) {
  const parts = /^\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．])?([^：:]{1,60})(?:[：:]([^]*))?$/.exec(text);
  if (!parts) return null;
  const said = bare(parts[1]);
  for (const [label, kind] of KINDS) {
    if (said === label || (said.startsWith(label) && HINTS.has(said.slice(label.length)))) return { kind, rest: (parts[2] || "").trim() };
  }
  return null;
}

/**
 * @param {string} text
 * @returns {string} Without lines that are printed hints, or that tell who can be called.
 */
function withoutAsides(text) {
  return text
    .split("\n")
    .filter((line) => {
      const label = labelIn(line);
      return !HINTS.has(bare(line)) && !(label && label.kind === "private");
    })
    .join("\n")
    .trim();
}

class Description {
  constructor() {
    /** @type {string[]} */
    this.told = [];
    /** @type {string[]} */
    this.all = [];
    this.isForm = false;
    this.isTelling = false;
  }

  /**
   * @param {Kind} kind
   * @param {string} text
   */
  add(kind, text) {
    if (kind === "told") this.isForm = true;
    const said = kind === "private" ? "" : withoutAsides(text);
    if (!said) return;
    this.all.push(said);
    if (kind !== "other" || this.isTelling) this.told.push(said);
  }

  /** @param {string} text One or more lines; `联系人：… 电话：…` are two. */
  addLines(text) {
    text.split(/\n|[ ；;](?=[^\s：:]{2,12}[：:])/).forEach((line) => {
      const label = labelIn(line);
      if (label && !label.rest) this.isTelling = label.kind === "told" || label.kind === "business";
      this.add(label ? label.kind : "other", label ? label.rest : line.trim());
    });
  }

  /** @param {string[]} cells None of them empty. */
  addCells(cells) {
    for (let at = 0; at < cells.length; at += 1) {
      const label = labelIn(cells[at]);
      const isAnswered = label && !label.rest && at + 1 < cells.length && !labelIn(cells[at + 1]);
      if (label && isAnswered) this.add(label.kind, cells[(at += 1)]);
      else if (label) this.add(label.kind, label.rest);
      else this.addLines(cells[at]);
    }
  }
}

/**
 * @param {Row[]} rows
 * @returns {string} A line for each answer or paragraph.
 */
export function descriptionIn(rows) {
  const found = new Description();
  rows.forEach((row) => {
    const cells = row.map((cell) => cell.replace(/[^\S\n]+/g, " ").trim()).filter((cell) => cell);
    if (cells.length > 1) found.addCells(cells);
    else if (cells.length) found.addLines(cells[0]);
  });
  return (found.isForm && found.told.length ? found.told : found.all).join("\n").replace(CONTACTS, "");
}

// A small model of the web form, and submissions without a fault: each test changes what it is about.

import { FROM_PYTHON } from "./from-python.js";

/**
 * @import {
 *   ApplicationRecord, DemandRecord, EnterpriseRecord, Model, PlacedApplication, PlacedDemand, PlacedEnterprise, Schema, Submission,
 * } from "../../site/assets/js/submit/types.js"
 */

/**
 * @param {string} title
 * @param {Partial<Schema>} [more]
 * @returns {Schema}
 */
export function schemaOf(title, more = {}) {
  return { title, description: "", type: "string", ...more };
}

/** What the schemas ask of a text of one line, and of prose. */
export const ONE_LINE = "^[^\\n]*$(?!\\n)";
export const PROSE = "\\S";

/**
 * @param {"demand" | "application"} repeated
 * @returns {Model}
 */
export function makeModel(repeated) {
  const aliases = { short_names: "简称", former_names: "曾用名", english_names: "英文名称", brands: "品牌", domains: "网址" };
  const list = { type: "array", items: schemaOf("名称") };
  return {
    version: "1",
    role: repeated === "demand" ? "大企业" : "中小企业",
    repeated,
    kinds: {
      enterprise: {
        properties: {
          schema: schemaOf("格式", { const: "enterprise/1" }),
          id: schemaOf("企业编号", { pattern: "^E-[0-9A-HJKMNP-TV-Z]{8}$" }),
          name: schemaOf("企业名称", { minLength: 4, maxLength: 60, pattern: ONE_LINE, example: "示例电气有限公司" }),
          credit_code: schemaOf("统一社会信用代码", { pattern: ONE_LINE }),
          nature: schemaOf("企业性质"),
          industry: schemaOf("行业", { type: "object", properties: { code: schemaOf("代码"), name: schemaOf("名称") }, required: ["code", "name"] }),
          aliases: schemaOf("其他名称", {
            type: "object",
            properties: Object.fromEntries(Object.entries(aliases).map(([name, title]) => [name, schemaOf(title, list)])),
          }),
          affiliates: schemaOf("关联企业", {
            type: "array",
            items: schemaOf("关联企业", {
              type: "object",
              properties: { name: schemaOf("名称", { minLength: 4 }), credit_code: schemaOf("统一社会信用代码") },
              required: ["name"],
            }),
          }),
        },
        required: ["id", "name"],
      },
      demand: {
        properties: {
          title: schemaOf("需求名称", { maxLength: 60, pattern: ONE_LINE }),
          summary: schemaOf("需求内容", { pattern: PROSE }),
          parameters: schemaOf("主要参数", { pattern: PROSE }),
          effect: schemaOf("预期效果", { pattern: PROSE }),
          schedule: schemaOf("时限", { pattern: PROSE }),
          cooperation: schemaOf("合作", {
            type: "object",
            properties: { modes: schemaOf("合作方式", { type: "array", items: schemaOf("方式") }), note: schemaOf("合作说明", { pattern: PROSE }) },
          }),
          category: schemaOf("类别"),
          dates: schemaOf("日期", { type: "object", properties: { submitted: schemaOf("报送日期", { format: "date" }) }, required: ["submitted"] }),
        },
        required: ["title", "summary"],
      },
      application: { properties: { demand: schemaOf("揭榜需求") }, required: [] },
    },
    when: {},
    also: { industry: ["demand.field", "demand.category"] },
    divisions: {
      38: { name: "电气机械和器材制造业", old: null, section: "C", sizes: { "": "industry" } },
      47: { name: "房屋建筑业", old: null, section: "E", sizes: { "": "building" } },
      59: { name: "装卸搬运和仓储业", old: null, section: "G", sizes: { 591: "transport", 592: "storage" } },
      90: { name: "社会工作", old: null, section: "Q", sizes: { "": null } },
      91: { name: "一部分有标准的行业", old: null, section: "Q", sizes: { 911: "industry", 912: null } },
    },
    sections: { C: "制造业", E: "建筑业", G: "交通运输、仓储和邮政业", Q: "卫生和社会工作" },
    sizes: {
      industry: { employees: { small: 20, medium: 300, large: 1000 }, revenue: { small: 300, medium: 2000, large: 40000 } },
      building: { revenue: { small: 300, medium: 6000, large: 80000 }, assets: { small: 300, medium: 5000, large: 80000 } },
      transport: { employees: { small: 20, medium: 300, large: 1000 }, revenue: { small: 200, medium: 3000, large: 30000 } },
      storage: { employees: { small: 20, medium: 100, large: 200 }, revenue: { small: 100, medium: 1000, large: 30000 } },
    },
    city: "示例市",
    districts: [
      { slug: "qiaokou", name: "硚口区", bureau: "硚口区经信局", office: "服务科", phone: "000-00000001", email: "" },
      { slug: "zone", name: "示例开发区", bureau: "开发区经发局", office: "服务部", phone: "000-00000002", email: "" },
    ],
    rounds: [
      { id: "2024", title: "2024年度", opens: "2024-07-05", closes: "2026-06-30", submit_by: "2026-06-30", apply_by: "2026-06-30", types: ["技术攻关", "采购需求"] },
      { id: "2025", title: "2025年度", opens: "2025-07-05", closes: "2026-06-30", submit_by: "2025-12-31", apply_by: "2026-06-30", types: [] },
    ],
    patterns: repeated === "demand" ? FROM_PYTHON.patterns : null,
    words: { department: "经信部门", anonymous: "企业名称不公开", noDistrict: "所在区不公开", noIndustry: "行业不公开" },
  };
}

/** A credit code that is right in every character. */
export const GOOD_CODE = "910000000276265134";

/**
 * @param {EnterpriseRecord} [more]
 * @returns {PlacedEnterprise}
 */
export function makeEnterprise(more = {}) {
  return {
    kind: "enterprise",
    prefix: "enterprise.",
    rows: {},
    linked: {},
    record: {
      id: "E-AAAAAAA1",
      name: "示例腾岳动力（示例市）有限公司",
      credit_code: GOOD_CODE,
      disclosure: "不公开",
      registered_place: { province: "示例省", city: "示例市", county: "硚口区" },
      industry: { code: "38", name: "电气机械和器材制造业" },
      employees: "120",
      revenue: "5600",
      nature: "民营",
      stamped: true,
      ...more,
    },
  };
}

/**
 * @param {DemandRecord} [more]
 * @returns {PlacedDemand}
 */
export function makeDemand(more = {}) {
  return {
    kind: "demand",
    prefix: "demand.0.",
    rows: {},
    linked: {},
    record: { id: "D-AAAAAAA1", title: "高速电机用绝缘材料", summary: "研发一款绝缘材料。", no_secrets: true, ...more },
  };
}

/**
 * @param {ApplicationRecord} [more]
 * @returns {PlacedApplication}
 */
export function makeApplication(more = {}) {
  return {
    kind: "application",
    prefix: "application.0.",
    rows: {},
    linked: {},
    record: { id: "A-AAAAAAA1", demand: "D-AAAAAAA1", item: { name: "绝缘材料" }, no_affiliation: true, stamped: true, ...more },
  };
}

/**
 * @param {Model} model
 * @param {Partial<Submission>} [more]
 * @returns {Submission}
 */
export function makeSubmission(model, more = {}) {
  return {
    round: model.rounds[0],
    district: model.districts[0],
    submitted: "2024-10-20",
    known: false,
    knownId: "",
    enterprise: makeEnterprise(),
    entries: [model.repeated === "demand" ? makeDemand() : makeApplication()],
    ...more,
  };
}

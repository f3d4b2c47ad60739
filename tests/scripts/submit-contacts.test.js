import assert from "node:assert/strict";
import { test } from "node:test";

import * as contacts from "../../site/assets/js/submit/contacts.js";
import * as telephones from "../../site/assets/js/submit/telephones.js";
import { FROM_PYTHON } from "./from-python.js";

const { hasClassificationMark, normalise, personSlips } = contacts;
const SOUGHT = FROM_PYTHON.patterns;

/** @param {string} text */
const contactKinds = (text) => contacts.contactKinds(text, SOUGHT);

/** @param {string} text */
const hintKinds = (text) => contacts.hintKinds(text, SOUGHT);

test("texts are normalised to one width and case, without markup, accents and invisible characters", () => {
  assert.equal(normalise("ＴＥＬ<b class=x>：</b>１\u200b２"), "tel:12");
  assert.equal(normalise("Café 聯繫電話"), "cafe 联系电话");
});

/** Each kind: how it is written, and a twin that only looks like it. */
const KINDS = {
  电话号码: {
    found: [
      "样件请致电10000001234",
      "100-0000-1234",
      "100 0000 1234",
      "100.0000.1234",
      "1 0 0 0 0 0 0 1 2 3 4",
      "手机 100 00001234",
      "一〇〇〇〇〇〇一二三四",
      "壹零零零零零零壹贰叁肆",
      "+86 100 0000 1234",
      "联系电话（０００）００００１２３４",
      "座机：027-00001234",
      "热线 400-000-1234",
      "電話：00001234",
      "tel00001234",
      "1<b>0</b>0-0000-1234",
      "100\u200b0000\u200b1234",
      "电话 00001234、00001235",
    ],
    innocent: [
      "熔指：25 g/10min（230 ℃，2.16 kg）",
      "主轴转速不低于 30000 r/min",
      "按 GB/T 12345678 执行",
      "型号 QX-138-0000-1234 的替代件",
      "年产量 10000001234 件",
      "营业收入 1,000,000,000 元",
      "2024-07-05 至 2026-06-30",
      "直线度 00001234 μm",
      "公差 0.001、0.005、0.0123",
      "10000000000",
      "合同号：10000001234",
    ],
  },
  电子邮箱: {
    found: [
      "指标请发 lianxi@example.com 索取",
      "lianxi ＠ example．com",
      "lianxi(at)example(dot)com",
      "lianxi [at] example.com",
      "lianxi艾特example点com",
      "lianxi at example.com",
      "123456的QQ邮箱",
      "lianxi_01#163",
    ],
    innocent: ["击穿电压 15 kV@20 ℃", "C# 语言开发", "温度传感器 at 25 ℃", "邮箱由主管部门提供"],
  },
  微信号: {
    found: ["加微信 abc_12345 详谈", "微信号：abcde1", "VX：abcde1", "薇信 abc_12345", "绿泡泡abcde12", "微信同手机", "扫码加群", "weixin: abcde"],
    innocent: ["支持微信小程序和微信支付", "微信 H5 页面", "vx 系列", "微信扫一扫"],
  },
  "QQ 号": {
    found: ["QQ：123456789", "扣扣 123456", "企鹅号 12345678", "q群 12345678", "QQ一二三四五六", "球球：1 2 3 4 5 6"],
    innocent: ["QQ 音乐", "型号 QQ3", "企鹅形外壳"],
  },
};

for (const [kind, { found, innocent }] of Object.entries(KINDS)) {
  for (const text of found) test(`${kind}: “${text}”`, () => assert.ok(contactKinds(text).includes(kind), contactKinds(text).join()));
  test(`no ${kind} in what looks like it`, () => {
    for (const text of innocent) assert.ok(!contactKinds(text).includes(kind), text);
  });
}

/** Groups of digits that nothing announces: which are a telephone number, and which twin is not. */
const GROUPS = [
  { rule: "three, four and four digits, with the same sign between them", found: "100-0000-1234", innocent: "100-0000 1234" },
  { rule: "other lengths only behind the country's code", found: "86 10 0000 01234", innocent: "10 0000 01234" },
  { rule: "six groups of one or two digits, all of them", found: "10 00 00 01 23 4", innocent: "100 0 0 0 0 0 1 23 4" },
  { rule: "a landline's number in one, or behind its area", found: "02700001234", innocent: "0270-0001234" },
  { rule: "an area and a number", found: "027-00001234", innocent: "0271-0001234" },
  { rule: "a service number in three groups, with the same sign", found: "400-000-1234", innocent: "400-000 1234" },
  { rule: "a service number in three groups, not in two", found: "400 000 1234", innocent: "400 0001234" },
  { rule: "seven or eight digits behind a word only", found: "电话 00001234", innocent: "00001234" },
  { rule: "seven or eight digits, not nine", found: "电话 0000123", innocent: "电话 000012345" },
  { rule: "seven or eight digits in one or two groups", found: "电话 0000 1234", innocent: "电话 000 01 234" },
  { rule: "no amount with its commas", found: "8610000001234", innocent: "8,610,000,001,234" },
  { rule: "no list of decimals", found: "10-00-00-0-12-34", innocent: "10.00、00.0、12.34" },
  { rule: "no digits of a name, but those behind a p for phone", found: "p10000001234", innocent: "ab10000001234" },
  { rule: "no digits with letters behind them", found: "10000001234，", innocent: "10000001234abc" },
  { rule: "no number of something, but one behind a word for telephones", found: "电话 10000001234 件", innocent: "10000001234 件" },
];

for (const { rule, found, innocent } of GROUPS) {
  test(`digits are a telephone number by their groups: ${rule}`, () => {
    assert.deepEqual(contactKinds(found), ["电话号码"], found);
    assert.deepEqual(contactKinds(innocent), [], innocent);
  });
}

/**
 * An identity number (GB 11643) with its check character; of a place that does not exist.
 *
 * @param {string} birthday
 */
function identity(birthday) {
  const start = `999999${birthday}001`;
  const total = Array.from(start).reduce((sum, digit, place) => sum + Number(digit) * (2 ** (17 - place) % 11), 0);
  return start + "10X98765432"[total % 11];
}

test("an identity number is told by its day of birth and its check character, and is no telephone", () => {
  assert.deepEqual(contactKinds(`身份证 ${identity("19900228")}`), ["身份证号码"]);
  assert.deepEqual(contactKinds(Array.from(identity("19900228")).join(" ")), ["身份证号码"]);
});

test("eighteen digits with another check character or a day that does not exist are no identity number", () => {
  const good = identity("19900228");
  const wrong = good.slice(0, 17) + (good[17] === "1" ? "2" : "1");
  assert.ok(!contactKinds(wrong).includes("身份证号码"));
  assert.ok(!contactKinds(identity("19900230")).includes("身份证号码"));
});

test("several kinds in one text are each told once, and never the data", () => {
  const kinds = contactKinds("电话 10000001234，备用 10000001235，邮箱 lianxi@example.com，QQ：123456789");
  assert.deepEqual(kinds, ["电话号码", "电子邮箱", "QQ 号"]);
});

test("the check's patterns find the same in a browser", () => {
  /** @param {import("../../site/assets/js/submit/types.js").Sought[]} sought */
  const read = (sought) => sought.map(({ kind, source, tight }) => ({ kind, pattern: new RegExp(source, "u"), tight }));
  const [forContacts, forHints] = [read(SOUGHT.contacts), read(SOUGHT.hints)];
  /** @param {string} text @param {typeof forContacts} patterns */
  const kinds = (text, patterns) => {
    const tight = text.replace(/\s+/g, "");
    return new Set(patterns.filter((one) => one.pattern.test(one.tight ? tight : text)).map(({ kind }) => kind));
  };
  for (const [text, ofContacts, ofHints, hasPhone] of FROM_PYTHON.hidden_in_texts) {
    assert.equal(telephones.hasPhone(text, SOUGHT.telephones), hasPhone, text);
    assert.deepEqual(kinds(text, forContacts), new Set(ofContacts), text);
    assert.deepEqual(kinds(text, forHints), new Set(ofHints), text);
  }
});

test("addresses, accounts and websites are told as the check tells them", () => {
  assert.deepEqual(contactKinds("样件寄至示例市样本区"), ["详细地址"]);
  assert.deepEqual(contactKinds("示例大道一百零二号"), ["详细地址"]);
  assert.deepEqual(contactKinds("抖音号 shili2024"), ["社交账号"]);
  assert.deepEqual(hintKinds("官网：ｓｈｉｌｉ－ｃｏｒｐ.cn"), ["网址"]);
  assert.deepEqual(hintKinds("我司位于示例市"), ["本企业所在位置"]);
  assert.deepEqual(hintKinds("传感器位于叶片根部，config.json 见附件"), []);
});

test("a browser that cannot read the check's patterns goes on with what is written here", () => {
  const unread = { ...SOUGHT, contacts: [{ kind: "电子邮箱", source: "(?<=", tight: false }] };
  assert.deepEqual(contacts.contactKinds("lianxi@example.com，电话 00001234", unread), ["电话号码"]);
});

test("words for people to contact are told", () => {
  for (const text of ["联系人见附件", "联 系 方 式：另附", "聯繫人", "项目负责人：见表", "lianxi ren"]) assert.equal(personSlips(text).length, 1, text);
});

test("machines and duties are no people to contact", () => {
  for (const text of ["对接人机界面", "由项目负责人审定方案", "电气联系图"]) assert.deepEqual(personSlips(text), [], text);
});

test("a form of address is a surname with a title", () => {
  for (const text of ["请与张工联系", "找欧阳博士", "王经理", "李总负责"]) assert.match(personSlips(text)[0]?.message ?? "", /称呼/, text);
});

test("trades and verbs are no forms of address", () => {
  for (const text of ["机加工工艺", "提高施工精度", "手工焊接", "高工频绝缘"]) assert.deepEqual(personSlips(text), [], text);
});

test("marks of classification are found in every frame", () => {
  for (const text of ["机密★1年", "秘 密 ★", "【机密】", "(秘密)", "绝密", "密级：", "机密🌟", "内部资料", "请勿外传", "机密文件", "不得对外传"]) {
    assert.ok(hasClassificationMark(text), text);
  }
});

test("secrets as a matter of technology or law are no marks", () => {
  for (const text of ["商业秘密的保护", "机密性、完整性和可用性", "秘密资料的管理系统", "机密🎉分级算法", "加密级联"]) {
    assert.ok(!hasClassificationMark(text), text);
  }
});

test("long texts of digits and separators are judged in reasonable time", () => {
  const start = Date.now();
  contactKinds("1-".repeat(20000));
  contactKinds("a.".repeat(20000));
  assert.ok(Date.now() - start < 5000);
});

// Contact data, hints, people and classification marks in texts that will be public, as `jiebang check` finds them. The patterns of accounts,
// addresses and websites are the check's own; people are told here by their main shapes. It warns while typing; the check
// that decides finds more. No look-behind in what is written here: Safari before 16.4 cannot read it, and goes without the check's patterns.

import { normaliseWidth, removeInvisible } from "./characters.js";
import { isDay } from "../common/days.js";
import { DIGITS, hasPhone, readDigits } from "./telephones.js";

/** @import { Patterns, Slip, Sought } from "./types.js" */

/**
 * Traditional forms of the characters in words that announce contact data.
 *
 * @type {{ [traditional: string]: string }}
 */
const SIMPLIFIED = Object.fromEntries(
  ["電电", "話话", "機机", "聯联", "繫系", "絡络", "郵邮", "碼码", "號号", "總总", "經经", "張张", "陳陈", "劉刘", "貳贰", "陸陆", "係系", "內内", "資资"].map(
    (pair) => Array.from(pair),
  ),
);

const IDENTITY = new RegExp("[" + DIGITS + "](?:[\\s\\-–—_.·*/]{0,2}[" + DIGITS + "]){16}[\\s\\-–—_.·*/]{0,2}[" + DIGITS + "x](?![0-9a-z])", "g");

const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤欧阳";
const HONORIFIC = new RegExp(
  "(?:^|[^\\u4e00-\\u9fff]|[请找由给致问寻洽询与和跟向同让经寄送交]|联系|负责|人是|人为|经办|对接)(?:欧阳|[" + SURNAMES + "])[\\s·.*_\\-—]{0,2}" +
  "(?:总工|总监|总经理|副总|总|工程师|工|经理|主任|部长|厂长|所长|院长|处长|科长|队长|组长|老师|先生|女士|小姐|博士|教授|师傅|董事长|董|秘书|主管|助理)" +
  "(?=$|[^\\u4e00-\\u9fffa-z0-9]|[电手联微负处那的或收转洽谈提供来去]|\\s*[0-9+]{5,})", "m"
);
const CONTACT = /联\s*系\s*人|联\s*络\s*人|联\s*系\s*电\s*话|联\s*系\s*方\s*式|对\s*接\s*人(?!机)|经\s*办\s*人|法\s*人\s*代\s*表|法\s*定\s*代\s*表\s*人|项\s*目\s*负\s*责\s*人\s*[:：]|lian\s*xi\s*ren|contact\s*(?:person|:)/;
const STARS = "★☆✩✪✫✬✭✮✯✰⭐🌟⋆＊*";
/** What may be strewn between the characters of a mark. */
const NOT_OF_A_MARK = new RegExp("[^\\w\\u3400-\\u9fff" + STARS + "\\n【】\\[\\]()（）〔〕:]|_", "gu");
const CLASSIFICATION = new RegExp(
  "绝密|[机秘]密[" + STARS + "]|[机秘]密级|[【\\[(（〔][机秘]密[】\\])）〕]|密级:|^[机秘]密(?:文件|资料)?$|[机秘]密(?:文件|资料)(?![的之])" +
  "|内部(?:资料|文件)|(?:不得|严禁|禁止|不准|请勿|切勿)(?:对?外传|外泄|泄露)|不得公开", "mu"
);


/**
 * The text as its reader reads it: one width, lower case, simplified words, without markup, accents and characters that nobody
 * sees.
 *
 * @param {string} text
 */
export function normalise(text) {
  const plain = removeInvisible(normaliseWidth(text)).replace(/<\/?[a-z][^>]*>/gi, "").toLowerCase();
  const bare = plain.normalize("NFD").replace(/[\u0300-\u036f]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]/g, "");
  return Array.from(bare, (character) => SIMPLIFIED[character] || character).join("");
}

/**
 * Whether there is an identity card's number (GB 11643) with its day of birth and its check character.
 *
 * @param {string} text normalised
 */
function hasIdentity(text) {
  return (text.match(IDENTITY) || []).some((found) => {
    const number = readDigits(found).replace(/[^0-9x]/g, "");
    if (!isDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`)) return false;
    const total = Array.from(number.slice(0, 17)).reduce((sum, digit, place) => sum + Number(digit) * (2 ** (17 - place) % 11), 0);
    return "10x98765432"[total % 11] === number[17];
  });
}

/** @type {WeakMap<Sought[], { kind: string, pattern: RegExp, tight: boolean }[]>} */
const READ = new WeakMap();

/** @param {Sought[]} sought */
function readPatterns(sought) {
  let known = READ.get(sought);
  if (!known) {
    known = sought.flatMap(({ kind, source, tight }) => {
      try {
        return [{ kind, pattern: new RegExp(source, "u"), tight }];
      } catch {
        // A browser without look-behind: the check finds it.
        return [];
      }
    });
    READ.set(sought, known);
  }
  return known;
}

/**
 * The kinds of which something stands in a text, each once.
 *
 * @param {string} plain normalised
 * @param {Sought[]} sought
 */
function kindsIn(plain, sought) {
  const tight = plain.replace(/\s+/g, "");
  /** @type {Set<string>} */
  const kinds = new Set();
  for (const one of readPatterns(sought)) {
    if (!kinds.has(one.kind) && one.pattern.test(one.tight ? tight : plain)) kinds.add(one.kind);
  }
  return Array.from(kinds);
}

const IDENTITY_KIND = "身份证号码";

/**
 * Kinds of contact data in a text, in Chinese; never the data.
 *
 * @param {string} text
 * @param {Patterns} patterns
 * @returns {string[]}
 */
export function contactKinds(text, patterns) {
  const plain = normalise(text);
  const others = kindsIn(plain, patterns.contacts);
  const identity = others.includes(IDENTITY_KIND) || hasIdentity(plain);
  const number = identity ? [IDENTITY_KIND] : hasPhone(plain, patterns.telephones) ? ["电话号码"] : [];
  return [...number, ...others.filter((kind) => kind !== IDENTITY_KIND)];
}

/**
 * Kinds of what may lead to an enterprise, in Chinese; never what it is.
 *
 * @param {string} text
 * @param {Patterns} patterns
 */
export function hintKinds(text, patterns) {
  return kindsIn(normalise(text), patterns.hints);
}

/**
 * Words about people: of those to contact, and forms of address.
 *
 * @param {string} text
 * @returns {Slip[]}
 */
export function personSlips(text) {
  const plain = normalise(text);
  const found = [];
  if (CONTACT.test(plain)) found.push({ message: "写了联系人或联系方式一类的字样。", hint: "删去；揭榜通过主管部门联系。" });
  if (HONORIFIC.test(plain)) found.push({ message: "像是对个人的称呼（姓加职务）。", hint: "删去对个人的称呼。" });
  return found;
}

/**
 * Whether a text bears a mark of classification (密级), or words that keep it inside.
 *
 * @param {string} text
 */
export function hasClassificationMark(text) {
  return CLASSIFICATION.test(normalise(text).replace(NOT_OF_A_MARK, ""));
}

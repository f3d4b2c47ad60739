// Contact data, people and classification marks in texts that will be public: the main shapes of what `jiebang check` finds.
// It warns while typing; the check that decides finds more. No look-behind in the patterns: older Safari cannot read them.

import { normaliseWidth, removeInvisible } from "./characters.js";
import { isDay } from "../common/days.js";

/** @import { Slip } from "./types.js" */

/** Han numerals, and the words that are spoken for digits, by digit. */
const NUMERALS = ["〇零○洞", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾"];
/** @type {{ [numeral: string]: string }} */
const HAN = Object.fromEntries(NUMERALS.flatMap((numerals, digit) => Array.from(numerals, (numeral) => [numeral, String(digit)])));
const DIGITS = "0-9" + Object.keys(HAN).join("");
const GAP = "[\\s\\-‐‑–—_~.·•・*/|,，、()（）\\[\\]【】+]";
const RUN = new RegExp("[" + DIGITS + "](?:" + GAP + "{0,3}[" + DIGITS + "]){4,}", "g");
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

// What follows a number that is a measure, and what stands before one that is a number of something.
const UNIT = /^\s*(?:[%‰℃°ωμ㎡]|[kmgtnp]?(?:hz|pa|w|v|a|ω|ohm|m|g|n|j|s|b|bit|byte|bps|rad|l|mol|ev|cd|lx|dpi|ppm|ppb)(?![a-z])|r\/min|rpm|[mckn]m|kg|mg|min|ms|ns|fps|[次个件台套万亿元吨米克小秒天年月日倍条组行点像只片颗道层循字股步人户×]|转(?!\s*(?:分机)?\s*[0-9]{1,5}(?:[^0-9]|$))|分钟|x[0-9]|\*[0-9]|\/h|\/s)/;
const STANDARD = /(?:gb|gjb|iso|iec|ieee|astm|din|jis|en|sae|ansi|ul|yy|jb|hg|qc|cb|tb|sj|jt|dl|nb|yd|hj|qb|sn|cnas|zl|cn|us|wo|ep|no|nr|pn|p\/n|ver|v|φ|ø|≥|≤|>|<|=|±|#|№|型号|编号|图号|料号|牌号|货号|专利号?|标准号?|批号|序列号|订单号|合同号|项目号|证书号?|条码|条形码|代码|第|版本)(?:\/?[tz])?\s*[:：]?\s*[a-z]{0,2}[-–—.]?\s*$/;
// Words that announce a telephone number.
const ANNOUNCED = /(?:电\s*话|手\s*机|热\s*线|联\s*系|联\s*络|致\s*电|来\s*电|电\s*联|座\s*机|总\s*机|固\s*话|直\s*线(?![\u4e00-\u9fff]*[度电导轴往运段位加型插行滑])|拨\s*打|垂\s*询|咨\s*询|洽\s*询|传\s*真|分\s*机|短信|微\s*信|号\s*码|tel|phone|mobile|fax|call|☎|☏|✆|📞|📱|dianhua|shouji)[^0-9]{0,10}$/;
// A letter right before digits makes them part of a name, unless it is one that stands for a telephone.
const LETTER_BEFORE = /[a-z]$/;
const PHONE_LETTERS = /(?:tel|phone|mobile|mob|fax|t|m|p|v|vx|wx|call)$/;
const MOBILE = /^(?:(?:00)?86)?(1[0-9]{10})$/;
const LANDLINE = /^(?=0|86)(?:(?:00)?86)?0?(?:10|2[0-9]|[3-9][0-9]{2})(?:[2-9][0-9]{6,7}|0{3,}[0-9]{3,5})$/;
const AREA = /^(?:(?:0?0?86)?0(?:10|2[0-9]|[3-9][0-9]{2})|(?:00)?86)$/;
const SERVICE = /^[48]00[0-9]{7}$/;
/** A landline's number without its area. */
const LOCAL = /^[0-9]{7,8}$/;
/** Lengths of the groups in which mobile numbers are written. */
const MOBILE_GROUPINGS = ["11", "3,4,4", "3,8", "4,4,3", "7,4", "3,3,5", "4,3,4", "5,6", "6,5", "5,3,3", "3,4,2,2", "3,2,2,2,2", "2,9"];

const AT = "(?:@|[(\\[{【〔<]\\s*(?:at|a|@|艾特)\\s*[)\\]}】〕>]|[*#_-]at[*#_-]|#|艾特|爱特|小老鼠|圈\\s*a|花\\s*a)";
const DOT = "(?:[.。·．•]|[(\\[{【]\\s*(?:dot|点|\\.)\\s*[)\\]}】]|点|dot)";
const TLD = "(?:com|cn|net|org|edu|gov|example|info|io|co|me|tech|top|xyz|vip|cc|hk|tw|mail|biz|ltd|email|中国|公司|网络)(?![a-z0-9])";
const MAILS = [
  new RegExp("[a-z0-9][a-z0-9._+-]{0,40}" + AT + "(?:[a-z0-9][a-z0-9-]{0,40}" + DOT + "){1,4}" + TLD),
  new RegExp("[a-z0-9][a-z0-9._+-]{2,40}" + AT + "(?:qq|163|126|139|189|gmail|foxmail|outlook|hotmail|sina|sohu|yeah|aliyun|icloud)(?![a-z0-9])"),
  /(?:[0-9]{5,11}|[a-z][a-z0-9._-]{2,30})(?:的|在)?(?:qq|163|126|网易|谷歌|新浪|搜狐|foxmail|gmail)邮箱/,
];
const WORD_AT = new RegExp("[a-z0-9][a-z0-9._+-]{1,40}\\s+at\\s+(?:(?:[a-z0-9-]{1,40}\\s*" + DOT + "\\s*){1,4}" + TLD + "|(?:qq|163|126|gmail|foxmail)(?![a-z0-9]))");
const IS = "[\\s:：=\\-—–→>是为()（）\\[\\]【】“”\"'*·,，、号码群聊id]*";
const WECHAT_NAMES = "(?:微\\s*[信❤芯]|[薇威维徽胃v]\\s*信|v\\s*x|w\\s*x|we\\s*chat|wei\\s*xin|卫\\s*星\\s*号|绿\\s*泡\\s*泡)";
const WECHATS = [
  new RegExp("(?:[微薇威维徽v]\\s*信|绿\\s*泡\\s*泡)" + IS + "(?!(?:wechat|weixin|h5|api|app)(?![a-z0-9_]))[a-z][a-z0-9_-]{4,19}"),
  new RegExp("(?:^|[^a-z0-9])" + WECHAT_NAMES + "\\s*(?:号|id|同号|:|：|=|是|为|加)+\\s*[a-z0-9]"),
  /(?:^|[^a-z0-9])(?:v\s*x|w\s*x|wechat|weixin|v)\s+[a-z][a-z0-9_-]*[0-9_][a-z0-9_-]{2,18}(?![a-z0-9])/,
  /加\s*(?:我|个)?\s*(?:v|微|vx|wx)\s*[:：]?\s*[a-z0-9][a-z0-9_-]{4,19}/,
  /微\s*信\s*(?:同\s*(?:号|手机|电话)|号\s*[:：])|(?:手机|电话)\s*(?:同\s*微|微\s*信\s*同)|微信扫码|扫码加/,
];
const QQ = new RegExp(
  "(?:(?:^|[^a-z0-9])q\\s*q|扣\\s*扣|叩\\s*叩|[球秋]\\s*[球秋]|企\\s*鹅|(?:^|[^a-z0-9])q\\s*(?:群|(?=[:：])))" +
  "\\s*(?:号码?|群号?|群|:|：|=|是|为|加|\\s|-|—|→|\\()*[" + DIGITS + "](?:[\\s\\-.·*_]{0,2}[" + DIGITS + "]){4,10}"
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
 * The text with digits for Han numerals.
 *
 * @param {string} text
 */
function readDigits(text) {
  return text.replace(/[^0-9]/g, (character) => HAN[character] || character);
}

/**
 * Whether a run of digits is an amount, a span of months or a list of decimals.
 *
 * @param {string} run
 * @param {string[]} groups of digits
 */
function isEnumeration(run, groups) {
  if (/^[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?$/.test(run)) return true;
  if (/^(?:19|20)[0-9]{2}\s*[-./—~]\s*(?:0?[1-9]|1[0-2])(?:\s*[-./—~]|$)/.test(run)) return true;
  return groups.length < 9 && /(?:^|[^0-9.])[0-9]{1,6}\.[0-9]{1,6}(?=$|\s*[^0-9.\s])/.test(run);
}

/**
 * Whether digits are a mobile number, by how they are grouped where nothing announces one.
 *
 * @param {string} digits
 * @param {string[]} groups
 * @param {boolean} even all gaps are the same
 * @param {boolean} announced
 */
function isMobile(digits, groups, even, announced) {
  const mobile = MOBILE.exec(digits);
  if (!mobile || /^10{5,}$/.test(mobile[1])) return false;
  if (announced || (mobile[1] !== digits && groups.length <= 5)) return true;
  return even && MOBILE_GROUPINGS.includes(groups.map((group) => group.length).join(","));
}

/**
 * Whether groups of digits are one telephone number.
 *
 * @param {string[]} groups
 * @param {string[]} gaps between them
 * @param {boolean} announced a word before them says that a number follows
 */
function isPhone(groups, gaps, announced) {
  const digits = groups.join("");
  const spelt = groups.length >= 6 && groups.every((group) => group.length <= 2);
  const even = gaps.every((gap) => gap.trim() === gaps[0].trim());
  const certain = announced || spelt;
  if (isMobile(digits, groups, even, certain)) return true;
  if (LANDLINE.test(digits)) return certain || groups.length === 1 || AREA.test(groups[0]);
  if (SERVICE.test(digits)) return announced || (groups.length === 3 && even);
  return announced && LOCAL.test(digits) && [1, 2, 7, 8].includes(groups.length);
}

/**
 * Several numbers may stand side by side: every run of whole groups is judged.
 *
 * @param {string[]} groups
 * @param {string[]} gaps
 * @param {boolean} announced
 */
function containsPhone(groups, gaps, announced) {
  for (let first = 0; first < groups.length; first += 1) {
    let length = 0;
    for (let last = first; last < groups.length; last += 1) {
      length += groups[last].length;
      if (length > 15) break;
      if (isPhone(groups.slice(first, last + 1), gaps.slice(first, last), announced)) return true;
    }
  }
  return false;
}

/** @param {string} text normalised */
function hasPhone(text) {
  RUN.lastIndex = 0;
  for (let hit = RUN.exec(text); hit; hit = RUN.exec(text)) {
    const before = text.slice(Math.max(0, hit.index - 24), hit.index);
    const after = text.slice(hit.index + hit[0].length, hit.index + hit[0].length + 12);
    const announced = ANNOUNCED.test(before);
    const run = readDigits(hit[0]);
    const groups = run.match(/[0-9]+/g) || [];
    const grown = LETTER_BEFORE.test(before) && !PHONE_LETTERS.test(before);
    const measured = grown || /^[a-z]/.test(after) || UNIT.test(after) || STANDARD.test(before);
    if (!announced && (measured || isEnumeration(run, groups))) continue;
    if (containsPhone(groups, run.match(/[^0-9]+/g) || [], announced)) return true;
  }
  return false;
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

/**
 * Kinds of contact data in a text, in Chinese; never the data.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function contactKinds(text) {
  const plain = normalise(text);
  const tight = plain.replace(/\s+/g, "");
  const kinds = [];
  if (hasIdentity(plain)) kinds.push("身份证号码");
  else if (hasPhone(plain)) kinds.push("电话号码");
  if (WORD_AT.test(plain) || MAILS.some((mail) => mail.test(tight))) kinds.push("电子邮箱");
  if (WECHATS.some((wechat) => wechat.test(plain))) kinds.push("微信号");
  if (QQ.test(plain)) kinds.push("QQ 号");
  return kinds;
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

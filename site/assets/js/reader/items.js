// What was read → entries of the list that is worked through: forms of one enterprise that belong together are one entry.

/** @import { Answer, Item, MovedFile, ReadForm } from "./types.js" */

const RECORD = /\.ya?ml$/i;
const NAMES = { 附件1: "需求表", 附件2: "对接表", 附件3: "申请书" };
const KINDS = { enterprise: "企业", demand: "需求", application: "申请" };

/** @param {string} name of a file */
export function isRecord(name) {
  return RECORD.test(name);
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join("");
}

/** @param {ReadForm[]} forms */
export function questionsIn(forms) {
  return forms.flatMap((form) => form.records.flatMap((record) => record.questions));
}

/** @param {ReadForm[]} forms */
function aboutForms(forms) {
  const names = forms.map((form) => NAMES[/** @type {keyof typeof NAMES} */ (form.annex)]);
  const demands = forms.flatMap((form) => form.records.filter((record) => record.kind === "demand"));
  const counted = demands.length ? `，${demands.length} 项需求` : "";
  const asked = questionsIn(forms).length;
  return `${Array.from(new Set(names)).join("、")}${counted}，${asked ? `${asked} 处看不准，要核对` : "没有看不准的地方"}`;
}

/**
 * @param {string} file
 * @param {Partial<Item>} rest
 * @returns {Item}
 */
function item(file, rest) {
  return { id: newId(), files: [file], title: file, about: "", page: "", done: false, forms: [], notes: [], ...rest };
}

/**
 * @param {string} file
 * @param {Answer} answer
 * @returns {Item}
 */
function recordItem(file, { kind = "demand", text = "", value = {} }) {
  const isLarge = kind === "demand" || (kind === "enterprise" && value.role === "大企业");
  const { name, title } = value;
  const inside = /** @type {{ name?: string } | undefined} */ (value.item);
  const called = String(title || name || (inside && inside.name) || "");
  return item(file, {
    title: `${KINDS[kind]}${called ? `：${called}` : ""}`,
    about: "目录里的记录，可以更正后取回",
    page: isLarge ? "demand/" : "apply/",
    record: { name: file, kind, text, value },
  });
}

/**
 * A form joins the entry that holds the other one of its enterprise: 对接表 and 申请书.
 *
 * @param {Item[]} items is changed
 * @param {string} file
 * @param {ReadForm} form
 * @param {string[]} notes
 */
function addForm(items, file, form, notes) {
  const isLarge = form.repeated === "demand";
  const other = items.find(({ forms, done }) => {
    const [first] = forms;
    const isPair = first && !isLarge && first.repeated === form.repeated && first.key === form.key && form.key;
    return isPair && !done && (form.annex === "附件3" || forms.every(({ annex }) => annex === "附件3"));
  });
  if (!other) {
    items.push(
      item(file, { title: form.enterprise || file, about: aboutForms([form]), page: isLarge ? "demand/" : "apply/", forms: [form], notes }),
    );
    return;
  }
  other.files = Array.from(new Set([...other.files, file]));
  other.forms = [...other.forms, form].sort((one, two) => one.annex.localeCompare(two.annex));
  other.notes = Array.from(new Set([...other.notes, ...notes]));
  other.about = aboutForms(other.forms);
}

/**
 * Takes an answer into the list.
 *
 * @param {Item[]} items is changed
 * @param {string} file
 * @param {Answer} answer
 */
export function addAnswer(items, file, answer) {
  if (answer.error) items.push(item(file, { error: answer.error }));
  else if (answer.forms) for (const form of answer.forms) addForm(items, file, form, answer.notes || []);
  else items.push(recordItem(file, answer));
}

/**
 * Records of the list as they are after a step: what is done next begins there.
 *
 * @param {Item[]} items is changed
 * @param {MovedFile[]} files
 */
export function renew(items, files) {
  for (const { text, value } of files) {
    for (const one of items) {
      if (one.record && one.record.value.id === value.id) {
        one.record = { ...one.record, text, value };
        one.about = "已换成办完一步以后的记录";
      }
    }
  }
}

// Records on the list: what a change made of a file, and the review for secrecy by two people.

import { button, element, part } from "../common/element.js";
import { today } from "../common/days.js";
import { fileList } from "../submit/download.js";
import { keep, kept } from "./kept.js";

/** @import { Reader } from "./reader.js" */
/** @import { Answer, Trouble } from "./types.js" */

/** @typedef {{ folder: string, name: string, about: string, text: string }} ChangedFile */

/** @param {Trouble} error */
export function trouble(error) {
  const box = element("p", "read-trouble", `${error.message}${error.hint}`);
  box.setAttribute("role", "alert");
  return box;
}

/**
 * Where each file's district is chosen: a demand and the applications to it need not be of one.
 *
 * @param {HTMLElement} place
 * @param {ChangedFile[]} files
 */
function districtsOf(place, files) {
  const first = part(place, "[data-district]", HTMLSelectElement);
  if (files.length === 1) return [first];
  const label = part(place, "label:last-child", HTMLElement);
  const labels = files.map(({ name }) => {
    const own = /** @type {HTMLElement} */ (label.cloneNode(true));
    own.prepend(`${name} `);
    return own;
  });
  label.replaceWith(...labels);
  return labels.map((own) => part(own, "select", HTMLSelectElement));
}

/**
 * Files that stand in the catalogue already, as they are now: where each belongs, and the ways to bring it there.
 *
 * @param {ChangedFile[]} files
 */
export function changedFiles(files) {
  const template = part(document, "[data-place-template]", HTMLTemplateElement);
  const place = part(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), ".read-place", HTMLElement);
  const round = part(place, "[data-round]", HTMLSelectElement);
  const districts = districtsOf(place, files);
  const all = kept();
  round.value = all.round;
  for (const select of districts) select.value = all.district;
  // A round or district that this site no longer offers leaves the first option.
  for (const select of [round, ...districts]) if (select.selectedIndex < 0) select.selectedIndex = 0;
  const list = element("div");
  const show = () => {
    const isPlaced = round.value !== "" && districts.every((select) => select.value !== "");
    if (isPlaced) keep({ ...kept(), round: round.value, district: districts[0].value });
    const placed = files.map((file, at) => {
      const folder = isPlaced ? `${round.value}/${districts[at].value}/` : "";
      return { ...file, path: `${folder}${file.folder}/${file.name}`, isKnown: true };
    });
    list.replaceChildren(fileList(placed, isPlaced));
  };
  place.addEventListener("change", show);
  show();
  const where = "用它替换目录里同名的文件，提交合并请求；注释、各项的次序和没有改的内容都和原来一样。选好轮次和区，就写明文件在目录里的位置。";
  const holder = element("div", "read-changed");
  holder.append(element("p", "read-hint", where), place, list);
  return holder;
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string} text
 */
function saving(kind, name, text) {
  return changedFiles([{ folder: `${kind}s`, name, about: name, text }]);
}

/** @param {NonNullable<Answer["differences"]>} differences */
export function changes(differences) {
  const list = element("dl", "read-changes");
  for (const { field: name, old, new: now } of differences) {
    const row = element("div");
    const told = element("dd");
    if (old) told.append(element("del", "pre", old));
    if (now) told.append(element("ins", "pre", now));
    row.append(element("dt", "", name), told);
    list.append(row);
  }
  return list;
}

/**
 * The file after the change, and what is other in it.
 *
 * @param {HTMLElement} panel
 * @param {Reader} reader
 * @param {{ name: string, kind: string }} record
 * @param {Uint8Array} bytes
 * @param {{ text: string, fields: string[] }} edited
 */
export async function showEdited(panel, reader, { name, kind }, bytes, edited) {
  /** @param {{ date: string, note: string }} [revision] */
  const ask = (revision) => reader.ask("amend", { edited: edited.text, fields: edited.fields, revision }, bytes);
  panel.replaceChildren(element("p", "", "正在生成改好的文件……"));
  const answer = await ask();
  if (answer.error) panel.replaceChildren(trouble(answer.error));
  else if (!answer.differences || !answer.differences.length) panel.replaceChildren(element("p", "", "没有改动。"));
  else {
    const rest = element("div", "read-changed");
    rest.setAttribute("aria-live", "polite");
    if (answer.noted) rest.append(...noteFor(rest, reader, name, ask));
    else rest.append(...after(reader, kind, name, answer));
    panel.replaceChildren(element("h4", "", "改了这些"), changes(answer.differences), rest);
  }
}

/**
 * The file after a change, and the review that its new words want.
 *
 * @param {Reader} reader
 * @param {string} kind
 * @param {string} name
 * @param {Answer} answer
 */
function after(reader, kind, name, { text = "", lacking }) {
  const made = saving(kind, name, text);
  if (!lacking) return [made];
  // The file that the review signs takes the place of the one without.
  const holder = element("div", "read-changed");
  const act = button("quiet", "保密审查改过的文字", () => showReview(holder, reader, name, new TextEncoder().encode(text)));
  holder.append(made, element("p", "", `${lacking}。发榜和更正都要有有效的审查，可以接着办：`), act);
  return [holder];
}

/**
 * Asks for the note with which words change that were published.
 *
 * @param {HTMLElement} box
 * @param {Reader} reader
 * @param {string} name
 * @param {(revision: { date: string, note: string }) => Promise<Answer>} ask
 */
function noteFor(box, reader, name, ask) {
  const note = field("更正说明", "text", "");
  const day = field("更正日期", "date", today());
  const wrong = element("div");
  const write = button("button", "写入更正说明", async () => {
    const answer = await ask({ date: day.input.value, note: note.input.value.trim() });
    if (answer.error) wrong.replaceChildren(trouble(answer.error));
    else box.replaceChildren(...after(reader, "demand", name, answer));
  });
  const told = "这项需求已经公布。改了什么、为什么改，写一句给读者看的更正说明，它会显示在需求页的最前面。";
  return [element("p", "", told), note.holder, day.holder, write, wrong];
}

/**
 * @param {string} label
 * @param {string} type
 * @param {string} value
 */
export function field(label, type, value) {
  const holder = element("label", "read-field", label);
  const input = element("input");
  input.type = type;
  input.value = value;
  input.autocomplete = "off";
  holder.append(input);
  return { holder, input };
}

/**
 * The words that two people have to read.
 *
 * @param {{ title: string, text: string }[]} texts
 */
export function publicTexts(texts) {
  const list = element("dl", "read-texts");
  for (const { title, text } of texts) {
    const row = element("div");
    row.append(element("dt", "", title), element("dd", "pre", text));
    list.append(row);
  }
  return list;
}

/**
 * The words that two people have to read, and a place for their names.
 *
 * @param {HTMLElement} panel
 * @param {Reader} reader
 * @param {string} name
 * @param {Uint8Array} bytes
 */
export async function showReview(panel, reader, name, bytes) {
  panel.replaceChildren(element("p", "", "正在取出要公开的文字……"));
  const answer = await reader.ask("review", { name }, bytes);
  if (answer.error) {
    panel.replaceChildren(trouble(answer.error));
    return;
  }
  const first = field("第一名审查人的姓名", "text", "");
  const second = field("第二名审查人的姓名", "text", "");
  const day = field("审查日期", "date", today());
  const result = element("div");
  result.setAttribute("aria-live", "polite");
  const sign = button("button", "确认不涉密，写入审查记录", async () => {
    const reviewers = [first.input.value.trim(), second.input.value.trim()];
    const blank = [first, second, day].find(({ input }) => !input.value.trim());
    if (blank) {
      result.replaceChildren(trouble({ message: "两名审查人的姓名和审查日期都要填写。", hint: "" }));
      blank.input.focus();
      return;
    }
    const signed = await reader.ask("reviewed", { name, reviewers, date: day.input.value }, bytes);
    result.replaceChildren(signed.error ? trouble(signed.error) : saving("demand", name, signed.text || ""));
  });
  const state = answer.lacking ? `${answer.lacking}。` : "这些文字已经过两名审查人的审查；审查人在不在市里的名单上，提交后由程序核对。";
  panel.replaceChildren(
    element("h4", "", "将要公开的文字"),
    element("p", "", `${state}程序不能判断是否涉密，请两名审查人逐字读过下面的文字，再署名。`),
    publicTexts(answer.texts || []),
    element("p", "read-digest", `所审文字的摘要：${answer.digest}`),
    first.holder,
    second.holder,
    day.holder,
    sign,
    result,
  );
}

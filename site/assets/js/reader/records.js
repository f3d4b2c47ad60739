// Records on the list: what a change made of a file, and the review for secrecy by two people.

import { button, element } from "../common/element.js";
import { today } from "../common/days.js";

/** @import { Reader } from "./reader.js" */
/** @import { Answer, Trouble } from "./types.js" */

/** @param {Trouble} error */
function trouble(error) {
  const box = element("p", "read-trouble", `${error.message}${error.hint}`);
  box.setAttribute("role", "alert");
  return box;
}

/**
 * @param {string} name
 * @param {string} text
 */
function saving(name, text) {
  const link = element("a", "button", `下载 ${name}`);
  link.href = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
  link.download = name;
  const box = element("textarea");
  box.readOnly = true;
  box.rows = 10;
  box.value = text;
  box.setAttribute("aria-label", `${name} 的内容`);
  const details = element("details");
  details.append(element("summary", "", "查看内容"), box);
  const where = element("p", "read-hint", "用它替换目录里同名的文件，提交合并请求；注释、各项的次序和没有改的内容都和原来一样。");
  const holder = element("div");
  const line = element("p");
  line.append(link);
  holder.append(line, where, details);
  return holder;
}

/** @param {NonNullable<Answer["differences"]>} differences */
function changes(differences) {
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
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {{ text: string, fields: string[] }} edited
 */
export async function showEdited(panel, reader, name, bytes, edited) {
  panel.replaceChildren(element("p", "", "正在生成改好的文件……"));
  const answer = await reader.ask("amend", { edited: edited.text, fields: edited.fields }, bytes);
  if (answer.error) panel.replaceChildren(trouble(answer.error));
  else if (!answer.differences || !answer.differences.length) panel.replaceChildren(element("p", "", "没有改动。"));
  else panel.replaceChildren(element("h4", "", "改了这些"), changes(answer.differences), saving(name, answer.text || ""));
}

/**
 * @param {string} label
 * @param {string} type
 * @param {string} value
 */
function field(label, type, value) {
  const holder = element("label", "read-field", label);
  const input = element("input");
  input.type = type;
  input.value = value;
  input.autocomplete = "off";
  holder.append(input);
  return { holder, input };
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
  const texts = element("dl", "read-texts");
  for (const { title, text } of answer.texts || []) {
    const row = element("div");
    row.append(element("dt", "", title), element("dd", "pre", text));
    texts.append(row);
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
    result.replaceChildren(signed.error ? trouble(signed.error) : saving(name, signed.text || ""));
  });
  const state = answer.lacking ? `${answer.lacking}。` : "这些文字已经过两名审查人的审查；审查人在不在市里的名单上，提交后由程序核对。";
  panel.replaceChildren(
    element("h4", "", "将要公开的文字"),
    element("p", "", `${state}程序不能判断是否涉密，请两名审查人逐字读过下面的文字，再署名。`),
    texts,
    element("p", "read-digest", `所审文字的摘要：${answer.digest}`),
    first.holder,
    second.holder,
    day.holder,
    sign,
    result,
  );
}

// The next step of a demand or an application on the list: which there are and whose, what each asks, and the files afterwards.

import { button, element } from "../common/element.js";
import { today } from "../common/days.js";
import { renew } from "./items.js";
import { keep, kept } from "./kept.js";
import { changedFiles, changes, field, publicTexts, trouble } from "./records.js";

/** @import { Reader } from "./reader.js" */
/** @import { Answer, Ask, Item, Move } from "./types.js" */

const RENEWED = "上面的清单里已经换成办完这一步的记录，接着再办、再改都从它开始。";
/** What the program in the browser cannot know: it has the files of the list alone. */
const LATER = "由谁办理、揭榜企业数、审查人名单和其他记录的状态，提交以后由合并请求的检查核对。";

/** @typedef {{ ask: Ask, holder: HTMLElement, answer: () => string | string[] }} Asked */

/** @param {string} text */
function hint(text) {
  return element("span", "read-hint", text);
}

/**
 * @param {Ask} ask
 * @param {HTMLElement} control
 */
function labelled(ask, control) {
  const holder = element("label", "read-field", ask.title);
  holder.append(hint(ask.help), control);
  return holder;
}

/**
 * What one question looks like, and how its answer is read.
 *
 * @param {Ask} ask
 * @returns {Asked}
 */
function question(ask) {
  if (ask.kind === "reviewers") {
    const first = field("第一名审查人的姓名", "text", "");
    const second = field("第二名审查人的姓名", "text", "");
    const holder = element("div", "read-reviewers");
    const told = "程序不能判断是否涉密，请两名审查人逐字读过下面将要公开的文字，再署名。";
    holder.append(element("p", "", told), publicTexts(ask.texts), first.holder, second.holder);
    return { ask, holder, answer: () => [first.input.value.trim(), second.input.value.trim()] };
  }
  if (ask.kind === "one") {
    const select = element("select");
    select.append(new Option("请选择", ""), ...ask.options.map((option) => new Option(option, option)));
    return { ask, holder: labelled(ask, select), answer: () => select.value };
  }
  const box = ask.kind === "text" ? element("textarea") : element("input");
  if (box instanceof HTMLInputElement) box.type = ask.kind === "day" ? "date" : "text";
  box.autocomplete = "off";
  return { ask, holder: labelled(ask, box), answer: () => box.value.trim() };
}

/** @param {Move} move */
function winnersOf(move) {
  const holder = element("fieldset", "read-winners");
  holder.append(element("legend", "", "选中的揭榜企业（从清单里已转送的申请中选）"));
  const boxes = move.winners.map(({ id, title }) => {
    const box = element("input");
    box.type = "checkbox";
    box.value = id;
    const label = element("label", "choice");
    label.append(box, element("span", "", `${id} ${title}`));
    holder.append(label);
    return box;
  });
  holder.hidden = !boxes.length;
  return { holder, chosen: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

/** @param {Answer} answer */
function result({ error, files = [], notes = [] }) {
  if (error) return [trouble(error)];
  const told = files.flatMap(({ about, differences }) => [element("h5", "", about), changes(differences)]);
  const list = element("ul", "plain-list");
  list.append(...[...notes, LATER, RENEWED].map((note) => element("li", "", note)));
  return [element("h4", "", "改了这些"), ...told, changedFiles(files), element("h4", "", "提交以前再看"), list];
}

/**
 * What a step asks, below the button that was pressed for it.
 *
 * @param {HTMLElement} box
 * @param {Move} move
 * @param {(day: string, answers: Asked[], winners: string[]) => Promise<Answer>} take
 */
function showMove(box, move, take) {
  const day = field(move.day || "办理日期", "date", today());
  // 退回 is marked by its reason alone.
  day.holder.hidden = !move.day;
  const asked = move.asks.map(question);
  const winners = winnersOf(move);
  const out = element("div", "read-changed");
  out.setAttribute("aria-live", "polite");
  const act = button("button", `${move.title}：改为“${move.to}”`, async () => {
    const answer = await take(day.input.value, asked, winners.chosen());
    const all = kept();
    renew(all.items, answer.files || []);
    keep(all);
    out.replaceChildren(...result(answer));
  });
  box.replaceChildren(
    element("h4", "", `${move.title}（${move.by}办理）`),
    ...move.notes.map((note) => element("p", "read-hint", note)),
    ...move.along.map((step) => element("p", "read-hint", `一起改：${step}`)),
    winners.holder,
    day.holder,
    ...asked.map(({ holder }) => holder),
    act,
    out,
  );
}

/**
 * The steps of a record, to choose one.
 *
 * @param {HTMLElement} panel
 * @param {Reader} reader
 * @param {NonNullable<Item["record"]>} record
 * @param {{ name: string, text: string }[]} others the other records of the list
 */
export async function showMoves(panel, reader, { name, text }, others) {
  const bytes = new TextEncoder().encode(text);
  panel.replaceChildren(element("p", "", "正在看这份记录走到了哪一步……"));
  const answer = await reader.ask("moves", { name, others }, bytes);
  if (answer.error) {
    panel.replaceChildren(trouble(answer.error));
    return;
  }
  const moves = answer.moves || [];
  const chosen = element("div", "read-move");
  const list = element("p", "read-moves");
  for (const move of moves) {
    const choose = button("quiet", move.title, () => {
      for (const other of list.children) other.setAttribute("aria-pressed", String(other === choose));
      showMove(chosen, move, (day, asked, winners) => {
        /** @type {{ [id: string]: { [path: string]: string | string[] } }} */
        const answers = {};
        for (const one of asked) answers[one.ask.id] = { ...answers[one.ask.id], [one.ask.path]: one.answer() };
        return reader.ask("moved", { name, others, target: move.target, day, answers, winners }, bytes);
      });
    });
    choose.setAttribute("aria-pressed", "false");
    list.append(choose);
  }
  const told = moves.length ? "下一步可以是：" : "这是最后一步，不能再变。";
  panel.replaceChildren(element("p", "", `${answer.id} 现在是“${answer.state}”。${told}`), list, chosen);
}

// The list of files that were read: what each is, where it goes on, and what came of it.

import { button, element, part } from "../common/element.js";
import { addAnswer, isRecord } from "./items.js";
import { forget, keep, kept } from "./kept.js";
import { Reader } from "./reader.js";
import { showMoves } from "./moves.js";
import { showEdited, showReview } from "./records.js";

/** @import { Item } from "./types.js" */

const MEGABYTE = 1024 * 1024;
/** Bytes; nothing larger is handed to the worker. */
const LARGEST = 20 * MEGABYTE;
const TOO_LARGE = { error: { message: "文件超过 20 MB。", hint: "删去文件里的图片和附件后另存一份再试。" } };
const UNREADABLE = { error: { message: "浏览器打不开这个文件。", hint: "关掉正在使用它的程序，再选一次；文件夹请打开后选里面的文件。" } };

/** @type {Reader | undefined} */
let reader;

/**
 * @param {HTMLElement} box
 * @param {DOMStringMap} addresses
 */
function readerOf(box, addresses) {
  const status = part(box, "[data-drop-status]", HTMLElement);
  const bar = part(box, "progress", HTMLProgressElement);
  const whole = (/** @type {string} */ address) => new URL(address, location.href).href;
  reader =
    reader ||
    new Reader(whole(addresses.worker || ""), whole(addresses.listed || ""), (done, total) => {
      bar.hidden = done >= total;
      bar.max = total;
      bar.value = done;
      status.textContent = bar.hidden ? "正在启动阅读器……" : `正在准备阅读器（${Math.ceil(total / MEGABYTE)} MB，仅首次）……`;
    });
  return reader;
}

/** @param {Item} item */
function links(item) {
  const box = element("p", "read-actions");
  if (item.page) {
    const open = element("a", item.done ? "" : "button", item.record ? "打开更正" : item.done ? "再打开" : "打开填写");
    open.href = `${item.page}#file=${item.id}`;
    box.append(open);
  }
  return box;
}

/** @param {Item} item */
function lines(item) {
  const { title, files, error, done, record, about, notes } = item;
  const told = [element("h3", "", title)];
  if (files[0] !== title || files.length > 1) told.push(element("p", "read-files", files.join("、")));
  if (error) told.push(element("p", "", error.message), element("p", "read-hint", error.hint));
  else told.push(element("p", "", done && !record ? "已经生成文件" : about));
  return [...told, ...notes.map((note) => element("p", "read-hint", note))];
}

/**
 * The other records of the list: applications take their steps with their demand.
 *
 * @param {Item} item
 */
function recordsBeside({ id }) {
  return kept().items.flatMap((other) => (other.record && other.id !== id ? [{ name: other.record.name, text: other.record.text }] : []));
}

/**
 * @param {HTMLElement} box
 * @param {DOMStringMap} addresses
 * @param {Item} item
 */
function entry(box, addresses, item) {
  const made = element("li", `read-item${item.error ? " read-failed" : ""}`);
  const actions = links(item);
  made.append(...lines(item), actions);
  const off = button("quiet", "从清单去掉", () => {
    const all = kept();
    keep({ ...all, items: all.items.filter(({ id }) => id !== item.id) });
    show(box, addresses);
    part(box, "input[type=file]", HTMLInputElement).focus();
  });
  actions.append(off);
  if (!item.record) return made;
  const { record } = item;
  const { name, kind } = record;
  // A step that was taken meanwhile has renewed it.
  const now = () => (kept().items.find(({ id }) => id === item.id) || item).record || record;
  const bytes = () => new TextEncoder().encode(now().text);
  const panel = element("div", "read-panel");
  made.append(panel);
  if (kind === "demand") actions.insertBefore(button("quiet", "保密审查", () => showReview(panel, readerOf(box, addresses), name, bytes())), off);
  if (kind !== "enterprise") {
    actions.insertBefore(button("quiet", "办理下一步", () => showMoves(panel, readerOf(box, addresses), now(), recordsBeside(item))), off);
  }
  if (item.edited) showEdited(panel, readerOf(box, addresses), record, bytes(), item.edited);
  return made;
}

/**
 * @param {HTMLElement} box
 * @param {DOMStringMap} addresses
 */
function show(box, addresses) {
  const { items } = kept();
  const list = part(box, "[data-drop-list]", HTMLElement);
  list.replaceChildren(...items.map((item) => entry(box, addresses, item)));
  const left = items.filter(({ done, error }) => !done && !error).length;
  const foot = part(box, "[data-drop-foot]", HTMLElement);
  foot.replaceChildren();
  if (items.length) {
    foot.append(
      left ? `还有 ${left} 份没有处理。` : "都处理完了。",
      button("quiet", "清空清单", () => {
        forget();
        show(box, addresses);
      }),
    );
  }
}

/**
 * Reads files one after the other, each into the list as soon as it is read.
 *
 * @param {HTMLElement} box
 * @param {DOMStringMap} addresses
 * @param {File[]} [files] none to show what is left from before; without them one is about to be chosen, or hovers over the page
 */
export async function takeFiles(box, addresses, files) {
  if (!files) {
    readerOf(box, addresses).prepare();
    return;
  }
  show(box, addresses);
  const status = part(box, "[data-drop-status]", HTMLElement);
  const asking = files.length ? readerOf(box, addresses) : null;
  for (const [place, file] of files.entries()) {
    status.textContent = `正在读 ${file.name}${files.length > 1 ? `（${place + 1}/${files.length}）` : ""}……`;
    const answer =
      file.size > LARGEST
        ? TOO_LARGE
        : await file.arrayBuffer().then(
            (buffer) => asking && asking.ask(isRecord(file.name) ? "record" : "form", { name: file.name }, new Uint8Array(buffer)),
            () => UNREADABLE,
          );
    const all = kept();
    if (answer) addAnswer(all.items, file.name, answer);
    if (!keep(all)) {
      status.textContent = "浏览器不让本页保存读出的内容（无痕模式或存储空间已满），请换一个浏览器，或分几次选文件。";
      return;
    }
    show(box, addresses);
  }
  part(box, "progress", HTMLProgressElement).hidden = true;
  status.textContent = files.length ? `读完了 ${files.length} 个文件，请逐份打开核对。` : "";
}


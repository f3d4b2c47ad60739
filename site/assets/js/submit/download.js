// The finished files: each with its name, a way to save, read and copy it, and where a forge is configured to commit it there.

import { button, element, part } from "../common/element.js";
import { howToBranch, newFileAddresses } from "./forge.js";
import { recordFiles, zipArchive } from "./files.js";

/** @import { District, ForgeSetting, Model, RecordFile, Submission } from "./types.js" */

/** @returns {ForgeSetting} */
function forgeSetting() {
  const { kind = "", url = "", branch = "", folder = "" } = part(document, 'meta[name="jiebang-forge"]', HTMLElement).dataset;
  return { kind, url, branch, folder };
}

/**
 * A link that saves; what it saves is kept until the page is left.
 *
 * @param {Blob | string} content
 * @param {string} name
 * @param {string} type
 */
function saveLink(content, name, type) {
  const link = element("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  return link;
}

/**
 * The clipboard asks for a secure page; on others the text is selected, to be copied by hand or by the old command.
 *
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement} status
 */
function copy(box, status) {
  /** @param {boolean} copied */
  function tell(copied) {
    status.textContent = copied ? "已复制。" : "没有复制成功，请在下面的框里全选后复制。";
  }
  function select() {
    const details = box.closest("details");
    if (details) details.open = true;
    box.focus();
    box.select();
    tell(document.execCommand("copy"));
  }
  if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(() => tell(true), select);
  else select();
}

/**
 * @param {string} address
 * @param {string} text
 */
function externalLink(address, text) {
  const link = element("a", "", text);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/**
 * The way to a forge's page for one file.
 *
 * @param {ForgeSetting} setting
 * @param {RecordFile} file
 * @param {string} branch that was begun for the request; empty for the main one
 * @returns {(string | Node)[]}
 */
function forgeWay(setting, file, branch) {
  const addresses = newFileAddresses(setting, file.path, file.text, branch);
  if (!addresses) return [];
  const whole = file.path.slice(file.path.lastIndexOf("/") + 1);
  if (file.isKnown) {
    if (addresses.edit) return ["工作人员：先点“复制内容”，再", externalLink(addresses.edit, "打开仓库里的这个文件"), "，全选后粘贴。"];
    return ["工作人员：先点“复制内容”，再", externalLink(addresses.folder, "打开仓库里的这个文件夹"), `，点 ${whole} 的编辑，全选后粘贴。`];
  }
  if (addresses.full && addresses.empty) {
    // The records are private, and an address is remembered by browsers and servers: the submitter is told, and has another way.
    return [
      "工作人员：",
      externalLink(addresses.full, "到目录仓库新建这个文件（内容已填好）"),
      "。这个网址带有文件的全部内容，会留在浏览记录和仓库服务器的日志里；不想这样的，先点“复制内容”，再",
      externalLink(addresses.empty, "打开空白的新建页面"),
      "粘贴。",
    ];
  }
  if (addresses.empty) {
    const why = addresses.isTooLong ? "这份文件较长，网址装不下。" : "";
    return [
      `工作人员：${why}先点“复制内容”，再`,
      externalLink(addresses.empty, "打开新建文件的页面"),
      "（文件名已填好），粘贴进去；",
      ...(addresses.upload ? ["或者下载后", externalLink(addresses.upload, "上传"), "。"] : ["或者下载后在仓库里上传。"]),
    ];
  }
  return [
    "工作人员：先点“复制内容”，再",
    externalLink(addresses.folder, "打开仓库里的这个文件夹"),
    `，在那里新建文件 ${whole}，粘贴进去；或者下载后在那里上传。文件夹还没有的，从上一级新建。`,
  ];
}

/**
 * @param {ForgeSetting} setting
 * @param {RecordFile} file
 * @param {string} branch
 */
function requestWay(setting, file, branch) {
  const addresses = newFileAddresses(setting, file.path, file.text, branch);
  return addresses ? externalLink(addresses.requests, "提出合并请求") : "提出合并请求";
}

/**
 * How several files come into one request: an enterprise and its demand are only right together.
 *
 * @param {ForgeSetting} setting
 * @param {RecordFile[]} files
 * @param {HTMLElement[]} boxes one for each file, filled here
 */
function together(setting, files, boxes) {
  const how = howToBranch(setting.kind);
  const suggestion = `submit-${files[0].name.replace(/\.yml$/, "")}`;
  const input = element("input");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.className = "branch-name";
  input.setAttribute("aria-label", "分支名");
  const request = element("span");
  const first = how
    ? `先提交第一个文件：${how}，分支名写 ${suggestion}（别的也行）。`
    : `先在仓库的“分支”页面从 ${setting.branch} 新建一个分支，分支名写 ${suggestion}（别的也行）。`;
  const second = element("li", "", "把这个分支名填在这里：");
  second.append(input, element("span", "", how ? "其余文件的链接就从这个分支开始，提交时留在这个分支上。" : "下面的链接就从这个分支开始。"));
  const third = element("li");
  third.append(`全部提交以后，`, request, `，从这个分支到 ${setting.branch}：${files.length} 个文件在一个请求里，一起检查、一起合并。`);
  const steps = element("ol", "plain-steps");
  steps.append(element("li", "", first), second, third);
  const show = () => {
    const branch = input.value.trim();
    files.forEach((file, place) => {
      const isBegun = place === 0 && how;
      if (branch || isBegun) boxes[place].replaceChildren(...forgeWay(setting, file, isBegun ? "" : branch));
      else boxes[place].replaceChildren("工作人员：分支名填在上面的框里，这里就有链接。");
    });
    request.replaceChildren(requestWay(setting, files[0], branch));
  };
  input.addEventListener("input", show);
  show();
  const box = element("section", "together");
  box.append(element("h4", "", "工作人员：把这些文件放在一个合并请求里"), steps);
  return box;
}

/**
 * @param {RecordFile} file
 * @param {number} place
 * @param {HTMLElement | undefined} way to the forge
 */
function fileItem(file, place, way) {
  const box = element("textarea");
  box.readOnly = true;
  box.rows = 10;
  box.value = file.text;
  box.id = `file-${place}`;
  box.setAttribute("aria-label", `${file.name} 的内容`);
  const details = element("details");
  details.append(element("summary", "", "查看内容"), box);

  const save = saveLink(file.text, file.name, "text/yaml");
  save.className = "button";
  save.textContent = `下载 ${file.name}`;
  const status = element("span", "file-status");
  status.setAttribute("role", "status");
  const buttons = element("p", "file-buttons");
  buttons.append(save, button("quiet", "复制内容", () => copy(box, status)), status);

  const item = element("li", "file");
  item.append(element("h4", "", file.about), element("p", "file-path", file.path), buttons);
  if (way) item.append(way);
  item.append(details);
  return item;
}

/**
 * The files, each with the ways to save it and to bring it to the forge that is configured.
 *
 * @param {RecordFile[]} files
 * @param {boolean} [isPlaced] false where their folder in the catalogue is not known
 */
export function fileList(files, isPlaced = true) {
  const setting = forgeSetting();
  const ways = setting.kind && isPlaced ? files.map(() => element("p", "file-forge")) : [];
  const items = element("ul", "file-list");
  items.append(...files.map((file, place) => fileItem(file, place, ways[place])));
  const whole = element("div");
  if (ways.length > 1) whole.append(together(setting, files, ways));
  else if (ways.length) {
    ways[0].append(...forgeWay(setting, files[0], ""), "提交到新分支之后，", requestWay(setting, files[0], ""), "。");
  }
  whole.append(items);
  return whole;
}

/**
 * Whom the files are given to.
 *
 * @param {District} district
 */
function recipient(district) {
  const line = element("p");
  line.append(`把文件交给${district.bureau}（${district.office}，电话 ${district.phone}`);
  if (district.email) {
    const mail = element("a", "", district.email);
    mail.href = `mailto:${district.email}`;
    line.append("，邮箱 ", mail);
  }
  line.append("），作为附件发送或用移动存储介质交付；同时交盖章的纸质表格。");
  return line;
}

/**
 * @param {Model} model
 * @param {ForgeSetting} setting
 * @param {string | undefined} enterprise id
 */
function notes(model, setting, enterprise) {
  const list = element("ul", "plain-list");
  if (setting.kind) {
    const commit = "有目录仓库账号的工作人员，可以用上面的链接提交；企业和它的需求、申请放在一个合并请求里，提出后会自动检查。";
    list.append(element("li", "", commit));
  }
  list.append(
    element("li", "", `保密审查、推荐和发榜的日期、需求代码由${model.words.department}填写，这里不用管。`),
    element("li", "", `企业编号 ${enterprise}，请留底：本轮再补充时要用。`),
    element("li", "", "交出之后，在公用电脑上请点“清除草稿”，并删除下载的文件。"),
  );
  return list;
}

/**
 * @param {HTMLElement} target
 * @param {Model} model
 * @param {Submission} submission without errors
 */
export function showFiles(target, model, submission) {
  const { round, district, enterprise, knownId } = submission;
  if (!round || !district) return;
  const setting = forgeSetting();
  const files = recordFiles(model, submission);
  const told = `没有发现必须改正的问题；交到${model.words.department}后还会再检查一遍。文件名上方是它在目录里的位置，文件名不要改。`;
  target.replaceChildren(element("h3", "", "文件已经生成"), element("p", "", `共 ${files.length} 个文件，${told}`));
  if (files.length > 1) {
    const whole = saveLink(zipArchive(files), `${round.id}-${district.slug}.zip`, "application/zip");
    whole.className = "button big";
    whole.textContent = "下载全部（压缩包）";
    target.append(whole);
  }
  target.append(fileList(files), element("h3", "", "接下来"), recipient(district), notes(model, setting, enterprise ? enterprise.record.id : knownId));
  target.hidden = false;
}

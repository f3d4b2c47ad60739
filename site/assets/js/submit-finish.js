// The end: every file with its name, a way to save it, to read it, to copy it, and where a forge is configured to put it there.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});
  var make = S.element;

  function setting() {
    var meta = document.querySelector('meta[name="jiebang-forge"]');
    return { kind: meta.dataset.kind, url: meta.dataset.url, branch: meta.dataset.branch, folder: meta.dataset.folder };
  }

  // The clipboard asks for a secure page; on others the text is selected, to be copied by hand or by the old command.
  function copy(box, said) {
    function done(ok) { said.textContent = ok ? "已复制。" : "没有复制成功，请在下面的框里全选后复制。"; }
    function select() {
      box.closest("details").open = true;
      box.focus();
      box.select();
      done(document.execCommand("copy"));
    }
    if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(function () { done(true); }, select);
    else select();
  }

  function outward(address, text) {
    var link = make("a", "", text);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }

  function forgeLinks(forge, file) {
    var addresses = S.forge(forge, file.path, file.text);
    var box = make("p", "file-forge");
    if (!addresses) return null;
    if (addresses.full) {
      // The records are private, and an address is remembered by browsers and servers: the submitter is told, and has another way.
      box.append("工作人员：", outward(addresses.full, "到目录仓库新建这个文件（内容已填好）"), "。这个网址带有文件的全部内容，会留在浏览记录和仓库服务器的日志里；");
      box.append("不想这样的，先点“复制内容”，再", outward(addresses.empty, "打开空白的新建页面"), "粘贴。");
      return box;
    }
    box.append("工作人员：这份文件较长，网址装不下。先点“复制内容”，再", outward(addresses.empty, "打开新建文件的页面"), "，粘贴进去；");
    if (addresses.upload) box.append("或者下载后", outward(addresses.upload, "上传"), "。");
    else box.append("或者下载后在仓库里上传。");
    return box;
  }

  function entry(file, forge, place) {
    var item = make("li", "file");
    item.append(make("h4", "", file.about));
    item.append(make("p", "file-path", file.path));
    var buttons = make("p", "file-buttons");
    var save = S.files.link(file.text, file.name, "text/yaml");
    save.className = "button";
    save.textContent = "下载 " + file.name;
    var copier = make("button", "quiet", "复制内容");
    copier.type = "button";
    var said = make("span", "file-said");
    said.setAttribute("role", "status");
    buttons.append(save, copier, said);
    var details = make("details");
    var box = make("textarea");
    box.readOnly = true;
    box.rows = 10;
    box.value = file.text;
    box.id = "file-" + place;
    box.setAttribute("aria-label", file.name + " 的内容");
    details.append(make("summary", "", "查看内容"), box);
    copier.addEventListener("click", function () { copy(box, said); });
    item.append(buttons);
    var links = forgeLinks(forge, file);
    if (links) item.append(links);
    item.append(details);
    return item;
  }

  function whom(district) {
    var line = make("p");
    line.append("把文件交给" + district.bureau + "（" + district.office + "，电话 " + district.phone);
    if (district.email) {
      var mail = make("a", "", district.email);
      mail.href = "mailto:" + district.email;
      line.append("，邮箱 ", mail);
    }
    line.append("），作为附件发送或用移动存储介质交付；同时交盖章的纸质表格。");
    return line;
  }

  S.finish = function (target, model, all) {
    var forge = setting();
    var list = S.files.make(model, all);
    var heading = make("h3", "", "文件已经生成");
    var items = make("ul", "file-list");
    list.forEach(function (file, place) { items.append(entry(file, forge, place)); });
    target.replaceChildren(heading, make("p", "", "共 " + list.length + " 个文件，没有发现必须改正的问题；交到经信部门后还会再检查一遍。文件名上方是它在目录里的位置，文件名不要改。"));
    if (list.length > 1) {
      var whole = S.files.link(S.files.zip(list), all.round.id + "-" + all.district.slug + ".zip", "application/zip");
      whole.className = "button big";
      whole.textContent = "下载全部（压缩包）";
      target.append(whole);
    }
    target.append(items, make("h3", "", "接下来"), whom(all.district));
    var notes = make("ul", "plain-list");
    var said = [
      "保密审查、推荐和发榜的日期、需求代码由经信部门填写，这里不用管。",
      "企业编号 " + (all.enterprise ? all.enterprise.record.id : all.knownId) + "，请留底：本轮再补充时要用。",
      "交出之后，在公用电脑上请点“清除草稿”，并删除下载的文件。",
    ];
    if (forge.kind) said.unshift("有目录仓库账号的工作人员，可以用上面的链接新建文件；在仓库里提交后会自动检查。先提交企业，再提交需求或申请。");
    said.forEach(function (text) { notes.append(make("li", "", text)); });
    target.append(notes);
    target.hidden = false;
  };
})();

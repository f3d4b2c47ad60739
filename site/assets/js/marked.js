// The page of marked demands: those kept in this browser, or those that the address names, side by side.
(function () {
  "use strict";

  var jiebang = window.jiebang;
  var marks = jiebang.marks;
  var page = document.querySelector("[data-marked]");
  if (!page) return;

  // As many columns as a sheet of paper takes.
  var ON_PAPER = 3;
  var root = page.dataset.root;
  var box = page.querySelector("[data-marked-tables]");
  var count = page.querySelector("[data-marked-count]");
  var said = page.querySelector("[data-marked-said]");
  var shown = [];
  var turn = 0;

  function element(name, className, text) { return jiebang.element(name, className, text); }

  function fromAddress() {
    var given = new URLSearchParams(location.search).get("ids");
    return given === null ? null : marks.valid(given.split(","));
  }

  function lines(text) {
    return (text || "").split("\n").filter(function (line) { return line.trim(); }).map(function (line) { return element("p", "", line); });
  }

  function state(demand) {
    var made = element("span", "state state-" + demand.status, demand.status_title);
    if (demand.status === "published") made.dataset.applyBy = demand.apply_by;
    return [made];
  }

  function due(demand) {
    var day = element("time", "", demand.apply_by);
    day.dateTime = demand.apply_by;
    if (demand.status !== "published") return [day];
    var left = element("span", "left");
    left.dataset.left = demand.apply_by;
    return [day, left];
  }

  function industry(demand) {
    var parts = [demand.enterprise.section_title || "行业不公开", demand.enterprise.division_title];
    return lines(parts.filter(Boolean).join("\n"));
  }

  function quantity(value, unit) { return value === null ? "未公布" : value + " " + unit; }

  var ROWS = [
    ["状态", state],
    ["揭榜截止", due],
    ["代码", function (demand) { return [element("span", "code", demand.code)]; }],
    ["发榜企业", function (demand) { return lines(demand.enterprise.title); }],
    ["企业性质", function (demand) { return lines(demand.enterprise.nature || "性质不公开"); }],
    ["所在区", function (demand) { return lines(demand.district_title); }],
    ["行业", industry],
    ["领域和类别", function (demand) { return lines([demand.field || "未标明领域", demand.category].filter(Boolean).join("\n")); }],
    ["需求内容", function (demand) { return lines(demand.summary); }],
    ["参数要求", function (demand) { return lines(demand.parameters); }],
    ["需达到的效果", function (demand) { return lines(demand.effect); }],
    ["时间要求", function (demand) { return lines(demand.schedule); }],
    ["合作方式", function (demand) { return lines([demand.cooperation.join("、"), demand.cooperation_note].filter(Boolean).join("\n")); }],
    ["轮次", function (demand) { return lines(demand.round_title); }],
    ["发榜日期", function (demand) { return lines(demand.published_on); }],
    ["揭榜申请", function (demand) { return lines(quantity(demand.applications, "份")); }],
  ];

  function headCell(demand) {
    var cell = element("th", "beside-demand");
    cell.scope = "col";
    cell.dataset.demand = demand.id;
    var link = element("a", "card-title", demand.title);
    link.href = root + demand.path;
    cell.append(link);
    return cell;
  }

  function row(entry, demands) {
    var made = element("tr");
    var head = element("th", "beside-row", entry[0]);
    head.scope = "row";
    made.append(head);
    demands.forEach(function (demand) {
      var cell = element("td");
      cell.append.apply(cell, entry[1](demand));
      made.append(cell);
    });
    return made;
  }

  function table(demands) {
    var made = element("table", "beside");
    made.append(element("caption", "sr", "标记的需求对照"));
    var head = element("tr");
    head.append(element("td", "beside-corner"));
    head.append.apply(head, demands.map(headCell));
    var top = element("thead");
    top.append(head);
    var body = element("tbody");
    body.append.apply(body, ROWS.map(function (entry) { return row(entry, demands); }));
    made.append(top, body);
    return made;
  }

  // A wide table scrolls within itself, by keyboard too.
  function scroller(demands) {
    var made = element("div", "beside-scroll");
    made.tabIndex = 0;
    made.setAttribute("role", "region");
    made.setAttribute("aria-label", "标记的需求对照，可左右滚动");
    made.append(table(demands));
    return made;
  }

  function chunks(list, size) {
    var made = [];
    for (var at = 0; at < list.length; at += size) made.push(list.slice(at, at + size));
    return made;
  }

  function lay(perTable) {
    box.replaceChildren.apply(box, chunks(shown, perTable).map(scroller));
    jiebang.markDates(box);
    marks.decorate(box);
  }

  function goneNote(gone) {
    var note = page.querySelector("[data-marked-gone]");
    note.hidden = !gone.length;
    note.querySelector("[data-marked-gone-ids]").textContent = gone.join("、");
  }

  function present(answers, ids) {
    shown = answers.filter(Boolean);
    goneNote(ids.filter(function (id, place) { return !answers[place]; }));
    lay(shown.length || 1);
    page.querySelector("[data-marked-none]").hidden = ids.length > 0;
    page.querySelector("[data-marked-tools]").hidden = !ids.length;
    count.textContent = ids.length ? "共 " + shown.length + " 项" : "";
  }

  function loadOne(id) {
    return jiebang.cards.load(root, id).catch(function (failed) {
      if (failed.status === 404) return null;
      throw failed;
    });
  }

  function update() {
    var mine = (turn += 1);
    var given = fromAddress();
    var ids = given || marks.all();
    page.querySelector("[data-marked-shared]").hidden = given === null;
    page.querySelector("[data-marked-refused]").hidden = !marks.isRefused();
    page.querySelectorAll("[data-marked-own]").forEach(function (part) { part.hidden = given !== null; });
    return Promise.all(ids.map(loadOne)).then(function (answers) {
      if (mine === turn) present(answers, ids);
    }).catch(function (failed) {
      if (mine !== turn) return;
      count.textContent = "没有取到需求数据，请检查网络后刷新页面。";
      if (failed.status === undefined) throw failed;
    });
  }

  function shareAddress() {
    var ids = fromAddress() || marks.all();
    return location.origin + location.pathname + "?ids=" + ids.join(",");
  }

  // Where the clipboard is refused the address stands ready to be copied by hand.
  function showAddress(text) {
    var field = page.querySelector("[data-marked-address]");
    field.hidden = false;
    var input = field.querySelector("input");
    input.value = text;
    input.select();
  }

  function share() {
    var text = shareAddress();
    var copying = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));
    copying.then(function () { said.textContent = "地址已复制，发给别人就能看到同样的对照。"; }, function () {
      said.textContent = "请复制下面的地址。";
      showAddress(text);
    });
  }

  var ACTS = {
    print: function () { window.print(); },
    share: share,
    clear: function () {
      marks.set([]);
      said.textContent = "已清空。";
    },
    keep: function () {
      marks.set(marks.all().concat(fromAddress()));
      said.textContent = "已加入本机的标记。";
    },
    gone: function () {
      marks.set(marks.all().filter(function (id) { return shown.some(function (demand) { return demand.id === id; }); }));
    },
    xlsx: function () { take("xlsx"); },
    csv: function () { take("csv"); },
  };

  function take(kind) {
    jiebang.takeAway(kind, function () { return Promise.resolve(shown); }, root, said);
  }

  page.querySelectorAll("[data-act]").forEach(function (button) {
    button.addEventListener("click", ACTS[button.dataset.act]);
  });
  window.addEventListener("beforeprint", function () { lay(ON_PAPER); });
  window.addEventListener("afterprint", function () { lay(shown.length || 1); });
  window.addEventListener("popstate", update);
  document.addEventListener("marks", function () {
    if (fromAddress() !== null) return;
    // The button that was pressed may be gone with its column.
    update().then(function () { if (document.activeElement === document.body) count.focus(); });
  });
  update();
})();

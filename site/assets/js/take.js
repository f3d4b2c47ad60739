// Takes a list of demands away as a table: one row a demand, in the order given. Loaded when somebody asks for it.
(function () {
  "use strict";

  function industry(part) { return function (demand) { return demand.enterprise[part]; }; }
  function plain(key) { return function (demand) { return demand[key]; }; }

  // Title, width in characters, value; dates and numbers say so. The page's address is made absolute when the table is made.
  var COLUMNS = [
    { title: "代码", width: 12, value: plain("code") },
    { title: "名称", width: 36, value: plain("title") },
    { title: "状态", width: 12, value: plain("status_title") },
    { title: "揭榜截止", width: 12, value: plain("apply_by"), kind: "date" },
    { title: "发榜企业", width: 26, value: industry("title") },
    { title: "企业性质", width: 10, value: industry("nature") },
    { title: "所在区", width: 18, value: plain("district_title") },
    { title: "行业门类代码", width: 8, value: industry("section") },
    { title: "行业门类", width: 18, value: industry("section_title") },
    { title: "行业大类代码", width: 8, value: industry("division") },
    { title: "行业大类", width: 24, value: industry("division_title") },
    { title: "领域", width: 18, value: plain("field") },
    { title: "类别", width: 18, value: plain("category") },
    { title: "需求类型", width: 10, value: plain("type") },
    { title: "需求内容", width: 50, value: plain("summary") },
    { title: "参数要求", width: 50, value: plain("parameters") },
    { title: "需达到的效果", width: 40, value: plain("effect") },
    { title: "时间要求", width: 24, value: plain("schedule") },
    { title: "合作方式", width: 20, value: function (demand) { return demand.cooperation.join("、"); } },
    { title: "合作方式说明", width: 30, value: plain("cooperation_note") },
    { title: "轮次", width: 16, value: plain("round_title") },
    { title: "发榜日期", width: 12, value: plain("published_on"), kind: "date" },
    { title: "选定日期", width: 12, value: plain("selected_on"), kind: "date" },
    { title: "结束日期", width: 12, value: plain("concluded_on"), kind: "date" },
    { title: "揭榜申请数", width: 10, value: plain("applications"), kind: "number" },
    { title: "揭榜企业数", width: 10, value: plain("winners"), kind: "number" },
    { title: "需求编号", width: 13, value: plain("id") },
    { title: "网页", width: 44, value: plain("path"), kind: "address" },
  ];

  // A spreadsheet takes a text that begins like this for a formula; full-width and small forms, the minus sign and blank space in front
  // as well. The same as `jiebang.site.exports.cells`; a test compares both, character by character.
  var FORMULA = /^(?:[\s\u001c-\u001f\u0085\u180e\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r])/;

  function cell(column, demand, root) {
    var value = column.value(demand);
    if (value === null || value === undefined) return "";
    return column.kind === "address" ? new URL(root + value, location.href).href : value;
  }

  function rows(demands, root) {
    return demands.map(function (demand) {
      return COLUMNS.map(function (column) { return cell(column, demand, root); });
    });
  }

  function csvCell(value) {
    var text = (typeof value === "string" && FORMULA.test(value) ? "'" : "") + value;
    text = text.replace(/\r\n?/g, "\n");
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function csv(demands, root) {
    var head = COLUMNS.map(function (column) { return column.title; });
    var lines = [head].concat(rows(demands, root)).map(function (row) { return row.map(csvCell).join(","); });
    // With the mark in front, spreadsheets read Chinese as what it is.
    return Promise.resolve(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
  }

  function xlsx(demands, root) {
    return window.jiebang.workbook("需求", COLUMNS, rows(demands, root), FORMULA);
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // The browser needs the address until it has begun to save.
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  window.jiebang.take = { csv: csv, xlsx: xlsx, save: save };
})();

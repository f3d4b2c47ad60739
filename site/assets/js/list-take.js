// The buttons that take a list away: gather its demands, fetch the scripts that make tables, make one and hand it over.
(function () {
  "use strict";

  var jiebang = window.jiebang;
  var own = document.currentScript.dataset;
  // Up to here a demand's own file is asked for; for more of them the whole catalogue is one request.
  var FEW = 60;

  var makers = jiebang.once(function () {
    return Promise.all([own.takeSrc, own.xlsxSrc, own.zipSrc].map(jiebang.script));
  });

  function today() { return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10); }

  // `gather` promises the demands' objects in their order; `said` is where the reader is told how it goes.
  function takeAway(kind, gather, root, said) {
    said.textContent = "正在准备……";
    return Promise.all([gather(), makers()]).then(function (answers) {
      var demands = answers[0];
      return jiebang.take[kind](demands, root).then(function (blob) {
        jiebang.take.save(blob, "需求清单-" + today() + "-" + demands.length + "项." + kind);
        said.textContent = "已生成，共 " + demands.length + " 项。";
      });
    }).catch(function (failed) {
      said.textContent = failed.stale ? "目录刚刚更新过，请刷新页面后再下载。" : "没有取到数据，请检查网络后再试。";
      if (failed.status === undefined && !failed.stale) throw failed;
    });
  }

  function one(root) { return function (id) { return jiebang.cards.load(root, id); }; }

  // The columns and the whole catalogue are different files: between the two a new build may have come.
  function pick(ids, whole) {
    var byId = new Map(whole.demands.map(function (demand) { return [demand.id, demand]; }));
    return ids.map(function (id) {
      if (byId.has(id)) return byId.get(id);
      var error = new Error("no " + id);
      error.stale = true;
      throw error;
    });
  }

  function setUp(page) {
    var root = page.dataset.root;
    var said = page.querySelector("[data-take-said]");
    var what = page.querySelector("[data-take-what]");
    var all = what.textContent;
    var ids = jiebang.once(function () { return jiebang.ids(page.dataset.idsSrc); });
    var whole = jiebang.once(function () { return jiebang.json(page.dataset.wholeSrc); });
    var numbers = null;

    function gather() {
      if (numbers === null) return whole().then(function (catalogue) { return catalogue.demands; });
      var wanted = numbers;
      return ids().then(function (idOf) {
        var listed = wanted.map(idOf);
        if (listed.length <= FEW) return Promise.all(listed.map(one(root)));
        return whole().then(pick.bind(null, listed));
      });
    }

    page.addEventListener("found", function (event) {
      numbers = event.detail.plain ? null : event.detail.numbers;
      what.textContent = numbers === null ? all : "符合条件的 " + numbers.length + " 项，按现在的顺序";
      said.textContent = "";
      page.querySelectorAll("[data-take]").forEach(function (button) { button.disabled = numbers !== null && !numbers.length; });
    });
    page.querySelectorAll("[data-take]").forEach(function (button) {
      button.addEventListener("click", function () { takeAway(button.dataset.take, gather, root, said); });
    });
  }

  jiebang.takeAway = takeAway;
  var page = document.querySelector("[data-list] [data-take]");
  if (page) setUp(page.closest("[data-list]"));
})();

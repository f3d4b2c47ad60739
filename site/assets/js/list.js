// The list of demands: brings together what the reader wants (in the address), the filters, the words searched for and the results.
(function () {
  "use strict";

  var page = document.querySelector("[data-list]");
  if (!page || !page.querySelector("[data-query]")) return;

  var jiebang = window.jiebang;
  var address = jiebang.address;
  // While somebody types, cards wait for a pause: the number of results and the filters' counts follow at once.
  var PAUSE = 160;

  var input = page.querySelector("#q");
  var order = page.querySelector("[data-sort]");
  var count = page.querySelector("[data-count]");
  var done = page.querySelector("[data-panel-done]");
  var fixedCount = count.innerHTML;
  var columns = jiebang.once(function () { return jiebang.columns(page.dataset.src); });
  var engine = jiebang.once(function () { return jiebang.search.open(page.dataset.search); });
  var results = new jiebang.Results(page, jiebang.once(function () { return jiebang.ids(page.dataset.idsSrc); }));
  var panel = null;
  var wanted = address.read(location.search);
  var typing = false;
  var turn = 0;

  function pause() {
    return typing ? new Promise(function (go) { setTimeout(go, PAUSE); }) : Promise.resolve();
  }

  // The filters are made with the first answer; until then the choice stands in the address alone.
  function ready() {
    return columns().then(function (data) {
      if (!panel) {
        panel = new jiebang.Panel(page, data, choose);
        takeOver(data);
      }
      return data;
    });
  }

  // What the address names and the list does not know is left out.
  function takeOver(data) {
    var chosen = address.places(wanted, data);
    wanted.choices = address.choices(chosen, data);
    panel.choose(chosen);
  }

  function search() {
    return wanted.q.trim() ? engine().then(function (searching) { return searching.query(wanted.q); }) : Promise.resolve(null);
  }

  function say(number, how) {
    var parts = [(how === "pinyin" ? "按拼音找到 " : "找到 "), jiebang.element("b", "", String(number)), " 项需求"];
    count.replaceChildren.apply(count, parts);
  }

  function showAll() {
    results.clear();
    if (count.innerHTML !== fixedCount) count.innerHTML = fixedCount;
  }

  // `text` is the engine's answer, or null where no words are given.
  function found(data, text) {
    var result = jiebang.filter(data, panel.chosen, text && text.hits, wanted.sort);
    panel.count(result.counts);
    done.textContent = "看结果（" + result.total + " 项）";
    page.dispatchEvent(new CustomEvent("found", { detail: { numbers: result.numbers, plain: address.isPlain(wanted) } }));
    return result;
  }

  function suggestion(text) {
    if (!text || !text.suggestion) return [];
    return [jiebang.offer("hint", "是不是要找：", [[text.suggestion, function () { typed(text.suggestion); }]])];
  }

  // Where nothing is left: what each single step back would bring.
  function nothingLeft(data, result) {
    var ways = [];
    var narrowed = panel.chosen.some(function (places) { return places.size; });
    if (narrowed && result.without.text) ways.push(["去掉搜索词，有 " + result.without.text + " 项", function () { typed(""); }]);
    data.facets.forEach(function (facet, at) {
      var number = result.without.facets[at];
      if (!panel.chosen[at].size || !number) return;
      ways.push(["不限" + facet.title + "，有 " + number + " 项", function () {
        panel.chosen[at] = new Set();
        panel.choose(panel.chosen);
        choose().then(function () { count.focus(); });
      }]);
    });
    var text = ways.length ? "没有符合全部条件的需求。可以放宽一项：" : "没有符合条件的需求。可以换一个词，或减少词语和条件。";
    return jiebang.offer("empty", text, ways);
  }

  function alike(text, result) {
    if (!text || text.how !== "text") return [];
    var numbers = text.pinyin.filter(function (number) { return result.passed[number] === 1; });
    return numbers.length ? [results.alike(numbers)] : [];
  }

  function remember(shown) {
    wanted.show = shown;
    history.replaceState(history.state, "", address.write(wanted));
  }

  function present(data, text, mine) {
    var result = found(data, text);
    order.options[0].textContent = text ? "相关度" : "可揭榜在前";
    if (address.isPlain(wanted)) {
      showAll();
      return null;
    }
    say(result.total, text && text.how);
    return pause().then(function () {
      if (mine !== turn) return null;
      var hints = suggestion(text);
      if (!result.total) hints.push(nothingLeft(data, result));
      var shown = { numbers: result.numbers, words: text ? text.words : [], shown: wanted.show };
      return results.show(shown, hints, alike(text, result), remember);
    });
  }

  function update() {
    var mine = (turn += 1);
    if (!address.isPlain(wanted)) results.begin();
    return Promise.all([ready(), search()]).then(function (answers) {
      // What was typed or chosen since then has its own turn.
      return mine === turn ? present(answers[0], answers[1], mine) : null;
    }).catch(function (failed) {
      if (mine !== turn) return;
      count.textContent = "没有取到需求数据，请检查网络后再试。";
      results.box.removeAttribute("aria-busy");
      if (failed.status === undefined) throw failed;
    });
  }

  // One step back in the history for each finished choice, not for each letter.
  function step(replace) {
    var target = address.write(wanted);
    if (target === (location.search || location.pathname)) return;
    history[replace ? "replaceState" : "pushState"](null, "", target);
  }

  function choose() {
    typing = false;
    wanted = { q: input.value, choices: address.choices(panel.chosen, panel.data), sort: order.value, show: address.STEP };
    step(false);
    return update();
  }

  function typed(text) {
    input.value = text;
    input.focus();
    choose();
  }

  input.addEventListener("input", function () {
    wanted.q = input.value;
    wanted.show = address.STEP;
    step(typing);
    typing = true;
    update();
  });
  input.addEventListener("change", function () { typing = false; });
  order.addEventListener("change", function () {
    typing = false;
    wanted.sort = order.value;
    wanted.show = address.STEP;
    step(false);
    update();
  });
  page.querySelector("[data-query]").addEventListener("submit", function (event) {
    event.preventDefault();
    typing = false;
    step(true);
    update();
  });
  // Fetched ahead; whoever needs it asks again, and says so when it does not come.
  input.addEventListener("focus", function () { Promise.all([ready(), engine()]).catch(function () {}); }, { once: true });

  function fromAddress() {
    typing = false;
    wanted = address.read(location.search);
    input.value = wanted.q;
    order.value = wanted.sort;
    if (panel) takeOver(panel.data);
    return update();
  }

  window.addEventListener("popstate", fromAddress);
  jiebang.foldPanel(page);

  // Nothing is wanted yet: the filters are made when the browser has time.
  function later() {
    if (window.requestIdleCallback) window.requestIdleCallback(function () { update(); }, { timeout: 2000 });
    else setTimeout(update, 300);
  }

  if (address.isPlain(wanted)) later();
  else fromAddress();
})();

// The list of demands: finds every demand whose public text contains what was typed, narrowed by district, industry and
// state. The choice stands in the address, so it can be shared, reloaded and gone back to. Rows are fetched on first use.
(function () {
  "use strict";

  var page = document.querySelector("[data-src]");
  var form = page && page.querySelector("form");
  if (!form) return;

  var STEP = 30;
  var FILTERS = ["q", "district", "section", "state"];
  var root = page.dataset.root;
  var fixed = page.querySelector("[data-static]");
  var found = page.querySelector("[data-found]");
  var count = page.querySelector("[data-count]");
  var fixedCount = count.innerHTML;
  var loading = null;
  var typing = false;
  var turn = 0;

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // The same parts in the same order as `public_text` of the generator.
  function textOf(row, data) {
    return [
      row.title, row.id, row.code, row.summary, row.parameters, row.effect, row.schedule, row.cooperation, row.note,
      row.enterprise || data.anonymous, row.nature, row.section ? data.sections[row.section] : data.noIndustry, data.divisions[row.division],
      row.district ? data.districts[row.district] : data.noDistrict, data.rounds[row.round], data.states[row.status], row.type, row.field, row.category,
    ].map(function (part) { return part || ""; }).join("\n");
  }

  function unpack(data) {
    data.rows = data.rows.map(function (values) {
      var row = {};
      data.columns.forEach(function (name, place) { row[name] = values[place]; });
      row.text = fold(textOf(row, data));
      return row;
    });
    return data;
  }

  function load() {
    if (!loading) {
      loading = fetch(page.dataset.src)
        .then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then(unpack);
      // A failed attempt is not kept: the next one asks again.
      loading.catch(function () { loading = null; });
    }
    return loading;
  }

  function readForm() {
    var wanted = {};
    FILTERS.forEach(function (name) { wanted[name] = form.elements[name].value; });
    return wanted;
  }

  function readAddress() {
    var query = new URLSearchParams(location.search);
    FILTERS.forEach(function (name) {
      form.elements[name].value = query.get(name) || "";
      // A select refuses a value that it does not offer and stands empty; "all" is what it then means.
      if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
    });
    return Math.max(STEP, Number(query.get("show")) || STEP);
  }

  function address(wanted, shown) {
    var query = new URLSearchParams();
    FILTERS.forEach(function (name) { if (wanted[name]) query.set(name, wanted[name]); });
    if (shown > STEP) query.set("show", shown);
    var text = query.toString();
    return text ? "?" + text : location.pathname;
  }

  function isEmpty(wanted) {
    return FILTERS.every(function (name) { return !wanted[name].trim(); });
  }

  function stateOf(row) {
    if (row.status !== "published") return row.status;
    return window.jiebang.daysUntil(row.deadline) < 0 ? "closed" : "open";
  }

  function search(data, wanted) {
    var words = fold(wanted.q).split(/\s+/).filter(Boolean);
    return data.rows.filter(function (row) {
      return (!wanted.district || row.district === wanted.district) &&
        (!wanted.section || row.section === wanted.section) &&
        (!wanted.state || stateOf(row) === wanted.state) &&
        words.every(function (word) { return row.text.includes(word); });
    });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function excerpt(text) {
    var letters = Array.from(text.trim().replace(/\s+/g, " ").replace(/([。；：，、！？）]) /g, "$1"));
    return letters.length <= 84 ? letters.join("") : letters.slice(0, 84).join("").trimEnd() + "…";
  }

  // The same elements as `card` of the templates.
  function card(row, data) {
    var item = element("li", "card");
    var top = element("div", "card-top");
    var state = element("span", "state state-" + row.status, data.states[row.status]);
    if (row.status === "published") state.dataset.applyBy = row.deadline;
    top.append(state, element("span", "code", row.code));
    if (row.type) top.append(element("span", "kind", row.type));

    var title = element("h2", "card-title");
    var link = element("a", "", row.title);
    link.href = root + "demands/" + row.id + "/";
    title.append(link);

    var who = element("p", "card-who");
    who.append(
      element("span", row.enterprise ? "who" : "who who-hidden", row.enterprise || data.anonymous),
      element("span", "", row.district ? data.districts[row.district] : data.noDistrict),
      element("span", "", row.division ? data.divisions[row.division] : row.section ? data.sections[row.section] : data.noIndustry)
    );
    if (row.field) who.append(element("span", "", row.field));

    var due = element("p", "card-due", "揭榜截止 ");
    var day = element("time", "", row.deadline);
    day.dateTime = row.deadline;
    due.append(day);
    if (row.status === "published") {
      var left = element("span", "left");
      left.dataset.left = row.deadline;
      due.append(left);
    }

    item.append(top, title, element("p", "card-text", excerpt(row.summary)), who, due);
    return item;
  }

  function moreButton(rows, data, wanted, shown) {
    var button = element("button", "more-button", "再看 " + Math.min(STEP, rows.length - shown) + " 项");
    button.type = "button";
    button.addEventListener("click", function () {
      history.replaceState(null, "", address(wanted, shown + STEP));
      show(rows, data, wanted, shown + STEP);
      var next = found.querySelectorAll(".card-title a")[shown];
      if (next) next.focus();
    });
    return button;
  }

  function show(rows, data, wanted, shown) {
    var parts = [];
    if (rows.length) {
      var list = element("ul", "cards");
      rows.slice(0, shown).forEach(function (row) { list.append(card(row, data)); });
      parts.push(list);
      if (rows.length > shown) parts.push(moreButton(rows, data, wanted, shown));
    } else {
      var empty = element("div", "empty");
      empty.append(element("p", "", "没有符合条件的需求。可以减少词语，或把区、行业、状态改为“全部”。"));
      parts.push(empty);
    }
    found.replaceChildren.apply(found, parts);
    window.jiebang.markDates(found);
    count.replaceChildren("找到 ", element("b", "", String(rows.length)), " 项需求");
    fixed.hidden = true;
    found.hidden = false;
  }

  function showAll() {
    found.hidden = true;
    found.replaceChildren();
    fixed.hidden = false;
    count.innerHTML = fixedCount;
  }

  function update(wanted, shown) {
    form.classList.toggle("filter-used", !isEmpty(wanted));
    var mine = (turn += 1);
    if (isEmpty(wanted) && shown <= STEP) {
      showAll();
      return;
    }
    load().then(function (data) {
      // What was typed since then has its own turn.
      if (mine === turn) show(search(data, wanted), data, wanted, shown);
    }).catch(function () {
      if (mine === turn) count.textContent = "没有取到需求数据，请检查网络后再试。";
    });
  }

  // One step back in the history for each finished search, not for each letter.
  function remember(wanted, replace) {
    var target = address(wanted, STEP);
    if (target === (location.search || location.pathname)) return;
    history[replace ? "replaceState" : "pushState"](null, "", target);
  }

  form.elements.q.addEventListener("input", function () {
    var wanted = readForm();
    remember(wanted, typing);
    typing = true;
    update(wanted, STEP);
  });
  form.elements.q.addEventListener("change", function () { typing = false; });
  form.addEventListener("change", function (event) {
    if (event.target === form.elements.q) return;
    typing = false;
    remember(readForm(), false);
    update(readForm(), STEP);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    typing = false;
    remember(readForm(), true);
    update(readForm(), STEP);
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    FILTERS.forEach(function (name) { form.elements[name].value = ""; });
    typing = false;
    remember(readForm(), false);
    update(readForm(), STEP);
    form.elements.q.focus();
  });
  form.addEventListener("focusin", function () { load().catch(function () {}); }, { once: true });
  window.addEventListener("popstate", function () {
    typing = false;
    var shown = readAddress();
    update(readForm(), shown);
  });

  var shownAtStart = readAddress();
  update(readForm(), shownAtStart);
})();

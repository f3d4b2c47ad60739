// The filters: one group of choices per facet, each choice with the number of demands it would leave; and the chosen ones as a row of
// buttons. On a narrow screen the groups stand behind a button.
(function () {
  "use strict";

  var OPEN_FIRST = ["state", "district", "section"];

  function element(name, className, text) { return window.jiebang.element(name, className, text); }

  function Panel(page, data, changed) {
    this.page = page;
    this.data = data;
    this.changed = changed;
    this.chosen = data.facets.map(function () { return new Set(); });
    this.groups = data.facets.map(this.group, this);
    page.querySelector("[data-facets]").replaceChildren.apply(
      page.querySelector("[data-facets]"), this.groups.map(function (group) { return group.box; })
    );
  }

  Panel.prototype.group = function (facet, at) {
    var box = element("details", "facet");
    box.dataset.facet = facet.key;
    box.open = OPEN_FIRST.includes(facet.key) && at < 2;
    var summary = element("summary", "", facet.title);
    var number = element("span", "facet-number");
    summary.append(number);
    var set = element("fieldset");
    set.append(element("legend", "sr", facet.title));
    var list = element("ul", "options");
    set.append(list);
    box.append(summary, set);
    var made = { box: box, number: number, options: [], inner: new Map() };
    facet.options.forEach(function (option, place) {
      var entry = this.option(option, at, place);
      made.options.push(entry);
      if (option.within === undefined) list.append(entry.item);
      else this.innerList(made, option.within).append(entry.item);
    }, this);
    return made;
  };

  // The list of choices within another choice, made with the first of them.
  Panel.prototype.innerList = function (group, within) {
    if (!group.inner.has(within)) {
      var fold = element("details", "inner-options");
      var summary = element("summary");
      summary.append(element("span", "sr", group.options[within].title + "的"), "大类");
      var list = element("ul", "options");
      fold.append(summary, list);
      group.options[within].item.append(fold);
      group.options[within].fold = fold;
      group.inner.set(within, list);
    }
    return group.inner.get(within);
  };

  Panel.prototype.option = function (option, at, place) {
    var item = element("li");
    var label = element("label", "option");
    var box = element("input");
    box.type = "checkbox";
    box.name = option.param;
    box.value = option.key;
    var number = element("span", "option-number");
    label.append(box, element("span", "option-name", option.title), number);
    item.append(label);
    box.addEventListener("change", function () {
      if (box.checked) this.chosen[at].add(place);
      else this.chosen[at].delete(place);
      this.changed();
    }.bind(this));
    return { item: item, label: label, box: box, number: number, title: option.title, shown: -1 };
  };

  // Takes over a choice that came from the address.
  Panel.prototype.choose = function (chosen) {
    this.chosen = chosen;
    this.groups.forEach(function (group, at) {
      group.options.forEach(function (entry, place) { entry.box.checked = chosen[at].has(place); });
      if (chosen[at].size) group.box.open = true;
      this.data.facets[at].options.forEach(function (option, place) {
        if (option.within !== undefined && chosen[at].has(place)) group.options[option.within].fold.open = true;
      });
    }, this);
  };

  Panel.prototype.count = function (counts) {
    this.groups.forEach(function (group, at) {
      group.options.forEach(function (entry, place) { showNumber(entry, counts[at][place]); });
      var chosen = this.chosen[at].size;
      var said = chosen ? "已选 " + chosen : "";
      if (group.number.textContent !== said) group.number.textContent = said;
    }, this);
    this.chips();
  };

  // A choice that would leave nothing stays where it is, greyed.
  function showNumber(entry, count) {
    if (entry.shown !== count) {
      entry.shown = count;
      entry.number.replaceChildren(String(count), element("span", "sr", " 项"));
      entry.label.classList.toggle("option-none", count === 0);
    }
    entry.box.disabled = count === 0 && !entry.box.checked;
  }

  Panel.prototype.chips = function () {
    var chips = [];
    this.data.facets.forEach(function (facet, at) {
      this.chosen[at].forEach(function (place) { chips.push(this.chip(facet, at, place)); }, this);
    }, this);
    var row = this.page.querySelector("[data-chosen]");
    var number = this.page.querySelector("[data-chosen-number]");
    number.replaceChildren(element("span", "sr", "已选 "), String(chips.length));
    number.hidden = row.hidden = !chips.length;
    if (chips.length) chips.push(this.clearButton());
    row.replaceChildren.apply(row, chips);
  };

  Panel.prototype.chip = function (facet, at, place) {
    var title = facet.options[place].title;
    var item = element("li");
    var button = element("button", "chip");
    button.type = "button";
    button.append(element("span", "sr", "去掉条件：" + facet.title + " "), title, chipSign());
    button.addEventListener("click", function () {
      var next = Array.from(item.parentNode.children).indexOf(item);
      this.chosen[at].delete(place);
      this.groups[at].options[place].box.checked = false;
      this.changed().then(this.focusChip.bind(this, next));
    }.bind(this));
    item.append(button);
    return item;
  };

  function chipSign() {
    var sign = element("span", "chip-sign", "×");
    sign.setAttribute("aria-hidden", "true");
    return sign;
  }

  Panel.prototype.clearButton = function () {
    var item = element("li");
    var button = element("button", "chip-clear", "清除全部");
    button.type = "button";
    button.addEventListener("click", function () {
      this.choose(this.data.facets.map(function () { return new Set(); }));
      this.page.querySelector("#q").value = "";
      this.page.querySelector("#q").focus();
      this.changed();
    }.bind(this));
    item.append(button);
    return item;
  };

  // The button that was pressed is gone: the next one takes its place, or the number of results.
  Panel.prototype.focusChip = function (place) {
    var row = this.page.querySelector("[data-chosen]");
    var buttons = row.hidden ? [] : row.querySelectorAll(".chip");
    (buttons[Math.min(place, buttons.length - 1)] || this.page.querySelector("[data-count]")).focus();
  };

  // The button for narrow screens.
  function fold(page) {
    var button = page.querySelector("[data-panel-button]");
    var panel = page.querySelector("[data-panel]");
    function show(open) {
      button.setAttribute("aria-expanded", String(open));
      panel.classList.toggle("side-open", open);
    }
    button.addEventListener("click", function () { show(button.getAttribute("aria-expanded") !== "true"); });
    panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
      show(false);
      button.focus();
    });
    page.querySelector("[data-panel-done]").addEventListener("click", function () {
      show(false);
      page.querySelector("[data-count]").focus();
    });
    page.querySelector("[data-facets]").addEventListener("submit", function (event) { event.preventDefault(); });
  }

  window.jiebang.Panel = Panel;
  window.jiebang.foldPanel = fold;
})();

// Entries of a list, made from the demands' own files: the same elements as `card` of the templates, with what was searched for marked.
(function () {
  "use strict";

  var LENGTH = 84;
  var HIDDEN_INDUSTRY = "行业不公开";
  var kept = new Map();

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // A demand's object, asked for once.
  function load(root, id) {
    if (!kept.has(id)) {
      var asked = window.jiebang.json(root + "data/v1/demands/" + id.toLowerCase() + ".json");
      kept.set(id, asked);
      asked.catch(function () { kept.delete(id); });
    }
    return kept.get(id);
  }

  function beginning(text) {
    var letters = Array.from(text.trim().replace(/\s+/g, " ").replace(/([。；：，、！？）]) /g, "$1"));
    return letters.length <= LENGTH ? letters.join("") : letters.slice(0, LENGTH).join("").trimEnd() + "…";
  }

  // Puts a text into an element, the words that were searched for inside <mark>.
  function put(target, text, words) {
    var at = 0;
    var ranges = words.length ? window.jiebang.search.marks(text, words) : [];
    ranges.forEach(function (range) {
      if (range[0] > at) target.append(text.slice(at, range[0]));
      target.append(element("mark", "", text.slice(range[0], range[1])));
      at = range[1];
    });
    if (at < text.length) target.append(text.slice(at));
    return target;
  }

  function textOf(demand, words) {
    if (!words.length) return beginning(demand.summary);
    var parts = [demand.summary, demand.parameters, demand.effect, demand.schedule, demand.cooperation_note].filter(Boolean);
    return window.jiebang.search.excerpt(parts, words, LENGTH).text;
  }

  function top(demand, words) {
    var made = element("div", "card-top");
    var state = element("span", "state state-" + demand.status, demand.status_title);
    if (demand.status === "published") state.dataset.applyBy = demand.apply_by;
    made.append(state, put(element("span", "code"), demand.code, words));
    if (demand.type) made.append(put(element("span", "kind"), demand.type, words));
    return made;
  }

  function who(demand, words) {
    var enterprise = demand.enterprise;
    var made = element("p", "card-who");
    made.append(
      put(element("span", enterprise.name ? "who" : "who who-hidden"), enterprise.title, words),
      put(element("span"), demand.district_title, words),
      put(element("span"), enterprise.division_title || enterprise.section_title || HIDDEN_INDUSTRY, words)
    );
    if (demand.field) made.append(put(element("span"), demand.field, words));
    return made;
  }

  function due(demand) {
    var made = element("p", "card-due", "揭榜截止 ");
    var day = element("time", "", demand.apply_by);
    day.dateTime = demand.apply_by;
    made.append(day);
    if (demand.status === "published") {
      var left = element("span", "left");
      left.dataset.left = demand.apply_by;
      made.append(left);
    }
    return made;
  }

  function card(demand, root, words) {
    var item = element("li", "card");
    item.dataset.demand = demand.id;
    var title = element("h2", "card-title");
    var link = put(element("a"), demand.title, words);
    link.href = root + demand.path;
    title.append(link);
    item.append(top(demand, words), title, put(element("p", "card-text"), textOf(demand, words), words), who(demand, words), due(demand));
    return item;
  }

  window.jiebang.element = element;
  window.jiebang.cards = { load: load, make: card };
})();

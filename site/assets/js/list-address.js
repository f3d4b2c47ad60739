// What the reader wants of the list, as it stands in the address: words, choices, order, how many are shown.
(function () {
  "use strict";

  var STEP = 30;
  var PARAMS = ["state", "district", "section", "division", "field", "category", "mode", "nature", "type", "round"];
  var ORDERS = ["new", "due"];

  function nothing() {
    return { q: "", choices: {}, sort: "", show: STEP };
  }

  // `all` of a parameter: an empty value means that nothing is chosen there.
  function read(search) {
    var query = new URLSearchParams(search);
    var wanted = nothing();
    wanted.q = query.get("q") || "";
    PARAMS.forEach(function (name) {
      var values = query.getAll(name).filter(Boolean);
      if (values.length) wanted.choices[name] = values;
    });
    if (ORDERS.includes(query.get("sort"))) wanted.sort = query.get("sort");
    wanted.show = Math.max(STEP, Math.min(1000, Math.floor(Number(query.get("show"))) || STEP));
    return wanted;
  }

  function write(wanted) {
    var query = new URLSearchParams();
    if (wanted.q.trim()) query.set("q", wanted.q);
    PARAMS.forEach(function (name) {
      (wanted.choices[name] || []).forEach(function (value) { query.append(name, value); });
    });
    if (wanted.sort) query.set("sort", wanted.sort);
    if (wanted.show > STEP) query.set("show", wanted.show);
    var text = query.toString();
    return text ? "?" + text : location.pathname;
  }

  // For each facet the places of the chosen options. What the list does not offer is nobody's choice.
  function places(wanted, data) {
    return data.facets.map(function (facet) {
      var chosen = new Set();
      facet.options.forEach(function (option, place) {
        if ((wanted.choices[option.param] || []).includes(option.key)) chosen.add(place);
      });
      return chosen;
    });
  }

  // Choices as the address names them, from the places of the chosen options.
  function choices(chosen, data) {
    var named = {};
    data.facets.forEach(function (facet, at) {
      facet.options.forEach(function (option, place) {
        if (chosen[at].has(place)) (named[option.param] = named[option.param] || []).push(option.key);
      });
    });
    return named;
  }

  function isPlain(wanted) {
    return !wanted.q.trim() && !Object.keys(wanted.choices).length && !wanted.sort && wanted.show <= STEP;
  }

  window.jiebang.address = {
    STEP: STEP, nothing: nothing, read: read, write: write, places: places, choices: choices, isPlain: isPlain,
  };
})();

// The list as columns of numbers: which choices of each facet every demand has. A demand's number is its place in the list.
(function () {
  "use strict";

  var WEEK = 7;
  // What a published demand's state is depends on today; the others' stands in the catalogue.
  var BY_DAY = [["open", "可揭榜"], ["week", WEEK + " 天内截止"], ["closed", "揭榜已截止"]];

  function option(facet, entry) {
    var within = entry[2];
    return { key: entry[0], title: entry[1], within: within, param: within === undefined ? facet.key : facet.inner };
  }

  function stateSets(states) {
    var later = states.filter(function (entry) { return entry[0] !== "published"; });
    return {
      options: BY_DAY.concat(later),
      // Open; open and closing within a week; closed; then one set for each later state.
      sets: [[0], [0, 1], [2]].concat(later.map(function (_, place) { return [BY_DAY.length + place]; })),
      place: states.map(function (entry) { return later.indexOf(entry) + BY_DAY.length; }),
    };
  }

  function stateFacet(raw) {
    var made = stateSets(raw.states);
    var published = raw.states.findIndex(function (entry) { return entry[0] === "published"; });
    var byDay = raw.days.map(function (day) {
      var left = window.jiebang.daysUntil(day);
      return left < 0 ? 2 : left <= WEEK ? 1 : 0;
    });
    var rows = raw.status.map(function (status, number) {
      return status === published ? byDay[raw.due[number]] : made.place[status];
    });
    return { key: "state", title: "状态", options: made.options, sets: made.sets, rows: rows };
  }

  function unpack(raw) {
    var facets = [stateFacet(raw)].concat(raw.facets);
    facets.forEach(function (facet) {
      facet.rows = Uint16Array.from(facet.rows);
      facet.options = facet.options.map(function (entry) { return option(facet, entry); });
    });
    return {
      count: raw.count,
      facets: facets,
      due: Uint16Array.from(raw.due),
      published: Uint16Array.from(raw.published),
    };
  }

  // Ids in the order of the list; they stand in their file without what all of them share.
  function unpackIds(raw) {
    return function (number) {
      return raw.front + raw.rest.slice(number * raw.length, (number + 1) * raw.length);
    };
  }

  window.jiebang.ids = function (address) { return window.jiebang.json(address).then(unpackIds); };
  window.jiebang.columns = function (address) { return window.jiebang.json(address).then(unpack); };
})();

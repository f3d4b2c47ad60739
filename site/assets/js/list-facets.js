// Which demands a choice leaves, in which order, and how many every other choice would leave. Numbers only, nothing of the page.
(function () {
  "use strict";

  var TEXT = -2;

  // For each facet in which something is chosen: which of its sets are let through. Several choices of a facet widen it.
  function gates(data, chosen) {
    var made = [];
    data.facets.forEach(function (facet, place) {
      var keys = chosen[place];
      if (!keys.size) return;
      var open = Uint8Array.from(facet.sets, function (set) {
        return set.some(function (at) { return keys.has(at); }) ? 1 : 0;
      });
      made.push({ place: place, rows: facet.rows, open: open });
    });
    return made;
  }

  function tallies(data) {
    return data.facets.map(function (facet) { return new Uint32Array(facet.sets.length); });
  }

  // A demand that one facet alone keeps out still counts for that facet's choices: they tell what choosing them would add.
  function countAll(data, chosen, hits) {
    var active = gates(data, chosen);
    var tally = tallies(data);
    var inText = hits && new Uint8Array(data.count);
    if (hits) hits.forEach(function (number) { inText[number] = 1; });
    var passed = new Uint8Array(data.count);
    var without = { text: 0, facets: data.facets.map(function () { return 0; }) };
    var total = 0;
    for (var number = 0; number < data.count; number += 1) {
      var missed = inText && !inText[number] ? TEXT : -1;
      var more = false;
      for (var at = 0; at < active.length && !more; at += 1) {
        var gate = active[at];
        if (gate.open[gate.rows[number]]) continue;
        if (missed === -1) missed = gate.place;
        else more = true;
      }
      if (more) continue;
      if (missed === -1) {
        total += 1;
        passed[number] = 2;
        for (var each = 0; each < tally.length; each += 1) tally[each][data.facets[each].rows[number]] += 1;
      } else if (missed === TEXT) {
        passed[number] = 1;
        without.text += 1;
      } else {
        without.facets[missed] += 1;
        tally[missed][data.facets[missed].rows[number]] += 1;
      }
    }
    return { total: total, passed: passed, without: without, counts: perOption(data, tally) };
  }

  function perOption(data, tally) {
    return data.facets.map(function (facet, place) {
      var counts = new Uint32Array(facet.options.length);
      facet.sets.forEach(function (set, at) {
        set.forEach(function (choice) { counts[choice] += tally[place][at]; });
      });
      return counts;
    });
  }

  function numbers(data, passed) {
    var listed = [];
    for (var number = 0; number < data.count; number += 1) if (passed[number] === 2) listed.push(number);
    return listed;
  }

  var ORDERS = {
    new: function (data) {
      return function (one, other) { return data.published[other] - data.published[one] || one - other; };
    },
    // Those that can still be applied for, the next to close first; then the others, the last to close first.
    due: function (data) {
      var state = data.facets[0];
      function open(number) { return state.sets[state.rows[number]][0] === 0; }
      return function (one, other) {
        var first = open(one);
        if (first !== open(other)) return first ? -1 : 1;
        var days = data.due[one] - data.due[other];
        return (first ? days : -days) || one - other;
      };
    },
  };

  // `chosen`: for each facet the set of places of its chosen options; `hits`: demands that have the words, most relevant first, or null.
  function filter(data, chosen, hits, order) {
    var result = countAll(data, chosen, hits);
    if (ORDERS[order]) result.numbers = numbers(data, result.passed).sort(ORDERS[order](data));
    else if (hits) result.numbers = hits.filter(function (number) { return result.passed[number] === 2; });
    else result.numbers = numbers(data, result.passed);
    return result;
  }

  window.jiebang.filter = filter;
})();

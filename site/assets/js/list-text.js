// Finds the demands whose public text contains every word that was typed: plain substring over the rows of the whole list.
(function () {
  "use strict";

  function fold(text) { return text.normalize("NFKC").toLowerCase(); }

  // The same parts in the same order as `public_text` of the generator.
  function textOf(row, data) {
    return [
      row.code, row.title, row.summary, row.parameters, row.effect, row.schedule, row.cooperation, row.note,
      row.enterprise || data.anonymous, row.nature, row.section ? data.sections[row.section] : data.noIndustry, data.divisions[row.division],
      row.district ? data.districts[row.district] : data.noDistrict, data.rounds[row.round], data.states[row.status], row.type, row.field, row.category,
    ].map(function (part) { return part || ""; }).join("\n");
  }

  function unpack(data) {
    return data.rows.map(function (values) {
      var row = {};
      data.columns.forEach(function (name, place) { row[name] = values[place]; });
      return fold(textOf(row, data));
    });
  }

  function query(texts, typed) {
    var words = fold(typed).split(/\s+/).filter(Boolean);
    var hits = [];
    texts.forEach(function (text, number) {
      if (words.every(function (word) { return text.includes(word); })) hits.push(number);
    });
    return Promise.resolve({ words: words, hits: hits, how: hits.length ? "text" : "none", pinyin: [], suggestion: null });
  }

  function marks(text, words) {
    var found = [];
    var folded = text.toLowerCase();
    words.forEach(function (word) {
      for (var at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    });
    found.sort(function (one, other) { return one[0] - other[0]; });
    return found.filter(function (range, place) { return !place || range[0] >= found[place - 1][1]; });
  }

  window.jiebang.search = {
    open: function (address) {
      return window.jiebang.json(address).then(unpack).then(function (texts) {
        return { query: function (typed) { return query(texts, typed); } };
      });
    },
    fold: fold,
    marks: marks,
    excerpt: function (parts, words, length) { return parts.join(" ").replace(/\s+/g, " ").slice(0, length); },
  };
})();

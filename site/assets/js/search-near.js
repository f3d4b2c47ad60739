// Near misses: titles that sound like what was typed in Latin letters, and what else may have been meant where nothing was found.
(function () {
  "use strict";

  var search = window.jiebang.search;

  // --- titles by their sound ---

  var MOST_READINGS = 64;

  function readNumbers(bytes) {
    var numbers = [];
    if (!bytes) return numbers;
    for (var reader = new search.Reader(bytes), number = -1; reader.at < bytes.length; ) {
      number += 1 + reader.number();
      numbers.push(number);
    }
    return numbers;
  }

  // The numbers at which a syllable (".dian") or a pair of initials ("=dc") stands in the titles.
  function sounding(engine, mark, name) {
    var file = name.charCodeAt(0) * 26 + (name.charCodeAt(1) || 97);
    return engine.table("pinyin", file).then(function (sections) { return readNumbers(search.listOf(sections, 0, mark + name)); });
  }

  function union(lists) {
    var all = new Set();
    lists.forEach(function (list) { list.forEach(function (number) { all.add(number); }); });
    return all;
  }

  // Every way to read letters as syllables; the last one may be typed in part.
  function readings(letters, syllables) {
    var whole = new Set(syllables), found = [];
    (function go(at, before) {
      if (found.length >= MOST_READINGS) return;
      var rest = letters.slice(at);
      if (syllables.some(function (syllable) { return syllable.startsWith(rest); })) found.push(before.concat(rest));
      for (var length = 1; length < rest.length && length <= 6; length += 1) {
        if (whole.has(rest.slice(0, length))) go(at + length, before.concat(rest.slice(0, length)));
      }
    })(0, []);
    return found;
  }

  // Where syllables follow each other: numbers of the first.
  function spoken(engine, reading, syllables) {
    var last = reading.length - 1;
    var ends = syllables.filter(function (syllable) { return syllable.startsWith(reading[last]); });
    var lists = reading.slice(0, last).map(function (syllable) { return sounding(engine, ".", syllable); });
    lists.push(Promise.all(ends.map(function (syllable) { return sounding(engine, ".", syllable); })).then(union));
    return Promise.all(lists).then(meeting);
  }

  // Numbers n of the first list with n + 1 in the second, n + 2 in the third, and so on.
  function meeting(lists) {
    var sets = lists.map(function (list) { return new Set(list); });
    return Array.from(sets[0]).filter(function (number) {
      return sets.every(function (set, at) { return set.has(number + at); });
    });
  }

  function initialled(engine, letters) {
    var pairs = [];
    for (var at = 0; at + 1 < letters.length; at += 1) pairs.push(sounding(engine, "=", letters.slice(at, at + 2)));
    return pairs.length ? Promise.all(pairs).then(meeting) : Promise.resolve([]);
  }

  // Demands whose title holds a word of letters, as syllables or as initials.
  function titled(engine, letters) {
    return engine.lines("titles.bin").then(function (file) {
      var steps = file.numbers.map(function (count) { return count + 1; });
      var starts = search.sums(steps, 1);
      var ways = readings(letters, file.lines).map(function (reading) { return spoken(engine, reading, file.lines); });
      return Promise.all(ways.concat(initialled(engine, letters))).then(function (found) {
        var numbers = Array.from(union(found)).sort(function (one, other) { return one - other; });
        var demand = 0, demands = new Set();
        numbers.forEach(function (number) {
          while (starts[demand + 1] <= number) demand += 1;
          demands.add(demand);
        });
        return demands;
      });
    });
  }

  // Titles in which the words follow each other come first, then those that hold each word somewhere.
  search.titlesThatSound = function (engine, words) {
    var joined = words.join("");
    if (!/^[a-z]{2,40}$/.test(joined)) return Promise.resolve([]);
    var apart = words.length > 1 && words.every(function (word) { return word.length > 1; }) ? words : [];
    return Promise.all([joined].concat(apart).map(function (word) { return titled(engine, word); })).then(function (sets) {
      var inOrder = Array.from(sets[0]);
      var others = sets.length < 2 ? [] : Array.from(sets[1]).filter(function (demand) {
        return !sets[0].has(demand) && sets.slice(2).every(function (set) { return set.has(demand); });
      });
      return inOrder.concat(others);
    });
  };

  // --- what else may have been meant ---

  var MOST_TRIED = 6;

  function isHan(word) { return /^[\u3400-\u9fff]+$/.test(word); }

  // Syllables that are easily confused are written alike.
  function alike(syllable) {
    return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace(/^l/, "n");
  }

  function soundsOf(character, lines) {
    return lines.filter(function (line) { return line.indexOf(character) > 0; }).map(function (line) { return alike(/^[a-z]+/.exec(line)[0]); });
  }

  function exchange(one, other, lines) {
    if (one === other) return 0;
    var heard = soundsOf(one, lines), meant = soundsOf(other, lines);
    return heard.some(function (sound) { return meant.indexOf(sound) >= 0; }) ? 0.5 : 1;
  }

  // Whether two words can be so few slips apart, by what they have in common at both ends.
  function mayBeNear(one, other, far) {
    var most = Math.max(one.length, other.length), least = Math.min(one.length, other.length), start = 0, end = 0;
    if (most - least > far) return false;
    while (start < least && one[start] === other[start]) start += 1;
    while (end < least - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    // A swap touches two characters.
    return far > 1 ? start + end > 1 : most - start - end <= 2;
  }

  // How far two words are apart: characters exchanged (half as far where they sound alike), left out, added, or swapped.
  function distance(one, other, sounds) {
    var rows = [[]];
    for (var j = 0; j <= other.length; j += 1) rows[0].push(j);
    for (var i = 1; i <= one.length; i += 1) {
      rows.push([i]);
      for (j = 1; j <= other.length; j += 1) {
        var best = Math.min(
          rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + exchange(one[i - 1], other[j - 1], sounds)
        );
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) best = Math.min(best, rows[i - 2][j - 2] + 0.75);
        rows[i].push(best);
      }
    }
    return rows[one.length][other.length];
  }

  // Words of the vocabulary near to one, the nearest first, of equals the more frequent.
  function nearWords(engine, word) {
    var ends = [word[0], word[word.length - 1]].filter(function (end, at, all) { return all.indexOf(end) === at; });
    var far = word.length > 7 && !isHan(word) ? 2 : 1;
    var files = ends.map(function (end) { return engine.lines("words-" + (end.charCodeAt(0) % engine.manifest.files.words) + ".bin"); });
    return Promise.all(files.concat(isHan(word) ? engine.lines("sounds.bin") : { lines: [] })).then(function (all) {
      var sounds = all.pop().lines, near = new Map();
      all.forEach(function (file) {
        file.lines.forEach(function (line, at) {
          if (line === word || !mayBeNear(word, line, far)) return;
          var apart = distance(word, line, sounds);
          if (apart <= far) near.set(line, [apart, -file.numbers[at], at]);
        });
      });
      return Array.from(near.keys()).sort(function (one, other) {
        var first = near.get(one), second = near.get(other);
        return first[0] - second[0] || first[1] - second[1] || (one < other ? -1 : 1);
      });
    });
  }

  // The same characters with two swapped, or one left out.
  function rearranged(word) {
    var made = [];
    for (var at = 0; at + 1 < word.length; at += 1) made.push(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
    for (at = 0; word.length > 2 && at < word.length; at += 1) made.push(word.slice(0, at) + word.slice(at + 1));
    return made;
  }

  function found(engine, word) {
    return engine.word(word).then(function (met) { return met.some(Boolean); });
  }

  // The first that passes, tried one after another.
  function firstOf(tried, passes) {
    return tried.reduce(function (before, one) {
      return before.then(function (done) {
        return done === null ? passes(one).then(function (passed) { return passed ? one : null; }) : done;
      });
    }, Promise.resolve(null));
  }

  // The part of a long word that stands nowhere: [from, to] of the shortest.
  function brokenPart(engine, word) {
    var spans = [];
    for (var length = 2; length < Math.min(word.length, 4); length += 1) {
      for (var from = 0; from + length <= word.length; from += 1) spans.push([from, from + length]);
    }
    return firstOf(spans, function (span) {
      return found(engine, word.slice(span[0], span[1])).then(function (stands) { return !stands; });
    });
  }

  function mendPart(engine, word, passes) {
    return brokenPart(engine, word).then(function (span) {
      if (!span) return null;
      // The slip may be at either end of the part, so it is looked at with a neighbour on each side.
      var spans = [[span[0], span[1]], [span[0] - 1, span[1]], [span[0], span[1] + 1], [span[0] - 1, span[1] + 1]].filter(function (one) {
        return one[0] >= 0 && one[1] <= word.length && one[1] - one[0] < word.length;
      });
      return Promise.all(spans.map(function (one) {
        return nearWords(engine, word.slice(one[0], one[1])).then(function (near) {
          return near.slice(0, MOST_TRIED).map(function (other) { return word.slice(0, one[0]) + other + word.slice(one[1]); });
        });
      })).then(function (made) { return firstOf([].concat.apply([], made).slice(0, MOST_TRIED), passes); });
    });
  }

  // The nearest word that passes, or null.
  function mend(engine, word, passes) {
    if (word.length < 2 || word.length > 24 || !(isHan(word) || /^[a-z]{4,}$/.test(word))) return Promise.resolve(null);
    return nearWords(engine, word).then(function (near) { return firstOf(near.slice(0, MOST_TRIED), passes); }).then(function (one) {
      return one || (isHan(word) && word.length > 3 && word.length < 13 ? mendPart(engine, word, passes) : null);
    }).then(function (one) {
      return one || (word.length < 6 ? firstOf(rearranged(word), passes) : null);
    });
  }

  // What was typed with the one word that stands nowhere exchanged for the nearest that leads to something; null where there is none.
  search.suggestionFor = function (engine, words) {
    return Promise.all(words.map(function (word) { return found(engine, word); })).then(function (stands) {
      var at = stands.indexOf(false);
      if (at < 0 || stands.indexOf(false, at + 1) >= 0) return null;
      function withWord(word) { return words.slice(0, at).concat(word, words.slice(at + 1)); }
      return mend(engine, words[at], function (word) {
        return engine.hits(withWord(word)).then(function (hits) { return hits.length > 0; });
      }).then(function (word) { return word && withWord(word).join(" "); });
    });
  };
})();

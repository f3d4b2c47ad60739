// Finds every demand whose public text contains what was typed, without loading the texts: the lists of a few pieces of each
// word are fetched and compared. How the files are laid out is told in the generator, in `site/search`.
(function () {
  "use strict";

  var jiebang = (window.jiebang = window.jiebang || {});
  var search = jiebang.search;
  var COMMON = 16;

  // --- bytes ---

  function Reader(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  Reader.prototype.number = function () {
    var value = 0, shift = 1, byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * shift;
      shift *= 128;
    } while (byte & 128);
    return value;
  };

  Reader.prototype.text = function (length) {
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  };

  function get(url, kind) {
    return fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status + " " + url);
      return answer[kind]();
    });
  }

  // A file of lists. Names are looked for when they are asked for: most of a file never is.
  function readTable(buffer) {
    var reader = new Reader(new Uint8Array(buffer)), sections = [];
    reader.at = 4;
    while (reader.at < reader.bytes.length) {
      var kind = reader.bytes[reader.at++];
      var sizes = new Uint32Array(reader.number());
      var text = reader.text(reader.number());
      for (var n = 0; n < sizes.length; n += 1) sizes[n] = reader.number();
      sections.push({ kind: kind, text: text, sizes: sizes, bytes: reader.bytes, at: reader.at });
      for (n = 0; n < sizes.length; n += 1) reader.at += sizes[n];
    }
    return sections;
  }

  // Which name of a section a name is; -1 where it is none.
  function numberOf(name, section) {
    var length = section.kind % COMMON;
    if (!length) return section.text.split("\n").indexOf(name);
    // Where a name takes a unit for each character, its place tells its number.
    if (section.text.length !== length * section.sizes.length) {
      var letters = Array.from(section.text);
      for (var n = 0; n < section.sizes.length; n += 1) if (letters.slice(n * length, (n + 1) * length).join("") === name) return n;
      return -1;
    }
    for (var at = section.text.indexOf(name); at >= 0; at = section.text.indexOf(name, at + 1)) if (at % length === 0) return at / length;
    return -1;
  }

  // The bytes of a list; of pieces there are lists of demands and lists of places, told apart by their kind.
  function listOf(sections, kind, name) {
    for (var section of sections) {
      var number = section.kind === kind ? numberOf(name, section) : -1;
      if (number < 0) continue;
      var at = section.at;
      for (var n = 0; n < number; n += 1) at += section.sizes[n];
      return section.bytes.subarray(at, at + section.sizes[number]);
    }
    return null;
  }

  // A file of numbers and lines.
  function readLines(buffer) {
    var reader = new Reader(new Uint8Array(buffer));
    reader.at = 4;
    var numbers = new Uint32Array(reader.number());
    for (var n = 0; n < numbers.length; n += 1) numbers[n] = reader.number();
    var text = reader.text(reader.bytes.length - reader.at);
    return { numbers: numbers, lines: text ? text.split("\n") : [] };
  }

  // Where each text begins, as every one takes some steps; one more for the end.
  function sums(steps, scale) {
    var starts = new Uint32Array(steps.length + 1);
    steps.forEach(function (step, at) { starts[at + 1] = starts[at] + step * scale; });
    return starts;
  }

  function readStart(buffer, manifest) {
    var file = readLines(buffer), before = "";
    // A line tells how many characters a piece shares with the one before, in base 16, and the rest.
    var common = file.lines.map(function (line) {
      return (before = Array.from(before).slice(0, parseInt(line[0], 16)).join("") + line.slice(1));
    });
    return { starts: sums(file.numbers, manifest.block), common: new Set(common) };
  }

  // Demand → 1 + how well it was met: 3 title and whole word, 2 title, 1 whole word, 0 neither.
  function readDemands(bytes, count) {
    var met = new Uint8Array(count);
    if (!bytes) return met;
    if (bytes[0] === 0) {
      var reader = new Reader(bytes);
      reader.at = 1;
      for (var demand = -1; reader.at < bytes.length; ) {
        var value = reader.number();
        demand += 1 + Math.floor(value / 4);
        met[demand] = 1 + value % 4;
      }
      return met;
    }
    var next = 1 + Math.ceil(count / 8), place = 0;
    for (var n = 0; n < count; n += 1) {
      if (!(bytes[1 + (n >> 3)] & (1 << (n & 7)))) continue;
      met[n] = 1 + ((bytes[next + (place >> 2)] >> ((place & 3) * 2)) & 3);
      place += 1;
    }
    return met;
  }

  // Places, and at each whether a word begins (1) and ends (2) with the piece.
  function readPlaces(bytes) {
    var places = [], edges = [];
    if (!bytes) return { places: places, edges: edges };
    var reader = new Reader(bytes);
    for (var place = -1; reader.at < bytes.length; ) {
      var value = reader.number();
      place += 1 + Math.floor(value / 4);
      places.push(place);
      edges.push(value % 4);
    }
    return { places: places, edges: edges };
  }

  // --- the engine ---

  function hashOf(piece) {
    var hash = 2166136261;
    for (var letter of piece) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  function Engine(folder, manifest) {
    this.folder = folder;
    this.manifest = manifest;
    this.kept = new Map();
  }

  // A failed attempt is not kept: the next one asks again.
  Engine.prototype.once = function (name, make) {
    var kept = this.kept;
    if (!kept.has(name)) {
      var made = make();
      kept.set(name, made);
      made.catch(function () { kept.delete(name); });
    }
    return kept.get(name);
  };

  Engine.prototype.file = function (name, kind, read) {
    var engine = this;
    return this.once(name, function () {
      return get(new URL(name, engine.folder), kind).then(function (content) { return read(content, engine.manifest); });
    });
  };

  // The list of a piece: "d" of demands, "p" of places, "l" of very many places.
  Engine.prototype.list = function (mark, piece) {
    var length = Array.from(piece).length;
    return this.table(mark === "l" ? "long" : "pieces", hashOf(piece)).then(function (sections) {
      return listOf(sections, length + (mark === "d" ? COMMON : 0), piece);
    });
  };

  // One of the files of a kind.
  Engine.prototype.table = function (kind, number) {
    return this.file(kind + "-" + (number % this.manifest.files[kind]) + ".bin", "arrayBuffer", readTable);
  };

  Engine.prototype.lines = function (name) {
    return this.file(name, "arrayBuffer", readLines);
  };

  // The pieces that cover a word of two and more characters: { from, piece, mark }. Empty where the word itself is common.
  Engine.prototype.cover = function (letters, common) {
    var longest = this.manifest.longest, count = letters.length;
    function isCommon(from, to) { return to - from <= longest && common.has(letters.slice(from, to).join("")); }
    if (isCommon(0, count)) return [];
    // The shortest piece from a place on, or up to a place, that is not common.
    function rightFrom(from) {
      var to = from + 2;
      while (to - from < longest && isCommon(from, to)) to += 1;
      return to;
    }
    var last = count - 2;
    while (count - last < longest && isCommon(last, count)) last -= 1;
    var spans = [];
    for (var from = 0, to; from < last; from = to) {
      to = rightFrom(from);
      spans.push([from, to]);
      if (to >= count) break;
    }
    if (!spans.length || spans[spans.length - 1][1] < count) spans.push([last, count]);
    return spans.map(function (span) {
      return { from: span[0], piece: letters.slice(span[0], span[1]).join(""), mark: isCommon(span[0], span[1]) ? "l" : "p" };
    });
  };

  // The places where every piece stands at its distance from the first.
  function follow(lists) {
    var order = lists.slice().sort(function (one, other) { return one.list.places.length - other.list.places.length; });
    var places = order[0].list.places.map(function (place) { return place - order[0].from; });
    order.slice(1).forEach(function (one) {
      var others = one.list.places, at = 0;
      places = places.filter(function (place) {
        while (at < others.length && others[at] < place + one.from) at += 1;
        return others[at] === place + one.from;
      });
    });
    return places;
  }

  function edgeAt(list, place) {
    var low = 0, high = list.places.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (list.places[middle] < place) low = middle + 1;
      else high = middle;
    }
    return list.edges[low];
  }

  // Demand → 1 + how well it was met, from places.
  function demandsAt(places, lists, starts, count) {
    var met = new Uint8Array(count);
    var first = lists[0], last = lists[lists.length - 1];
    var text = 0;
    places.forEach(function (place) {
      while (starts[text + 1] <= place) text += 1;
      var whole = edgeAt(first.list, place) & 1 && edgeAt(last.list, place + last.from) & 2 ? 1 : 0;
      var demand = text % count;
      met[demand] = Math.max(met[demand], 1 + (text < count ? 2 : 0) + whole);
    });
    return met;
  }

  Engine.prototype.start = function () {
    return this.file("start.bin", "arrayBuffer", readStart);
  };

  // Demand → 0 where the word is not in its text, else 1 + how well it was met.
  Engine.prototype.word = function (word) {
    var engine = this, count = this.manifest.demands;
    var letters = Array.from(word);
    if (!count) return Promise.resolve(new Uint8Array(0));
    return this.start().then(function (start) {
      var cover = letters.length === 1 ? [] : engine.cover(letters, start.common);
      if (!cover.length) return engine.list("d", word).then(function (bytes) { return readDemands(bytes, count); });
      return Promise.all(cover.map(function (part) {
        return engine.list(part.mark, part.piece).then(function (bytes) { return { from: part.from, list: readPlaces(bytes) }; });
      })).then(function (lists) { return demandsAt(follow(lists), lists, start.starts, count); });
    });
  };

  // Those that every word met: words in the title first, then whole words, then the order of the list, where open ones come first.
  function ranked(mets, count) {
    var most = mets.length, rows = [];
    for (var demand = 0; demand < count; demand += 1) {
      var titles = 0, wholes = 0, word = 0;
      for (; word < most && mets[word][demand]; word += 1) {
        titles += mets[word][demand] > 2 ? 1 : 0;
        wholes += mets[word][demand] % 2 ? 0 : 1;
      }
      if (word < most) continue;
      var row = (most - titles) * (most + 1) + most - wholes;
      (rows[row] = rows[row] || []).push(demand);
    }
    return [].concat.apply([], rows.filter(Boolean));
  }

  Engine.prototype.hits = function (words) {
    var engine = this, count = this.manifest.demands;
    return Promise.all(words.map(function (word) { return engine.word(word); })).then(function (mets) { return ranked(mets, count); });
  };

  // No text holds a traditional character after folding, so the whole table is fetched only when Han characters found nothing.
  Engine.prototype.learnTraditional = function () {
    return this.file("traditional.json", "json", search.learn);
  };

  Engine.prototype.plain = function (text) {
    var engine = this, words = search.words(text);
    return this.hits(words).then(function (hits) {
      if (hits.length || !/[^\x00-\u2fff]/.test(words.join(""))) return { words: words, hits: hits };
      return engine.learnTraditional().then(function () {
        var folded = search.words(text);
        if (folded.join(" ") === words.join(" ")) return { words: words, hits: hits };
        return engine.hits(folded).then(function (again) { return { words: folded, hits: again }; });
      });
    });
  };

  function answer(words, hits, how, pinyin, suggestion) {
    return { words: words, hits: hits, exact: how !== "pinyin", how: how, pinyin: pinyin || [], suggestion: suggestion || null };
  }

  // Those whose text holds every word, best first; apart from them those whose title sounds like it; where there is neither, what else
  // may have been meant.
  Engine.prototype.query = function (text) {
    var engine = this;
    return this.plain(text).then(function (found) {
      var words = found.words, hits = found.hits;
      if (!words.length) return answer(words, hits, "all");
      return search.titlesThatSound(engine, words).then(function (titles) {
        var known = new Set(hits);
        var others = titles.filter(function (demand) { return !known.has(demand); });
        if (hits.length) return answer(words, hits, "text", others);
        if (others.length) return answer(words, others, "pinyin", others);
        return search.suggestionFor(engine, words).then(function (suggestion) { return answer(words, [], "none", [], suggestion); });
      });
    });
  };

  search.open = function (url) {
    var base = new URL(url, document.baseURI);
    return get(base, "json").then(function (manifest) {
      search.learn(manifest.traditional);
      return new Engine(new URL(manifest.folder, base), manifest);
    });
  };
  search.Reader = Reader;
  search.listOf = listOf;
  search.sums = sums;
})();

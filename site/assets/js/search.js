// Finds every demand whose public text contains what was typed, without loading the texts: the lists of a few pieces of each
// word are fetched and compared. How the files are laid out is told in the generator, in `site/search`.
(function () {
  "use strict";

  var jiebang = (window.jiebang = window.jiebang || {});
  var SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
  var COMMON = 16;
  // Traditional character → simplified one. What the texts hold comes with the manifest; the rest when it is needed.
  var simple = Object.create(null);

  // --- folding: the same as `folding.py` ---

  function learn(pairs) {
    var letters = Array.from(pairs);
    for (var at = 0; at + 1 < letters.length; at += 2) simple[letters[at]] = letters[at + 1];
  }

  function foldPiece(piece) {
    var plain = piece.normalize("NFKC").toLowerCase().replace(/\u03c2/g, "\u03c3");
    var folded = "";
    for (var letter of plain) folded += simple[letter] || letter;
    return folded;
  }

  function fold(text) {
    return foldPiece(text).replace(SPACES, " ");
  }

  function wordsOf(text) {
    return fold(text).split(" ").filter(function (word, at, all) { return word && all.indexOf(word) === at; });
  }

  // --- where words stand in a text as it is written ---

  // A Han character or plain ASCII folds by itself; a few others only together with the marks that follow.
  function alone(code) {
    return code < 0x80 || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3001 && code <= 0x3029) || (code >= 0xff01 && code <= 0xff5e);
  }

  function joins(before, letter) {
    if (alone(letter.codePointAt(0))) return false;
    return (before + letter).normalize("NFKC") !== before.normalize("NFKC") + letter.normalize("NFKC") || /^[\u0300-\u036f\u3099\u309a]/.test(letter);
  }

  // The folded text, and for each of its units where the folded piece of the original begins and ends.
  function unfold(text) {
    var folded = "", from = [], to = [], start = 0, piece = "";
    function close(end) {
      if (!piece) return;
      var part = foldPiece(piece).replace(SPACES, " ");
      if (part === " " && folded.slice(-1) === " ") {
        to[to.length - 1] = end;
      } else {
        for (var unit = 0; unit < part.length; unit += 1) {
          from.push(start);
          to.push(end);
        }
        folded += part;
      }
      start = end;
      piece = "";
    }
    var at = 0;
    for (var letter of text) {
      if (piece && joins(piece, letter)) {
        piece += letter;
      } else {
        close(at);
        piece = letter;
      }
      at += letter.length;
    }
    close(at);
    return { text: folded, from: from, to: to };
  }

  // Every place of every word, in the order of the text.
  function placesOf(text, words) {
    var known = unfold(text), places = [];
    words.forEach(function (word) {
      for (var at = known.text.indexOf(word); word && at >= 0; at = known.text.indexOf(word, at + 1)) {
        places.push({ word: word, start: known.from[at], end: known.to[at + word.length - 1] });
      }
    });
    return places.sort(function (one, other) { return one.start - other.start || one.end - other.end; });
  }

  // The ranges [start, end] of a text, as it is written, that the folded words stand at.
  function marks(text, words) {
    return placesOf(text, words).reduce(function (done, place) {
      var last = done[done.length - 1];
      if (last && place.start <= last[1]) last[1] = Math.max(last[1], place.end);
      else done.push([place.start, place.end]);
      return done;
    }, []);
  }

  // --- the piece of a demand's texts that tells best why it was found ---

  // In one line, as the generator's `excerpt` has it.
  function inOneLine(text) {
    return text.trim().replace(/\s+/g, " ").replace(/([。；：，、！？）]) /g, "$1");
  }

  // The stretch of `length` units with the most different words; of several the first.
  function bestStretch(found, length) {
    var best = { words: 0, start: 0, end: 0 };
    found.forEach(function (first, at) {
      var seen = [], end = first.end;
      for (var n = at; n < found.length && found[n].end - first.start <= length; n += 1) {
        if (seen.indexOf(found[n].word) < 0) {
          seen.push(found[n].word);
          end = found[n].end;
        }
      }
      if (seen.length > best.words) best = { words: seen.length, start: first.start, end: end };
    });
    return best;
  }

  // Where to begin before a stretch, so that it reads well: at a sentence, else a clause, else a few characters before it.
  function beginning(text, stretch, length) {
    var room = Math.max(0, Math.min(Math.floor(length / 2), length - (stretch.end - stretch.start)));
    if (stretch.start <= room) return 0;
    var before = text.slice(stretch.start - room, stretch.start);
    var cuts = [/^[^]*[。；！？]/, /^[^]*[，、：:,;]/].map(function (sign) { return sign.exec(before); }).filter(Boolean);
    if (cuts.length) return stretch.start - room + cuts[0][0].length;
    return stretch.start - Math.min(room, 12);
  }

  // No character of two units is cut in half.
  function unbroken(text, at) {
    return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
  }

  // { part, text, marks }: of which part, what to show, and the ranges of it that the words stand at.
  function excerpt(parts, words, length) {
    var best = null;
    parts.forEach(function (part, number) {
      var text = inOneLine(part || "");
      if (!text) return;
      var stretch = bestStretch(placesOf(text, words), length);
      if (!best || stretch.words > best.stretch.words) best = { part: number, text: text, stretch: stretch };
    });
    if (!best) return { part: -1, text: "", marks: [] };
    var start = unbroken(best.text, beginning(best.text, best.stretch, length));
    var end = unbroken(best.text, start + length);
    var cut = (start ? "…" : "") + best.text.slice(start, end).trim() + (end < best.text.length ? "…" : "");
    return { part: best.part, text: cut, marks: marks(cut, words) };
  }

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

  // Piece → bytes of its list, of demands under "d", of places under "p".
  function readPieces(buffer) {
    var reader = new Reader(new Uint8Array(buffer));
    var found = new Map();
    reader.at = 4;
    while (reader.at < reader.bytes.length) {
      var kind = reader.bytes[reader.at++];
      var length = kind % COMMON, mark = kind >= COMMON ? "d" : "p";
      var count = reader.number();
      var letters = Array.from(reader.text(reader.number()));
      var sizes = [];
      for (var n = 0; n < count; n += 1) sizes.push(reader.number());
      for (var i = 0; i < count; i += 1) {
        found.set(mark + letters.slice(i * length, (i + 1) * length).join(""), reader.bytes.subarray(reader.at, reader.at + sizes[i]));
        reader.at += sizes[i];
      }
    }
    return found;
  }

  function readStart(buffer, manifest) {
    var reader = new Reader(new Uint8Array(buffer));
    var count = manifest.demands * 2;
    // Where each title, then each other text, begins.
    var starts = new Uint32Array(count + 1);
    for (var n = 0; n < count; n += 1) starts[n + 1] = starts[n] + reader.number() * manifest.block;
    var common = new Set(), before = "";
    var lines = reader.text(reader.bytes.length - reader.at);
    if (lines) lines.split("\n").forEach(function (line) {
      before = Array.from(before).slice(0, Number(line[0])).join("") + line.slice(1);
      common.add(before);
    });
    return { starts: starts, common: common };
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

  function fileOf(piece, files) {
    var hash = 2166136261;
    for (var letter of piece) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
    return ((hash ^ (hash >>> 15)) >>> 0) % files;
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

  Engine.prototype.list = function (mark, piece) {
    return this.file(fileOf(piece, this.manifest.files) + ".bin", "arrayBuffer", readPieces).then(function (pieces) {
      return pieces.get(mark + piece);
    });
  };

  // The pieces that cover a word of two and more characters: [first character, piece]. Empty where the word itself is common.
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
    return spans.map(function (span) { return [span[0], letters.slice(span[0], span[1]).join("")]; });
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
        return engine.list("p", part[1]).then(function (bytes) { return { from: part[0], list: readPlaces(bytes) }; });
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

  // No text holds a traditional character after folding, so the whole table is fetched when a Han character found nothing.
  Engine.prototype.learnTraditional = function () {
    return this.file("traditional.json", "json", learn);
  };

  Engine.prototype.query = function (text) {
    var engine = this, words = wordsOf(text);
    if (!words.length) {
      return this.hits([]).then(function (hits) { return answer([], hits, "all"); });
    }
    return this.hits(words).then(function (hits) {
      if (hits.length || !/[^\x00-\u2fff]/.test(words.join(""))) return answer(words, hits, hits.length ? "text" : "none");
      return engine.learnTraditional().then(function () {
        var folded = wordsOf(text);
        if (folded.join(" ") === words.join(" ")) return answer(words, hits, "none");
        return engine.hits(folded).then(function (again) { return answer(folded, again, again.length ? "text" : "none"); });
      });
    });
  };

  function answer(words, hits, how) {
    return { words: words, hits: hits, exact: how !== "pinyin", how: how, pinyin: [], suggestion: null };
  }

  function open(url) {
    var base = new URL(url, document.baseURI);
    return get(base, "json").then(function (manifest) {
      learn(manifest.traditional);
      return new Engine(new URL(manifest.folder, base), manifest);
    });
  }

  jiebang.search = { open: open, fold: fold, marks: marks, excerpt: excerpt };
})();

// Texts as search sees them: folded, split into words, marked where words stand, and cut to the piece that tells most.
(function () {
  "use strict";

  var jiebang = (window.jiebang = window.jiebang || {});
  var SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
  // Traditional character → simplified one. What the texts hold comes with the manifest; the rest when it is needed.
  var simple = Object.create(null);
  // Pieces folded one by one before: texts repeat their characters.
  var pieces = new Map();
  // Texts unfolded before: while a word is typed, the same demands are shown again and again.
  var MOST_UNFOLDED = 1000;
  var unfolded = new Map();

  // --- folding: the same as `folding.py` ---

  function learn(pairs) {
    var letters = Array.from(pairs);
    for (var at = 0; at + 1 < letters.length; at += 2) simple[letters[at]] = letters[at + 1];
    pieces.clear();
    unfolded.clear();
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
      var part = pieces.get(piece);
      if (part === undefined) pieces.set(piece, (part = fold(piece)));
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

  function unfoldOnce(text) {
    var known = unfolded.get(text);
    if (known === undefined) {
      if (unfolded.size >= MOST_UNFOLDED) unfolded.clear();
      unfolded.set(text, (known = unfold(text)));
    }
    return known;
  }

  // Every place of every word, in the order of the text.
  function placesOf(text, words) {
    var folded = unfolded.has(text) ? unfolded.get(text).text : fold(text), places = [];
    if (!words.some(function (word) { return word && folded.includes(word); })) return places;
    var known = unfoldOnce(text);
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

  jiebang.search = { fold: fold, words: wordsOf, marks: marks, excerpt: excerpt, learn: learn };
})();

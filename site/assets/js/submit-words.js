// Texts: how long they are, how they read in one width and case, and what in them nobody can see.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  // The same characters that the reader of records refuses; a test holds the two together.
  var INVISIBLE = new RegExp(
    "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160\\u180e" +
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ud800-\\uf8ff\\ufeff\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff\\u{110bd}\\u{110cd}" +
    "\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}\\u{f0000}-\\u{10ffff}]", "u"
  );
  var EVERY = new RegExp(INVISIBLE.source, "gu");

  function wide(text) {
    return text.normalize("NFKC");
  }

  // Characters as people count them: a rare character is one, not two.
  function count(text) {
    return Array.from(text).length;
  }

  // 字数: white space is not counted.
  function written(text) {
    return count((text || "").replace(/\s/g, ""));
  }

  function describe(character) {
    var code = character.codePointAt(0);
    var name = "看不见的字符";
    if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || [0x200e, 0x200f, 0x061c].indexOf(code) >= 0) {
      name = "双向文字控制符";
    } else if (code === 0xfeff) name = "字节顺序标记（BOM）";
    else if ([0x200b, 0x200c, 0x200d, 0x2060].indexOf(code) >= 0) name = "零宽字符";
    else if ((code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000) name = "私用区字符，多半来自 Word 的特殊符号";
    else if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) name = "控制字符";
    return "U+" + ("000" + code.toString(16).toUpperCase()).slice(-Math.max(4, code.toString(16).length)) + "（" + name + "）";
  }

  // Within one slip of each other: one character more, less, or another.
  function near(one, other) {
    var a = Array.from(one), b = Array.from(other);
    if (Math.abs(a.length - b.length) > 1) return false;
    var start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    var end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    return a.length - start - end <= 1 && b.length - start - end <= 1;
  }

  S.words = {
    wide: wide,
    count: count,
    written: written,
    near: near,
    describe: describe,
    invisible: function (text) {
      var found = INVISIBLE.exec(text);
      return found ? found[0] : null;
    },
    withoutInvisible: function (text) { return text.replace(EVERY, ""); },
  };
})();

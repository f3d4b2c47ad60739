// A hidden enterprise's own names in its public texts: whole, without legal form and place, and its other names.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  var FORMS = ["有限责任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "总公司", "分公司", "公司", "企业集团", "集团", "控股", "股份", "总厂", "厂"];
  var ENGLISH = ["companylimited", "coltd", "ltd", "limited", "inc", "corporation", "corp", "company", "group", "holdings"];
  var COMMON = ["www", "com", "cn", "net", "org", "gov", "edu", "co", "io", "cc", "example"];
  var PLACES = /(?:经济技术开发区|开发区|自治区|自治州|新区|省|市|区|县|州|镇)$/;

  // Letters and digits only, so that signs put between them hide nothing.
  function fold(text) {
    return S.contacts.seen(text).replace(/[\s!-/:-@[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20·•・–—★☆]/g, "");
  }

  function han(text) {
    return (text.match(/[\u3400-\u9fff]/g) || []).length;
  }

  function without(text, ends, atStart) {
    var hit = ends.filter(function (end) {
      return text.length - end.length >= 2 && (atStart ? text.indexOf(end) === 0 : text.slice(-end.length) === end);
    })[0];
    if (!hit) return text;
    return without(atStart ? text.slice(hit.length) : text.slice(0, -hit.length), ends, atStart);
  }

  function placeWords(model, enterprise) {
    var place = enterprise.registered_place || {};
    var words = [place.province, place.city, place.county, model.city].concat(model.districts.map(function (d) { return d.name; }));
    var all = [];
    words.filter(Boolean).forEach(function (word) {
      var whole = fold(word), bare = whole.replace(PLACES, "");
      all.push(whole);
      if (bare.length >= 2) all.push(bare);
    });
    return all.sort(function (a, b) { return b.length - a.length; });
  }

  function chinese(name, places) {
    var whole = fold(name), open = fold(name.replace(/[(（【〔[][^)）】〕\]]*[)）】〕\]]/g, ""));
    var parts = [];
    [whole, open].forEach(function (text) {
      var bare = without(text, FORMS);
      parts.push(text, bare, without(bare, places, true));
    });
    return parts;
  }

  // [way to name it, title of the field it comes from]
  function variants(model, enterprise) {
    var places = placeWords(model, enterprise);
    var aliases = enterprise.aliases || {};
    var titles = model.kinds.enterprise.properties;
    var found = [];
    function add(parts, title) {
      parts.forEach(function (part) { if (part.length >= 2 && places.indexOf(part) < 0) found.push([part, title]); });
    }
    function each(name, make) {
      (aliases[name] || []).forEach(function (one) { add(make(one), titles.aliases.properties[name].title); });
    }
    if (enterprise.name) add(chinese(enterprise.name, places), titles.name.title);
    each("short_names", function (name) { return chinese(name, places); });
    each("former_names", function (name) { return chinese(name, places); });
    each("english_names", function (name) { return [fold(name), without(fold(name), ENGLISH)]; });
    each("brands", function (name) { return [fold(name), fold(name).replace(/牌$/, "")]; });
    each("domains", function (name) {
      return [fold(name)].concat(name.toLowerCase().split(/[./:@]+/).filter(function (label) { return label && COMMON.indexOf(label) < 0; }));
    });
    if (enterprise.credit_code) add([fold(enterprise.credit_code)], titles.credit_code.title);
    return found;
  }

  // The first of an enterprise's names in a text: its field's title and whether it is too short to prove anything; null for none.
  S.nameIn = function (text, model, enterprise) {
    var folded = fold(text);
    var hits = variants(model, enterprise).filter(function (one) { return folded.indexOf(one[0]) >= 0; });
    hits.sort(function (a, b) { return b[0].length - a[0].length; });
    if (!hits.length) return null;
    var text0 = hits[0][0];
    return { title: hits[0][1], short: han(text0) ? text0.length < 3 : text0.length < 6 };
  };
})();

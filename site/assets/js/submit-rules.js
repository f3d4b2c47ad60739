// What a schema cannot say, as far as one submission can tell: credit codes, sizes, counts, dates, declarations.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  // GB 32100-2015
  var ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  var WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  var LOOKALIKES = [["I", "数字 1"], ["O", "数字 0"], ["Z", "数字 2"], ["S", "数字 5"], ["V", "字母 U 或 Y"]];
  // GB 11714
  var INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
  var TIERS = ["微型", "小型", "中型", "大型"];
  var LARGE = 3;
  var PROFILE = 500;
  var APPLICATION = 6000;

  function places(code, wanted) {
    var found = [];
    Array.from(code).forEach(function (character, place) { if (wanted(character)) found.push(place + 1); });
    return found.join("、");
  }

  function creditCode(typed) {
    var found = [];
    var wide = places(typed, function (c) { return S.words.wide(c) !== c; });
    if (wide) found.push(["第 " + wide + " 位是全角字符。", "改成半角。"]);
    var code = S.words.wide(typed);
    if (/[\s-]/.test(code)) {
      found.push(["中间有空格或连字符。", "连着写，不加空格。"]);
      code = code.replace(/[\s-]/g, "");
    }
    var small = places(code, function (c) { return /[a-z]/.test(c); });
    if (small) {
      found.push(["第 " + small + " 位是小写字母。", "字母改成大写。"]);
      code = code.toUpperCase();
    }
    LOOKALIKES.forEach(function (pair) {
      var where = places(code, function (c) { return c === pair[0]; });
      if (!where) return;
      found.push(["第 " + where + " 位是字母 " + pair[0] + "，代码中不使用这个字母。", "多半是" + pair[1] + "，请对照营业执照核对。"]);
      if (pair[1].indexOf("数字") === 0) code = code.split(pair[0]).join(pair[1].slice(-1));
    });
    var strange = places(code, function (c) { return !/[0-9A-Z]/.test(c); });
    if (strange) found.push(["第 " + strange + " 位不是数字或字母。", "对照营业执照重新输入。"]);
    var length = S.words.count(code);
    if (length !== 18) found.push(["现在是 " + length + " 位，应为 18 位。", "对照营业执照补齐或删去多余的字符。"]);
    return found.length ? found : checkCharacters(code);
  }

  function sum(code, weights, value) {
    return weights.reduce(function (total, weight, place) { return total + weight * value(code[place]); }, 0);
  }

  function checkCharacters(code) {
    var known = /^[0-9]{8}/.test(code) && Array.from(code).every(function (c) { return ALPHABET.indexOf(c) >= 0; });
    if (!known) return [["代码的组成不符合 GB 32100-2015（第 1—8 位应为登记管理部门、机构类别和行政区划代码）。", "对照营业执照核对。"]];
    var last = ALPHABET[(31 - sum(code, WEIGHTS, function (c) { return ALPHABET.indexOf(c); }) % 31) % 31];
    if (code[17] !== last) return [["校验位（第 18 位）应为 " + last + "。", "前 17 位或最后一位有误，请对照营业执照核对。"]];
    var inner = sum(code.slice(8), INNER_WEIGHTS, function (c) { return parseInt(c, 36); });
    if (code[16] !== "0123456789X"[(11 - inner % 11) % 11]) {
      return [["第 9—17 位（组织机构代码）自身的校验位不对。", "这几位中有输错的，请对照营业执照核对。"]];
    }
    return [];
  }

  function sizeInGroup(bounds, figures) {
    var names = { assets: "资产总额", revenue: "营业收入", employees: "从业人员" };
    var lacking = [];
    var highest = LARGE;
    Object.keys(bounds).forEach(function (name) {
      if (figures[name] === null || figures[name] === undefined) {
        lacking.push(names[name]);
        return;
      }
      var tier = ["small", "medium", "large"].filter(function (bound) { return figures[name] >= bounds[name][bound]; }).length;
      highest = Math.min(highest, tier);
    });
    return { lowest: lacking.length ? 0 : highest, highest: highest, reason: lacking.length ? "缺少" + lacking.join("、") : "" };
  }

  function unique(list) {
    return list.filter(function (one, place) { return list.indexOf(one) === place; });
  }

  // 工信部联企业〔2011〕300号: null where the standard does not cover the division, else the range that the figures leave.
  function size(model, code, group, figures) {
    var known = model.divisions[code].sizes;
    var split = known[""] === undefined;
    var one = split ? (group && known[group] !== undefined ? group : null) : "";
    var candidates = one === null ? unique(Object.keys(known).map(function (key) { return known[key]; })) : [known[one]];
    var reason = one === null ? "该大类按中类划型，缺少三位数的中类代码" : "";
    var covered = candidates.filter(Boolean).sort().map(function (name) { return sizeInGroup(model.sizes[name], figures); });
    if (!covered.length) return null;
    if (candidates.indexOf(null) >= 0) return { lowest: 0, highest: LARGE, reason: reason };
    var lowest = Math.min.apply(null, covered.map(function (s) { return s.lowest; }));
    var highest = Math.max.apply(null, covered.map(function (s) { return s.highest; }));
    return { lowest: lowest, highest: highest, reason: lowest === highest ? "" : reason || covered[0].reason };
  }

  function figure(text) {
    return text === undefined || !/^-?[0-9]{1,18}(\.[0-9]{1,9})?$/.test(text) ? null : Number(text);
  }

  function sizeOf(model, enterprise) {
    var industry = enterprise.industry || {};
    if (!model.divisions[industry.code]) return undefined;
    return size(model, industry.code, industry.group, {
      employees: figure(enterprise.employees),
      revenue: figure(enterprise.revenue),
      assets: figure(enterprise.total_assets),
    });
  }

  function sizeTroubles(model, enterprise) {
    var found = sizeOf(model, enterprise);
    var declared = enterprise.size;
    if (found === undefined) return [];
    if (found && found.lowest === LARGE) return [["R331", "error", "按从业人数、营业收入和所属行业计算，这家企业是大型，不能揭榜。", "核对从业人数、营业收入和所属行业。"]];
    if (declared === "大型") return [["R331", "error", "企业自己填的规模是大型，不能揭榜。", "核对从业人数、营业收入和所属行业。"]];
    if (!found) return [["R332", "warning", "不能判定是否中小企业：划型标准没有规定这个行业。", "由区经信部门人工认定。"]];
    if (found.highest === LARGE) return [["R332", "warning", "不能判定是否中小企业：" + found.reason + "。", "补填资产总额或三位数的行业中类。"]];
    var tier = TIERS.indexOf(declared);
    if (tier >= 0 && (tier < found.lowest || tier > found.highest)) {
      return [["R333", "warning", "按数据计算应为" + TIERS.slice(found.lowest, found.highest + 1).join("、") + "。", "核对数据（单位：万元、人），或改正企业规模。"]];
    }
    return [];
  }

  S.rules = {
    creditCode: creditCode,
    size: size,
    sizeOf: sizeOf,
    sizeTroubles: sizeTroubles,
    TIERS: TIERS,
    PROFILE: PROFILE,
    APPLICATION: APPLICATION,
  };
})();

// Judges a record by its schema: the same verdicts, under the same codes, as `jiebang check` gives on the finished file.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  var NUMBER = /^-?[0-9]{1,18}(?:\.[0-9]{1,9})?$/;
  var INTEGER = /^-?[0-9]{1,18}$/;
  var EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/;
  var patterns = {};

  function matches(pattern, text) {
    patterns[pattern] = patterns[pattern] || new RegExp(pattern, "u");
    return patterns[pattern].test(text);
  }

  function isDay(text) {
    var parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (!parts) return false;
    var day = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
    // Years before 100 would be taken for 19xx; nobody registers then.
    return +parts[1] >= 100 && day.getUTCMonth() === +parts[2] - 1 && day.getUTCDate() === +parts[3];
  }

  function example(schema) {
    return schema.example === undefined ? "" : "例如“" + schema.example + "”。";
  }

  function numberSlip(text) {
    var folded = S.words.wide(text).trim();
    if (/^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(folded)) return "去掉千分位逗号" + (folded === text ? "。" : "，数字改成半角。");
    if (folded !== text && NUMBER.test(folded)) return "数字改成半角，去掉空格。";
    if (/^-?[0-9.,]+\s*[^0-9]+$/.test(folded)) return "只写数字，不写单位；单位已由表格规定。";
    return "";
  }

  function patternSlip(text, pattern) {
    var tight = text.replace(/\s/g, "");
    var digits = { O: "0", I: "1", L: "1" };
    var tries = [
      [S.words.wide(text), "全角字符改成半角。"],
      [tight, "删去其中的空格。"],
      [text.replace(/[OIL]/g, function (letter) { return digits[letter]; }), "编号里不用字母 O、I、L、U，多半是数字 0 或 1，请核对。"],
      [text.toUpperCase(), "字母改成大写。"],
      [text.toLowerCase(), "字母改成小写。"],
      [S.words.wide(tight).toUpperCase(), "改成半角大写，并删去空格。"],
    ];
    var hit = tries.filter(function (one) { return one[0] !== text && matches(pattern, one[0]); })[0];
    return hit ? hit[1] : "";
  }

  function blank(text) {
    return text.trim() === "" ? ["S206", "这一项是空的。", "填写内容；不是必填的可以清空。"] : null;
  }

  function dateTrouble(text) {
    if (isDay(text)) return null;
    var shaped = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text);
    return ["S209", shaped ? "不是真实存在的日期。" : "应为“年-月-日”。", "例如 2024-07-10。"];
  }

  function lengthTrouble(schema, text) {
    var length = S.words.count(text);
    if (length < schema.minLength) return blank(text) || ["S206", "现在有 " + length + " 个字符，至少要 " + schema.minLength + " 个。", "补全内容。"];
    if (length > schema.maxLength) {
      return ["S207", "现在有 " + length + " 个字符，最多 " + schema.maxLength + " 个。", "精简到 " + schema.maxLength + " 个字符以内。"];
    }
    return null;
  }

  function patternTrouble(schema, text) {
    if (!schema.pattern || matches(schema.pattern, text)) return null;
    if (text.indexOf("\n") >= 0 && schema.pattern.indexOf("\\n") >= 0) return ["S208", "这一项应写在一行之内，现在有多行。", "合并成一行。"];
    return blank(text) || ["S208", "格式不对。" + schema.description, patternSlip(text, schema.pattern) || example(schema)];
  }

  function textTrouble(schema, text) {
    if (schema.const !== undefined) return text === schema.const ? null : ["S205", "这一项应为“" + schema.const + "”。", ""];
    if (schema.enum) return schema.enum.indexOf(text) >= 0 ? null : ["S204", "应为以下之一：" + schema.enum.join("、") + "。", "从这些选项中选择一个。"];
    if (schema.format === "date") return dateTrouble(text);
    var trouble = lengthTrouble(schema, text) || patternTrouble(schema, text);
    if (!trouble && schema.format === "email" && !EMAIL.test(text)) {
      return ["S209", "不是完整的邮箱地址。", "写成 name@example.com 的样子，用半角字符。"];
    }
    return trouble;
  }

  function numberTrouble(schema, text) {
    var whole = schema.type === "integer";
    if (!(whole ? INTEGER : NUMBER).test(text)) return ["S201", whole ? "应为整数。" : "应为数字。", numberSlip(text) || example(schema)];
    if (Number(text) < schema.minimum) return ["S210", "不能小于 " + schema.minimum + "。", "核对数值和单位。"];
    if (Number(text) > schema.maximum) return ["S210", "不能大于 " + schema.maximum + "。", "核对数值和单位。"];
    return null;
  }

  function valueTrouble(schema, text) {
    var unseen = S.words.invisible(text);
    if (unseen) return ["Y103", "有看不见的字符 " + S.words.describe(unseen) + "。", "删除这个字符；从网页或 Word 粘贴的文字里常有。"];
    return schema.type === "number" || schema.type === "integer" ? numberTrouble(schema, text) : textTrouble(schema, text);
  }

  function listTrouble(schema, values) {
    if (values.length < schema.minItems) return ["S211", "至少要有 " + schema.minItems + " 条。", "补上一条。"];
    if (values.length > schema.maxItems) return ["S211", "现在有 " + values.length + " 条，最多 " + schema.maxItems + " 条。", "删减条目。"];
    var seen = values.map(function (value) { return JSON.stringify(value); });
    var twice = seen.some(function (value, place) { return seen.indexOf(value) !== place; });
    return schema.uniqueItems && twice ? ["S212", "列表里有重复的内容。", "删除重复的一条。"] : null;
  }

  function missing(of) {
    if (of.enum || of.type === "array") return ["S202", "请选择“" + of.title + "”。", ""];
    return ["S202", "请填写“" + of.title + "”。", example(of)];
  }

  function walk(schema, value, path, found) {
    function add(at, of, trouble) {
      if (trouble) found.push({ code: trouble[0], severity: "error", path: at, title: of.title, message: trouble[1], hint: trouble[2] });
    }
    if (schema.properties) {
      (schema.required || []).forEach(function (name) {
        var of = schema.properties[name];
        if (value[name] === undefined && of) add(path.concat(name), of, missing(of));
      });
      Object.keys(schema.properties).forEach(function (name) {
        if (value[name] !== undefined) walk(schema.properties[name], value[name], path.concat(name), found);
      });
    } else if (Array.isArray(value)) {
      add(path, schema, listTrouble(schema, value));
      value.forEach(function (item, place) { walk(schema.items, item, path.concat(place), found); });
    } else if (typeof value === "string") {
      add(path, schema, valueTrouble(schema, value));
    }
  }

  // Everything in a record that its schema refuses, each field once.
  S.check = function (schema, record) {
    var found = [];
    walk(schema, record, [], found);
    return found;
  };
  S.isDay = isDay;
})();

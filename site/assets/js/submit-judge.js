// Everything that can be said of one submission, each finding with the name of its control: by the schemas, by the rules, by the texts.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  var TEXTS = ["title", "summary", "parameters", "effect", "schedule", "cooperation.note"];

  function at(record, path) {
    return path.split(".").reduce(function (value, step) { return value === undefined ? undefined : value[step]; }, record);
  }

  function finding(code, severity, name, title, message, hint) {
    return { code: code, severity: severity, name: name, title: title, message: message, hint: hint || "" };
  }

  // The control of a place in a record; rows that were removed leave gaps in the controls' numbers.
  function controlName(one, path) {
    var name = one.prefix + path[0];
    for (var step = 1; step < path.length; step += 1) {
      var rows = one.rows[path.slice(0, step).join(".")];
      if (typeof path[step] !== "number") name += "." + path[step];
      else if (rows) name += "." + rows[path[step]];
    }
    return name;
  }

  function bySchema(model, one) {
    return S.check(model.kinds[one.kind], one.record).map(function (found) {
      var name = controlName(one, found.path);
      if (name === one.prefix + "dates.submitted" || name === one.prefix + "dates") return null;
      // The name follows the code that is picked.
      if (name === one.prefix + "industry.name") return null;
      return finding(found.code, found.severity, name, found.title, found.message, found.hint);
    }).filter(Boolean);
  }

  function codes(one, titles) {
    var found = [];
    function look(path, code) {
      if (!code || S.words.invisible(code)) return;
      S.rules.creditCode(code).forEach(function (slip) {
        found.push(finding("R311", "error", controlName(one, path), titles.credit_code.title, slip[0], slip[1]));
      });
    }
    look(["credit_code"], one.record.credit_code);
    (one.record.affiliates || []).forEach(function (row, place) { look(["affiliates", place, "credit_code"], row.credit_code); });
    return found;
  }

  function county(model, enterprise) {
    var place = enterprise.registered_place || {};
    var names = model.districts.map(function (district) { return district.name; });
    if (!place.county || place.city !== model.city || names.indexOf(place.county) >= 0) return [];
    var near = names.filter(function (name) { return S.words.near(name, place.county); })[0];
    if (!near) return [];
    return [finding("R323", "error", "enterprise.registered_place.county", "注册地所在县", "区划表中没有这个名称的区县。", "是不是“" + near + "”？")];
  }

  function ofEnterprise(model, one, submitted) {
    var e = one.record;
    var found = codes(one, model.kinds.enterprise.properties).concat(county(model, e));
    var group = e.industry && e.industry.group;
    if (group && /^[0-9]{3}$/.test(group) && model.divisions[e.industry.code].sizes[group] === undefined) {
      found.push(finding("R322", "error", "enterprise.industry.group", "行业中类代码", "这个中类不属于大类 " + e.industry.code + "。", "核对 GB/T 4754-2017 的中类代码。"));
    }
    if (model.role === "中小企业") {
      S.rules.sizeTroubles(model, e).forEach(function (t) { found.push(finding(t[0], t[1], "enterprise.size", "企业规模", t[2], t[3])); });
      var count = S.words.written(e.profile);
      if (count > S.rules.PROFILE) {
        found.push(finding("R371", "error", "enterprise.profile", "企业概况", "现在有 " + count + " 字，最多 " + S.rules.PROFILE + " 字。", "精简到 " + S.rules.PROFILE + " 字以内。"));
      }
      if (e.registered_on && submitted && e.registered_on > submitted) {
        found.push(finding("R365", "error", "enterprise.registered_on", "注册时间", "注册时间晚于申请的报送日期。", "核对注册时间。"));
      }
    }
    if (!e.stamped) found.push(finding("R383", "warning", "enterprise.stamped", "盖章", "纸质表格还没有盖章。", "盖章后打勾；先生成文件、之后盖章也可以。"));
    return found;
  }

  function inText(model, one, path, enterprise) {
    var text = at(one.record, path);
    if (!text) return [];
    var found = [];
    function add(code, severity, message, hint) {
      var steps = path.split(".");
      var title = steps.reduce(function (schema, step) { return schema.properties[step]; }, model.kinds.demand).title;
      found.push(finding(code, severity, one.prefix + path, title, message, hint));
    }
    var named = enterprise && enterprise.disclosure !== "公开" ? S.nameIn(text, model, enterprise) : null;
    if (named && !named.short) add("R401", "warning", "含有本企业“" + named.title + "”的一种写法，企业名称却不公开。", "改为“本企业”“发榜方”。");
    if (named && named.short) add("R405", "warning", "含有与本企业“" + named.title + "”的简短写法相同的词。", "确是指企业的，改掉。");
    S.contacts.find(text).forEach(function (kind) { add("R402", "warning", "像是" + kind + "。这里的文字会公开，一经公开就收不回来。", "删去联系方式；揭榜通过主管部门联系。"); });
    S.contacts.people(text).forEach(function (kind) { add("R403", "warning", kind[0], kind[1]); });
    if (S.contacts.marked(text)) add("R404", "error", "有密级标志，或“内部资料”“不得外传”一类的字样。", "所有需求均不得涉密。立即停止填写，按保密规定处理这份材料；确属误用的字样，删去它。");
    return found;
  }

  function ofDemand(model, one, enterprise, round) {
    var found = [];
    TEXTS.forEach(function (path) { found = found.concat(inText(model, one, path, enterprise)); });
    if (!one.record.no_secrets) found.push(finding("R381", "error", one.prefix + "no_secrets", "不涉密声明", "还没有声明不涉密。", "所有需求均不得涉密；确认后打勾。"));
    if (one.record.type && round && round.types.length && round.types.indexOf(one.record.type) < 0) {
      found.push(finding("R393", "error", one.prefix + "type", "需求类型", "本轮的需求类型是：" + round.types.join("、") + "。", "改为本轮的需求类型。"));
    }
    return found;
  }

  function ofApplication(one, others, submitted) {
    var record = one.record;
    var found = [];
    if (!record.no_affiliation) found.push(finding("R382", "error", one.prefix + "no_affiliation", "无关联关系声明", "还没有声明无关联关系。", "关联企业不得揭榜；核实后打勾。"));
    if (!record.stamped) found.push(finding("R383", "warning", one.prefix + "stamped", "盖章", "申请书还没有盖章。", "盖章后打勾；先生成文件、之后盖章也可以。"));
    if (others.some(function (other) { return other.record.demand && other.record.demand === record.demand; })) {
      found.push(finding("R341", "error", one.prefix + "demand", "揭榜需求", "前面的事项已经揭过这项需求。", "一家中小企业对一项需求只报一份申请。"));
    }
    var plan = record.plan || {};
    var count = [record.profile, record.capability, record.cooperation].concat(Object.keys(plan).map(function (part) { return plan[part]; }))
      .reduce(function (sum, text) { return sum + S.words.written(text); }, 0);
    if (count > S.rules.APPLICATION) {
      found.push(finding("R372", "warning", one.prefix + "plan.team", "申请书", "各部分合计 " + count + " 字，原则上不超过 " + S.rules.APPLICATION + " 字。", "精简各部分；确有必要的可以保留。"));
    }
    if (submitted && one.linked.from && submitted < one.linked.from) {
      found.push(finding("R363", "error", "submitted", "报送日期", "早于所揭需求的发榜日期（" + one.linked.from + "）。", "核对报送日期。"));
    } else if (submitted && one.linked.until && submitted > one.linked.until) {
      found.push(finding("R363", "error", "submitted", "报送日期", "晚于所揭需求的揭榜截止日期（" + one.linked.until + "）。", "核对报送日期。"));
    }
    return found;
  }

  function ofPlace(model, all) {
    var found = [];
    if (!all.round) found.push(finding("S202", "error", "round", "轮次", "请选择轮次。"));
    if (!all.district) found.push(finding("S202", "error", "district", "所在区", "请选择所在区。"));
    if (!all.submitted) found.push(finding("S202", "error", "submitted", "报送日期", "请填写报送日期。"));
    else if (!S.isDay(all.submitted)) found.push(finding("S209", "error", "submitted", "报送日期", "应为真实存在的“年-月-日”。", "例如 2024-07-10。"));
    else if (all.round && (all.submitted < all.round.opens || all.submitted > all.round.closes)) {
      found.push(finding("R361", "error", "submitted", "报送日期", "不在本轮的 " + all.round.opens + " 至 " + all.round.closes + " 之间。", "核对年份。"));
    }
    if (all.known && !/^E-[0-9A-HJKMNP-TV-Z]{8}$/.test(all.knownId)) {
      found.push(finding("S208", "error", "known_id", "企业编号", all.knownId ? "格式不对。" : "请填写“企业编号”。", "例如“E-4Q8ZK2MW”。"));
    }
    return found;
  }

  // `all`: what submit-form.js reads from the page. What the schema refuses at a control is all that is said of it: rules judge
  // what is left, as they do in the check.
  S.judge = function (model, all) {
    var shapes = [], rules = ofPlace(model, all);
    if (all.enterprise) {
      shapes = bySchema(model, all.enterprise);
      rules = rules.concat(ofEnterprise(model, all.enterprise, all.submitted));
    }
    all.ones.forEach(function (one, place) {
      shapes = shapes.concat(bySchema(model, one));
      if (one.kind === "demand") rules = rules.concat(ofDemand(model, one, all.enterprise && all.enterprise.record, all.round));
      else rules = rules.concat(ofApplication(one, all.ones.slice(0, place), all.submitted));
    });
    var refused = shapes.map(function (one) { return one.name; });
    return shapes.concat(rules.filter(function (one) { return refused.indexOf(one.name) < 0; }));
  };
})();

// What the public will see of a demand: the card of the lists and the texts of its page. Nothing chosen yet means hidden.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // The demand without what follows from what its enterprise asks to withhold.
  function shown(one, who) {
    var record = Object.assign({}, one.record);
    who.also.forEach(function (path) { if (path.indexOf("demand.") === 0) delete record[path.slice(7)]; });
    return record;
  }

  function card(model, one, who) {
    var record = shown(one, who);
    var item = element("div", "card");
    var top = element("div", "card-top");
    top.append(element("span", "state state-published", "已发榜"), element("span", "code", "代码待定"));
    if (record.type) top.append(element("span", "kind", record.type));
    var line = element("p", "card-who");
    line.append(element("span", who.name ? "who" : "who who-hidden", who.name || model.words.anonymous));
    [who.district, who.industry, record.field].filter(Boolean).forEach(function (word) { line.append(element("span", "", word)); });
    item.append(top, element("h3", "card-title", record.title || "（还没有需求名称）"), element("p", "card-text", record.summary || ""), line);
    return item;
  }

  // Of a hidden enterprise the section of its industry, less where it asks for less.
  function whoIs(model, all) {
    var enterprise = all.enterprise ? all.enterprise.record : {};
    var open = enterprise.disclosure === "公开";
    var withheld = open ? [] : enterprise.withhold || [];
    var also = [].concat.apply([], withheld.map(function (one) { return model.also[one] || []; }));
    var division = model.divisions[(enterprise.industry || {}).code];
    var industry = "";
    if (withheld.indexOf("industry") >= 0) industry = model.words.noIndustry;
    else if (division) industry = open ? division.name : model.sections[division.section];
    return {
      open: open,
      also: also,
      name: open ? enterprise.name : null,
      nature: withheld.indexOf("nature") >= 0 ? "" : enterprise.nature || "",
      industry: industry,
      district: withheld.indexOf("district") >= 0 ? model.words.noDistrict : all.district ? all.district.name : "",
    };
  }

  function part(list, title, text) {
    if (!text) return;
    var row = element("div");
    row.append(element("dt", "", title), element("dd", "pre", text));
    list.append(row);
  }

  function texts(model, one, who) {
    var record = shown(one, who), schema = model.kinds.demand.properties;
    var list = element("dl", "preview-texts");
    ["summary", "parameters", "effect", "schedule"].forEach(function (name) { part(list, schema[name].title, record[name]); });
    var cooperation = record.cooperation || {};
    part(list, schema.cooperation.title, [(cooperation.modes || []).join("、"), cooperation.note].filter(Boolean).join("\n"));
    part(list, model.kinds.enterprise.properties.nature.title, who.nature);
    part(list, schema.category.title, record.category);
    return list;
  }

  S.preview = function (target, model, all) {
    target.replaceChildren();
    if (model.repeated !== "demand") {
      target.append(element("p", "", "揭榜申请和企业情况的内容都不公开，申请书只提供给发榜企业。"));
      target.append(element("p", "note", "轮次允许时，网站只公布每项需求收到几份申请；数量太少时也不公布。"));
      return;
    }
    var who = whoIs(model, all);
    if (all.known) target.append(element("p", "note", "企业名称是否显示，以上次报送时的选择为准；这里按不公开显示。"));
    else if (!who.open) target.append(element("p", "note", all.enterprise.record.disclosure ? "企业选择不公开名称。" : "还没有选择是否公开企业名称，按不公开显示。"));
    all.ones.forEach(function (one) {
      var box = element("div", "preview-one");
      box.append(card(model, one, who), texts(model, one, who));
      target.append(box);
    });
    target.append(element("p", "note", "名称不公开的企业，行业一般只显示门类。联系人、电话、地址、经营数据等都不显示。"));
  };
  S.element = element;
})();

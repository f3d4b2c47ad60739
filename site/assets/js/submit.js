// The web form at work: judges while typing, keeps the draft, shows the preview, and ends in the files.
(function () {
  "use strict";
  var S = window.jiebangSubmit;
  var page = document.querySelector("[data-submit]");
  var element = page && page.querySelector("form");
  if (!element) return;

  var model = JSON.parse(element.dataset.model);
  var form = new S.Form(element, model);
  var name = page.dataset.submit;
  var ids = {};
  var touched = {};
  var agreed = "";
  var keeping = true;
  var timer = null;
  // The day of submission that the form itself filled in.
  var given = "";

  function find(selector) {
    return page.querySelector(selector);
  }

  // The same record keeps its id, however often the files are made anew.
  function idOf(which, letter) {
    ids[which] = ids[which] || S.files.newId(letter);
    return ids[which];
  }

  function idFor(control) {
    return "f-" + control.replace(/\./g, "-");
  }

  // --- findings ---

  function grouped(findings) {
    var by = {};
    findings.forEach(function (one) { (by[one.name] = by[one.name] || []).push(one); });
    return by;
  }

  function tell(box, findings) {
    var error = findings.some(function (one) { return one.severity === "error"; });
    box.hidden = !findings.length;
    box.className = "q-told " + (error ? "told-error" : "told-warning");
    box.replaceChildren.apply(box, findings.map(function (one) {
      var line = S.element("span", "told-line", (one.severity === "error" ? "请改正：" : "请留意：") + one.message + one.hint);
      line.dataset.code = one.code;
      return line;
    }));
    var question = box.closest("[data-q]");
    question.classList.toggle("q-wrong", error);
    Array.from(question.querySelectorAll("[name]")).forEach(function (control) {
      if (idFor(control.name) + "-told" !== box.id) return;
      if (error) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
  }

  function show(findings) {
    var by = grouped(findings);
    Array.from(element.querySelectorAll(".q-told")).forEach(function (box) {
      var control = Array.from(box.closest("[data-q]").querySelectorAll("[name], [data-add-row]")).filter(function (one) {
        return (one.name ? idFor(one.name) : one.id) + "-told" === box.id;
      })[0];
      var key = control ? control.name || control.closest("[data-rows]").dataset.rows : "";
      tell(box, touched[key] || touched["*"] ? by[key] || [] : []);
    });
  }

  function label(one) {
    var part = element.querySelector("#" + idFor(one.name));
    var of = part && part.closest("[data-one-of]");
    return (of ? of.querySelector("legend").textContent + " · " : "") + (one.code === "S202" ? "" : one.title + "：") + one.message;
  }

  function entry(one) {
    var item = document.createElement("li");
    var link = S.element("a", "", label(one));
    link.href = "#" + idFor(one.name);
    link.addEventListener("click", function (event) {
      event.preventDefault();
      var target = document.getElementById(idFor(one.name));
      for (var fold = target.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
      target.focus();
      (target.closest("[data-q]") || target).scrollIntoView({ block: "center" });
    });
    item.append(link);
    return item;
  }

  function summarise(errors) {
    var box = find("[data-summary]");
    box.hidden = !errors.length;
    find("[data-summary-title]").textContent = "有 " + errors.length + " 处需要改正";
    find("[data-summary-list]").replaceChildren.apply(find("[data-summary-list]"), errors.map(entry));
  }

  function warn(warnings) {
    var key = warnings.map(function (one) { return one.code + one.name + one.message; }).join("\n");
    if (key !== agreed) {
      agreed = key;
      find("[data-warnings-seen]").checked = false;
    }
    find("[data-warnings]").hidden = !warnings.length;
    find("[data-warnings-list]").replaceChildren.apply(find("[data-warnings-list]"), warnings.map(entry));
    return !warnings.length || find("[data-warnings-seen]").checked;
  }

  // --- what stands beside the questions ---

  function countUp() {
    Array.from(element.querySelectorAll("[data-count]")).forEach(function (box) {
      var control = box.dataset.count;
      var text = form.value(control);
      var profile = control === "enterprise.profile";
      var most = profile ? S.rules.PROFILE : form.schemaAt(control).maxLength;
      var left = most - (profile ? S.words.written(text) : S.words.count(text));
      box.hidden = !text;
      box.textContent = left >= 0 ? "还可写 " + left + " 字" : "超出 " + -left + " 字";
      box.classList.toggle("count-over", left < 0);
    });
  }

  function tellSize(all) {
    var box = find("[data-size]");
    if (!box) return;
    var found = all.enterprise ? S.rules.sizeOf(model, all.enterprise.record) : undefined;
    box.hidden = found === undefined;
    if (found === undefined) return;
    if (!found) box.textContent = "工信部联企业〔2011〕300号没有规定这个行业的划型标准，不能判定。";
    else if (found.lowest === found.highest) box.textContent = "按工信部联企业〔2011〕300号和上面的数据计算：" + S.rules.TIERS[found.highest] + "。";
    else {
      var possible = S.rules.TIERS.slice(found.lowest, found.highest + 1).join("、");
      box.textContent = "不能判定：" + found.reason + "；现有数据只能说明是" + possible + "之一。";
    }
  }

  function progress(errors) {
    Array.from(page.querySelectorAll(".progress a")).forEach(function (link) {
      var part = document.getElementById(link.hash.slice(1)).closest(".part");
      var left = errors.filter(function (one) {
        var control = document.getElementById(idFor(one.name));
        return control && part.contains(control);
      }).length;
      var said = link.querySelector("span") || link.appendChild(document.createElement("span"));
      said.textContent = part.querySelector("[data-files]") && !left ? "" : left ? "还有 " + left + " 处" : "已填好";
      link.classList.toggle("done", !left);
    });
  }

  // In the order of the page, as people work through it.
  function inOrder(findings) {
    return findings.map(function (one, place) {
      return { one: one, place: place, control: document.getElementById(idFor(one.name)) };
    }).sort(function (a, b) {
      if (a.control === b.control || !a.control || !b.control) return a.place - b.place;
      return a.control.compareDocumentPosition(b.control) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    }).map(function (entry) { return entry.one; });
  }

  function refresh() {
    form.unfold();
    countUp();
    var all = form.read(idOf);
    var findings = inOrder(S.judge(model, all));
    var errors = findings.filter(function (one) { return one.severity === "error"; });
    show(findings);
    tellSize(all);
    progress(errors);
    S.preview(find("[data-preview]"), model, all);
    if (!find("[data-summary]").hidden) summarise(errors);
    return { all: all, errors: errors, warnings: findings.filter(function (one) { return one.severity === "warning" && one.code !== "R383"; }) };
  }

  // --- the draft ---

  function say(text) {
    find("[data-draft-said]").textContent = text;
  }

  function keep() {
    if (!keeping) return;
    var rows = {};
    Array.from(element.querySelectorAll("[data-rows]")).forEach(function (box) { rows[box.dataset.rows] = form.rowNumbers(box.dataset.rows); });
    var saved = new Date().toLocaleString("zh-CN", { hour12: false });
    var draft = { version: model.version, saved: saved, day: given, values: form.answers(), ones: form.numbers(), rows: rows, ids: ids, linked: form.linked };
    say(S.draft.save(name, draft) ? "草稿已保存在这台设备的浏览器里（" + saved + "）。" : "浏览器不允许保存草稿，关掉页面后内容会丢失，请一次填完。");
  }

  function restore(draft) {
    draft.ones.forEach(function (number) { form.addOne(number); });
    Object.keys(draft.rows).forEach(function (rows) {
      var box = element.querySelector('[data-rows="' + rows + '"]');
      if (box) draft.rows[rows].forEach(function (number) { form.addRow(box, number); });
    });
    var lost = Object.keys(draft.values).filter(function (control) {
      form.set(control, draft.values[control]);
      return !element.elements[control];
    });
    ids = draft.ids;
    form.linked = draft.linked;
    // The day of submission moves on with the days, unless somebody chose another.
    if (form.value("submitted") === draft.day) submitToday();
    var changed = draft.version === model.version ? "" : "表格在保存之后有改动" + (lost.length ? "，有 " + lost.length + " 项已不再使用" : "") + "，请从头核对。";
    say("已恢复 " + draft.saved + " 保存在这台设备上的草稿。" + changed);
  }

  // From a demand's page: which demand it is stands behind the # of the address, which no server gets to see.
  function linkedTo() {
    var link = new URLSearchParams(location.hash.slice(1));
    var found = {};
    ["demand", "code", "name", "round"].forEach(function (name) { found[name] = link.get(name) || ""; });
    ["from", "until"].forEach(function (name) { found[name] = S.isDay(link.get(name) || "") ? link.get(name) : ""; });
    return found;
  }

  function fromLink() {
    var link = linkedTo();
    if (model.repeated !== "application" || !/^D-[0-9A-Z]{8}$/.test(link.demand)) return;
    var numbers = form.numbers();
    var there = numbers.some(function (number) { return form.value("application." + number + ".demand") === link.demand; });
    form.linked[link.demand] = { from: link.from, until: link.until };
    if (there) return;
    var free = numbers.filter(function (number) { return !form.value("application." + number + ".demand") && !form.value("application." + number + ".item.name"); })[0];
    var prefix = "application." + (free || form.addOne().dataset.one) + ".";
    form.set(prefix + "demand", link.demand);
    form.set(prefix + "item.code", link.code);
    form.set(prefix + "item.name", link.name);
    if (link.round) form.set("round", link.round);
  }

  function today() {
    return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
  }

  function submitToday() {
    given = today();
    form.set("submitted", given);
  }

  function begin() {
    var draft = S.draft.load(name);
    if (draft) restore(draft);
    else {
      form.addOne();
      submitToday();
    }
    fromLink();
    refresh();
  }

  // --- what people do ---

  function later() {
    find("[data-files]").hidden = true;
    clearTimeout(timer);
    timer = setTimeout(function () {
      timer = null;
      refresh();
      keep();
    }, 200);
  }

  // The last words before the page is closed belong to the draft, too.
  window.addEventListener("pagehide", function () {
    if (timer !== null) keep();
  });

  element.addEventListener("input", function (event) {
    if (event.target.dataset.find) return filter(event.target);
    if (event.target.closest("[data-draft], [data-warnings]")) return undefined;
    return later();
  });
  element.addEventListener("change", function (event) {
    var control = event.target;
    if (!control.name) return;
    form.tidy(control);
    touched[control.name] = true;
    later();
  });
  element.addEventListener("focusout", function (event) {
    var control = event.target;
    if (!control.name || control.type === "radio" || control.type === "checkbox" || !control.value || touched[control.name]) return;
    touched[control.name] = true;
    later();
  });

  // Only those industries whose code or name, of either edition, holds what was typed.
  function filter(input) {
    var wanted = S.words.wide(input.value).trim();
    var list = document.getElementById(input.dataset.find);
    var hits = [];
    Array.from(list.options).forEach(function (option) {
      var fits = !wanted || (option.textContent + (option.dataset.old || "")).indexOf(wanted) >= 0;
      option.hidden = option.disabled = Boolean(option.value) && !fits;
      if (option.value && fits) hits.push(option);
    });
    Array.from(list.querySelectorAll("optgroup")).forEach(function (group) {
      group.hidden = !Array.from(group.children).some(function (option) { return !option.hidden; });
    });
    if (hits.length === 1) {
      list.value = hits[0].value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function clear() {
    if (!window.confirm("清除草稿和已经填写的全部内容？")) return;
    S.draft.clear(name);
    keeping = false;
    history.replaceState(null, "", location.pathname);
    location.reload();
  }

  element.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || button.type === "submit") return;
    if (button.matches("[data-draft-clear]")) return clear();
    if (button.matches("[data-add-one]")) form.addOne().querySelector("[name]").focus();
    else if (button.matches("[data-add-row]")) form.addRow(button.parentNode).querySelector("[name]").focus();
    else if (button.matches("[data-remove-row]")) {
      var rows = button.closest("[data-rows]");
      button.closest("[data-row]").remove();
      rows.querySelector("[data-add-row]").focus();
    } else if (button.matches("[data-remove-one]")) {
      var one = button.closest("[data-one-of]");
      if (form.value(one.querySelector("[name]").name) && !window.confirm("删去这一项的全部内容？")) return undefined;
      delete ids[model.repeated + "." + one.dataset.one];
      form.removeOne(one);
      find("[data-add-one]").focus();
    } else return undefined;
    return later();
  });
  find("[data-draft-off]").addEventListener("change", function (event) {
    keeping = !event.target.checked;
    if (keeping) return keep();
    S.draft.clear(name);
    return say("不保存草稿：关掉页面后内容就没有了。");
  });

  element.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    timer = null;
    touched["*"] = true;
    var state = refresh();
    keep();
    summarise(state.errors);
    if (state.errors.length) {
      find("[data-summary]").focus();
      find("[data-summary]").scrollIntoView({ block: "start" });
      return;
    }
    if (!warn(state.warnings)) {
      find("[data-warnings-seen]").focus();
      return;
    }
    S.finish(find("[data-files]"), model, state.all);
    find("[data-files]").focus();
    find("[data-files]").scrollIntoView({ block: "start" });
  });

  begin();
})();

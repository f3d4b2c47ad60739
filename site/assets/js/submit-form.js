// The page as data: reads controls into records, adds and removes repeated parts, shows what the answers so far ask for.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  var ONE_LINE = "^[^\\n]*$(?!\\n)";

  function Form(element, model) {
    this.element = element;
    this.model = model;
    this.ones = element.querySelector("[data-ones]");
    this.next = 0;
    this.linked = {};
  }

  function controls(form, name) {
    return Array.from(form.element.querySelectorAll('[name="' + name + '"]'));
  }

  // Answers to questions that are not asked now do not count.
  Form.prototype.isAsked = function (control) {
    return !control.closest("[data-when][hidden]");
  };

  Form.prototype.value = function (name) {
    var all = controls(this, name).filter(this.isAsked, this);
    if (!all.length) return "";
    if (all[0].type === "radio") return all.filter(function (c) { return c.checked; }).map(function (c) { return c.value; })[0] || "";
    if (all[0].type === "checkbox") return all.filter(function (c) { return c.checked; }).map(function (c) { return c.value; });
    return all[0].value;
  };

  Form.prototype.set = function (name, value) {
    controls(this, name).forEach(function (control) {
      if (control.type === "radio") control.checked = control.value === value;
      else if (control.type === "checkbox") control.checked = Array.isArray(value) && value.indexOf(control.value) >= 0;
      else control.value = value;
    });
  };

  Form.prototype.rowNumbers = function (name) {
    return Array.from(this.element.querySelectorAll('[data-rows="' + name + '"] > [data-row]')).map(function (row) { return row.dataset.row; });
  };

  function isEmpty(value) {
    return value === undefined || (typeof value === "object" && Object.keys(value).every(function (key) { return isEmpty(value[key]); }));
  }

  // What people typed, but for line feeds at the end, which the file cannot hold.
  Form.prototype.text = function (schema, name) {
    var typed = this.value(name);
    if (Array.isArray(typed)) typed = typed[0] || "";
    return typed.replace(/\r\n?/g, "\n").replace(/\n+$/, "") || undefined;
  };

  Form.prototype.list = function (schema, name, rows, local) {
    var form = this;
    if (schema.items.properties) {
      var numbers = [];
      var records = [];
      this.rowNumbers(name).forEach(function (number) {
        var record = form.record(schema.items, name + "." + number + ".", {}, "");
        if (isEmpty(record)) return;
        numbers.push(number);
        records.push(record);
      });
      rows[local] = numbers;
      return records.length ? records : undefined;
    }
    var typed = this.value(name);
    if (!Array.isArray(typed)) typed = typed.split("\n").map(function (line) { return line.trim(); }).filter(Boolean);
    return typed.length ? typed : undefined;
  };

  // `rows` collects, for lists of rows, which number on the page each entry has.
  Form.prototype.record = function (schema, prefix, rows, local) {
    var record = {};
    Object.keys(schema.properties).forEach(function (name) {
      var part = schema.properties[name];
      var path = local ? local + "." + name : name;
      var value;
      if (part.properties) {
        value = this.record(part, prefix + name + ".", rows, path);
        if (isEmpty(value) && (schema.required || []).indexOf(name) < 0) value = undefined;
      } else if (part.type === "array") value = this.list(part, prefix + name, rows, path);
      else if (part.type === "boolean") value = this.value(prefix + name).length > 0;
      else value = this.text(part, prefix + name);
      if (value !== undefined) record[name] = value;
    }, this);
    return record;
  };

  Form.prototype.one = function (kind, prefix, fixed) {
    var schema = this.model.kinds[kind];
    var rows = {};
    var record = this.record(schema, prefix, rows, "");
    Object.keys(fixed).forEach(function (name) { record[name] = fixed[name]; });
    var division = record.industry && this.model.divisions[record.industry.code];
    // The name goes with the code that is picked, so the two cannot disagree; code first, as in the schema.
    if (division) record.industry.name = division.name;
    if (kind === "application" && record.demand) record.demand = demandId(record.demand);
    return { kind: kind, prefix: prefix, record: record, rows: rows, linked: (record.demand && this.linked[record.demand]) || {} };
  };

  // A demand's id, out of the address of its page if that was pasted.
  function demandId(text) {
    var hit = /(?:^|\/)(d-[0-9a-hjkmnp-tv-z]{8})\/?(?:[?#].*)?$/i.exec(text.trim());
    return hit ? hit[1].toUpperCase() : text;
  }

  // Everything on the page, as records with their ids.
  Form.prototype.read = function (ids) {
    var form = this, model = this.model;
    var known = this.value("known") === "是";
    var submitted = this.value("submitted");
    var enterpriseId = known ? this.value("known_id") : ids("enterprise", "E");
    var letter = { demand: "D", application: "A" }[model.repeated];
    return {
      round: model.rounds.filter(function (round) { return round.id === form.value("round"); })[0] || null,
      district: model.districts.filter(function (district) { return district.slug === form.value("district"); })[0] || null,
      submitted: submitted,
      known: known,
      knownId: known ? enterpriseId : "",
      enterprise: known ? null : this.one("enterprise", "enterprise.", { schema: "enterprise/1", id: enterpriseId, role: model.role }),
      ones: this.numbers().map(function (number) {
        var prefix = model.repeated + "." + number + ".";
        return form.one(model.repeated, prefix, {
          schema: model.repeated + "/1", id: ids(model.repeated + "." + number, letter), enterprise: enterpriseId, status: "submitted",
          dates: { submitted: submitted },
        });
      }),
    };
  };

  Form.prototype.numbers = function () {
    return Array.from(this.ones.children).map(function (one) { return one.dataset.one; });
  };

  function instance(template, mark, number) {
    var copy = document.createElement("template");
    copy.innerHTML = template.innerHTML.split(mark).join(number);
    return copy.content.firstElementChild;
  }

  Form.prototype.renumber = function () {
    Array.from(this.ones.children).forEach(function (one, place, all) {
      one.querySelector("[data-number]").textContent = place + 1;
      one.querySelector("[data-remove-one]").hidden = all.length < 2;
    });
  };

  Form.prototype.addOne = function (number) {
    var given = number === undefined ? this.next : Number(number);
    this.next = Math.max(this.next, given + 1);
    var one = instance(this.element.querySelector("[data-one]"), "{n}", given);
    one.dataset.one = given;
    this.ones.appendChild(one);
    this.renumber();
    return one;
  };

  Form.prototype.removeOne = function (one) {
    one.remove();
    this.renumber();
  };

  Form.prototype.addRow = function (rows, number) {
    var used = Array.from(rows.querySelectorAll(":scope > [data-row]")).map(function (row) { return Number(row.dataset.row); });
    var given = number === undefined ? Math.max.apply(null, [-1].concat(used)) + 1 : Number(number);
    var row = instance(rows.querySelector("template"), "{m}", given);
    row.dataset.row = given;
    rows.insertBefore(row, rows.querySelector("[data-add-row]"));
    return row;
  };

  // Shows a question when the answer it hangs on is given; a hidden part hides what hangs on it.
  Form.prototype.unfold = function () {
    Array.from(this.element.querySelectorAll("[data-when]")).forEach(function (part) {
      var wanted = part.dataset.when.split("=");
      part.hidden = wanted[1].split("|").indexOf(this.value(wanted[0])) < 0;
    }, this);
    this.choose(this.model.rounds.filter(function (round) { return round.id === this.value("round"); }, this)[0]);
  };

  // A round may sort its demands into types; without any the question is not asked.
  Form.prototype.choose = function (round) {
    Array.from(this.ones.querySelectorAll('[data-q$=".type"]')).forEach(function (question) {
      question.hidden = Boolean(round) && !round.types.length;
      Array.from(question.querySelectorAll("input")).forEach(function (control) {
        control.closest(".choice").hidden = Boolean(round) && round.types.length > 0 && round.types.indexOf(control.value) < 0;
        if (question.hidden) control.checked = false;
      });
    });
  };

  // Spaces around a code, a number or an address are slips; what is seen is what goes into the file.
  Form.prototype.tidy = function (control) {
    if (control.tagName !== "INPUT" || control.type !== "text") return;
    var schema = this.schemaAt(control.name);
    var strict = !schema || schema.format || schema.type !== "string" || schema.pattern !== ONE_LINE || /credit_code$/.test(control.name);
    if (strict) control.value = control.value.trim();
    if (/\.demand$/.test(control.name)) control.value = demandId(control.value);
    if (control.name === "known_id") control.value = control.value.toUpperCase();
  };

  Form.prototype.schemaAt = function (name) {
    var steps = name.split(".").filter(function (step) { return !/^[0-9]+$/.test(step); });
    return steps.slice(1).reduce(function (schema, step) {
      if (!schema) return null;
      return ((schema.items || schema).properties || {})[step] || null;
    }, this.model.kinds[steps[0]] || null);
  };

  // All answers by the names of their controls, for the draft.
  Form.prototype.answers = function () {
    var values = {};
    Array.from(this.element.querySelectorAll("[name]")).forEach(function (control) {
      var name = control.name;
      if (control.type === "radio") {
        if (control.checked) values[name] = control.value;
      } else if (control.type === "checkbox") {
        values[name] = values[name] || [];
        if (control.checked) values[name].push(control.value);
      } else if (control.value) values[name] = control.value;
    });
    return values;
  };

  S.Form = Form;
})();

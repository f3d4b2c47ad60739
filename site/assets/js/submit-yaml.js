// Records as YAML in the catalogue's own style. The reader takes every value for text until the schema says otherwise, so codes,
// dates and numbers stand plain; only what YAML itself would read differently is quoted or put into a block.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  // An editor would take these for something else than text.
  var WORD = /^(?:~|null|yes|no|on|off|true|false|y|n|=|<<)$/i;
  var PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`]/;
  // A longer line reads better below its name.
  var LONG = 60;

  function isPlain(text) {
    return PLAIN.test(text) && !WORD.test(text) && !/\s$|[\t\n]|: | #|:$|^\.\.\./.test(text);
  }

  function quoted(text) {
    return '"' + text.replace(/[\\"]/g, "\\$&").replace(/\t/g, "\\t") + '"';
  }

  function block(text, indent) {
    // Where the text itself begins with a space or an empty line, the reader must be told where it starts.
    var mark = /^\s/.test(text) ? "|2" : "|";
    var lines = text.split("\n").map(function (line) { return line ? indent + line : ""; });
    return mark + "\n" + lines.join("\n");
  }

  function scalar(value, schema, indent) {
    if (value === true) return "是";
    if (value === false) return "否";
    var prose = schema.pattern === "\\S";
    if (value.indexOf("\n") >= 0 || (prose && (value.length > LONG || !isPlain(value)))) return block(value, indent);
    return isPlain(value) ? value : quoted(value);
  }

  function entry(name, value, schema, indent) {
    var inner = indent + "  ";
    if (Array.isArray(value)) return indent + name + ":\n" + list(value, schema.items, inner);
    if (typeof value === "object") return indent + name + ":\n" + mapping(value, schema, inner);
    return indent + name + ": " + scalar(value, schema, inner) + "\n";
  }

  function mapping(value, schema, indent) {
    return Object.keys(schema.properties).filter(function (name) {
      return value[name] !== undefined;
    }).map(function (name) {
      return entry(name, value[name], schema.properties[name], indent);
    }).join("");
  }

  function list(values, schema, indent) {
    return values.map(function (value) {
      if (typeof value !== "object") return indent + "- " + scalar(value, schema, indent + "  ") + "\n";
      return indent + "- " + mapping(value, schema, indent + "  ").slice(indent.length + 2);
    }).join("");
  }

  // The whole file of a record; its fields come in the order of the schema.
  S.yaml = function (kind, record, schema) {
    return "# yaml-language-server: $schema=../../../../schemas/" + kind + ".schema.json\n" + mapping(record, schema, "");
  };
})();

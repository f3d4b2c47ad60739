// A workbook with one sheet, as few parts as the format allows: texts stay texts, the first row stays in sight and carries filters.
(function () {
  "use strict";

  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  var MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  // A cell holds no more than this.
  var LONGEST = 32767;
  var STYLE = { text: 0, head: 1, date: 2, quoted: 3 };

  function escaped(text) {
    return text
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")
      // What looks like the format's own escape is text here.
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  }

  function letters(place) {
    var made = "";
    for (var rest = place + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) made = String.fromCharCode(65 + (rest - 1) % 26) + made;
    return made;
  }

  function textCell(at, text, style) {
    var cut = text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text;
    return '<c r="' + at + '" s="' + style + '" t="inlineStr"><is><t xml:space="preserve">' + escaped(cut) + "</t></is></c>";
  }

  // Days are counted from the end of 1899.
  function dateCell(at, day) {
    return '<c r="' + at + '" s="' + STYLE.date + '"><v>' + (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86400000 + "</v></c>";
  }

  function cell(at, value, kind, formula) {
    if (value === "") return "";
    if (kind === "date") return dateCell(at, value);
    if (kind === "number") return '<c r="' + at + '"><v>' + value + "</v></c>";
    return textCell(at, value, formula.test(value) ? STYLE.quoted : STYLE.text);
  }

  function sheet(columns, rows, formula) {
    var last = letters(columns.length - 1);
    var parts = [
      HEAD, '<worksheet xmlns="', MAIN, '"><dimension ref="A1:', last, rows.length + 1, '"/>',
      '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>',
    ];
    columns.forEach(function (column, place) {
      parts.push('<col min="', place + 1, '" max="', place + 1, '" width="', column.width, '" customWidth="1"/>');
    });
    parts.push('</cols><sheetData><row r="1">');
    columns.forEach(function (column, place) { parts.push(textCell(letters(place) + 1, column.title, STYLE.head)); });
    parts.push("</row>");
    rows.forEach(function (row, number) {
      parts.push('<row r="', number + 2, '">');
      row.forEach(function (value, place) {
        parts.push(cell(letters(place) + (number + 2), value, columns[place].kind, formula));
      });
      parts.push("</row>");
    });
    parts.push('</sheetData><autoFilter ref="A1:', last, rows.length + 1, '"/></worksheet>');
    return parts;
  }

  // Plain, head (bold, wrapped), date, and text that must not be taken for a formula when somebody edits it.
  function styles() {
    return HEAD + '<styleSheet xmlns="' + MAIN + '"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>" +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">' +
      '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>' +
      '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
      '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>' +
      '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>' +
      '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
  }

  function relations(list) {
    return HEAD + '<Relationships xmlns="' + PACKAGE + 'relationships">' + list.map(function (entry, place) {
      return '<Relationship Id="rId' + (place + 1) + '" Type="' + OFFICE + "/" + entry[0] + '" Target="' + entry[1] + '"/>';
    }).join("") + "</Relationships>";
  }

  function types() {
    var parts = [["/xl/workbook.xml", "sheet.main"], ["/xl/worksheets/sheet1.xml", "worksheet"], ["/xl/styles.xml", "styles"]];
    return HEAD + '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="xml" ContentType="application/xml"/>' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      parts.map(function (part) { return '<Override PartName="' + part[0] + '" ContentType="' + TYPE + part[1] + '+xml"/>'; }).join("") + "</Types>";
  }

  function book(name, columns, count) {
    var range = "'" + name + "'!$A$1:$" + letters(columns.length - 1) + "$" + (count + 1);
    return HEAD + '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets><sheet name="' + name + '" sheetId="1" r:id="rId1"/></sheets>' +
      '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">' + range + "</definedName></definedNames></workbook>";
  }

  // Columns say title, width and kind; rows hold texts, numbers and days; `formula` tells texts that look like one.
  window.jiebang.workbook = function (name, columns, rows, formula) {
    return window.jiebang.zip([
      ["[Content_Types].xml", [types()]],
      ["_rels/.rels", [relations([["officeDocument", "xl/workbook.xml"]])]],
      ["xl/workbook.xml", [book(name, columns, rows.length)]],
      ["xl/_rels/workbook.xml.rels", [relations([["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]])]],
      ["xl/styles.xml", [styles()]],
      ["xl/worksheets/sheet1.xml", sheet(columns, rows, formula)],
    ], TYPE + "sheet");
  };
})();

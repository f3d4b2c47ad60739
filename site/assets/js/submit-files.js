// The files: random ids, one YAML file per record, and all of them in one archive. Made here, saved by the browser, sent nowhere.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  // Crockford's base32, as in `jiebang new id`: 32 letters, so five bits of a random byte choose one without preference.
  var ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  var FOLDERS = { enterprise: "enterprises", demand: "demands", application: "applications" };

  function newId(letter) {
    var bytes = crypto.getRandomValues(new Uint8Array(8));
    return letter + "-" + Array.from(bytes).map(function (byte) { return ALPHABET[byte % 32]; }).join("");
  }

  // {path in the catalogue, name, title, text} of each record.
  function files(model, all) {
    var folder = all.round.id + "/" + all.district.slug + "/";
    return (all.enterprise ? [all.enterprise] : []).concat(all.ones).map(function (one) {
      var name = one.record.id.toLowerCase() + ".yml";
      return {
        path: folder + FOLDERS[one.kind] + "/" + name,
        name: name,
        kind: one.kind,
        about: one.kind === "enterprise" ? "企业" : one.kind === "demand" ? "需求：" + one.record.title : "揭榜申请：" + one.record.item.name,
        text: S.yaml(one.kind, one.record, model.kinds[one.kind]),
      };
    });
  }

  var table = null;
  function crc(bytes) {
    if (!table) {
      table = Array.from({ length: 256 }, function (_, n) {
        for (var bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
        return n >>> 0;
      });
    }
    var rest = 0xffffffff;
    bytes.forEach(function (byte) { rest = table[(rest ^ byte) & 255] ^ (rest >>> 8); });
    return (rest ^ 0xffffffff) >>> 0;
  }

  function numbers(list) {
    // [value, bytes] pairs, little-endian.
    var out = [];
    list.forEach(function (pair) {
      for (var n = 0; n < pair[1]; n += 1) out.push(Math.floor(pair[0] / Math.pow(256, n)) % 256);
    });
    return new Uint8Array(out);
  }

  // A plain archive, nothing compressed; every entry bears the first day an archive can name.
  function zip(list) {
    var encoder = new TextEncoder();
    var parts = [], directory = [], offset = 0, size = 0;
    list.forEach(function (file) {
      var name = encoder.encode(file.path), data = encoder.encode(file.text);
      var common = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [33, 2], [crc(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
      var head = numbers([[0x04034b50, 4]].concat(common));
      parts.push(head, name, data);
      var entry = numbers([[0x02014b50, 4], [20, 2]].concat(common, [[0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]));
      directory.push(entry, name);
      offset += head.length + name.length + data.length;
      size += entry.length + name.length;
    });
    var count = list.length;
    var end = numbers([[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]]);
    return new Blob(parts.concat(directory, [end]), { type: "application/zip" });
  }

  S.files = {
    newId: newId,
    make: files,
    zip: zip,
    // A link that saves; its object lives until the page is left or the list is made anew.
    link: function (content, name, type) {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: type }));
      link.download = name;
      return link;
    },
  };
})();

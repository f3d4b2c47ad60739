// Puts texts into a zip file, deflated where the browser can do that and stored as they are where it cannot.
(function () {
  "use strict";

  // 1980-01-01, the format's first day: a file's time would say nothing.
  var DAY = 33;

  var table = Uint32Array.from({ length: 256 }, function (_, byte) {
    for (var bit = 0; bit < 8; bit += 1) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
    return byte;
  });

  function crc(bytes) {
    var sum = -1;
    for (var at = 0; at < bytes.length; at += 1) sum = table[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
    return (sum ^ -1) >>> 0;
  }

  function bytesOf(blob) { return new Response(blob).arrayBuffer().then(function (buffer) { return new Uint8Array(buffer); }); }

  function deflater() {
    try {
      return new CompressionStream("deflate-raw");
    } catch (unknown) {
      // An older browser: the file is larger then, and just as good.
      return null;
    }
  }

  function packed(blob) {
    var stream = deflater();
    return stream ? bytesOf(blob.stream().pipeThrough(stream)) : null;
  }

  // 16-bit numbers where `width` is 2, 32-bit where it is 4.
  function numbers(pairs) {
    var size = pairs.reduce(function (sum, pair) { return sum + pair[0]; }, 0);
    var view = new DataView(new ArrayBuffer(size));
    var at = 0;
    pairs.forEach(function (pair) {
      if (pair[0] === 2) view.setUint16(at, pair[1], true);
      else view.setUint32(at, pair[1], true);
      at += pair[0];
    });
    return view.buffer;
  }

  // What stands before a file and again in the directory: names are UTF-8 (flag 0x800).
  function facts(entry) {
    return [
      [2, 20], [2, 0x800], [2, entry.method], [2, 0], [2, DAY], [4, entry.crc], [4, entry.content.length], [4, entry.size],
      [2, entry.name.length], [2, 0],
    ];
  }

  function entryOf(file) {
    var blob = new Blob(file[1]);
    return Promise.all([bytesOf(blob), packed(blob)]).then(function (both) {
      return {
        name: new TextEncoder().encode(file[0]),
        crc: crc(both[0]),
        size: both[0].length,
        content: both[1] || both[0],
        method: both[1] ? 8 : 0,
      };
    });
  }

  function assemble(entries, type) {
    var parts = [];
    var directory = [];
    var at = 0;
    entries.forEach(function (entry) {
      var head = numbers([[4, 0x04034b50]].concat(facts(entry)));
      parts.push(head, entry.name, entry.content);
      directory.push(numbers([[4, 0x02014b50], [2, 20]].concat(facts(entry), [[2, 0], [2, 0], [2, 0], [4, 0], [4, at]])), entry.name);
      at += head.byteLength + entry.name.length + entry.content.length;
    });
    var size = directory.reduce(function (sum, part) { return sum + part.byteLength; }, 0);
    var end = numbers([
      [4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, size], [4, at], [2, 0],
    ]);
    return new Blob(parts.concat(directory, end), { type: type });
  }

  // Files as [name, list of texts]; promises a blob of the media type.
  window.jiebang.zip = function (files, type) {
    return Promise.all(files.map(entryOf)).then(function (entries) { return assemble(entries, type); });
  };
})();

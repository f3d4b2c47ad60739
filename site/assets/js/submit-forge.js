// The forge's own page for a new file, filled in by its address. The submitter follows the link; the form itself asks nothing.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  // Longer addresses are refused by the forges' servers.
  var LONGEST = 8191;
  var NEW = { github: "/new/", gitea: "/_new/", gitlab: "/-/new/" };
  var UPLOAD = { github: "/upload/", gitea: "/_upload/" };
  var NAMES = { github: ["filename", "value"], gitea: ["filename", "value"], gitlab: ["file_name", "content"] };

  function segments(path) {
    return path.split("/").map(encodeURIComponent).join("/");
  }

  // null where no forge is configured; else {full: address with the text or null, empty: with the name only, upload: or null}.
  S.forge = function (forge, path, text) {
    if (!NEW[forge.kind]) return null;
    var names = NAMES[forge.kind];
    var whole = forge.folder + "/" + path;
    var cut = whole.lastIndexOf("/");
    var start = forge.url + NEW[forge.kind] + segments(forge.branch);
    // GitLab takes the folder from the address, the others from the name.
    var empty = forge.kind === "gitlab"
      ? start + "/" + segments(whole.slice(0, cut)) + "?" + names[0] + "=" + encodeURIComponent(whole.slice(cut + 1))
      : start + "?" + names[0] + "=" + encodeURIComponent(whole);
    var full = empty + "&" + names[1] + "=" + encodeURIComponent(text);
    return {
      full: full.length <= LONGEST ? full : null,
      empty: empty,
      upload: UPLOAD[forge.kind] ? forge.url + UPLOAD[forge.kind] + segments(forge.branch) + "/" + segments(whole.slice(0, cut)) : null,
    };
  };
  S.forge.LONGEST = LONGEST;
})();

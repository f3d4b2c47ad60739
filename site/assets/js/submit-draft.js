// The draft: kept in this browser, for this page, and named after the state of the schemas; a browser may refuse to keep anything.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  function key(page) {
    return "jiebang." + page;
  }

  // What another program, or an older state of this one, left behind must not keep the form from starting.
  function isWhole(draft) {
    if (!draft || typeof draft.saved !== "string" || !Array.isArray(draft.ones)) return false;
    var maps = ["values", "rows", "ids", "linked"].every(function (name) { return draft[name] && typeof draft[name] === "object"; });
    return maps && Object.keys(draft.values).concat(Object.keys(draft.rows)).every(function (name) { return /^[\w.]+$/.test(name); });
  }

  S.draft = {
    // false where the browser refuses.
    save: function (page, draft) {
      try {
        localStorage.setItem(key(page), JSON.stringify(draft));
        return true;
      } catch (refused) {
        return false;
      }
    },
    // null where there is none, or none that can be read.
    load: function (page) {
      try {
        var draft = JSON.parse(localStorage.getItem(key(page)));
        return isWhole(draft) ? draft : null;
      } catch (refused) {
        return null;
      }
    },
    clear: function (page) {
      try {
        localStorage.removeItem(key(page));
      } catch (refused) {
        // What cannot be kept need not be cleared.
      }
    },
  };
})();

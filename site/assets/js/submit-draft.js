// The draft: kept in this browser, for this page, and named after the state of the schemas; a browser may refuse to keep anything.
(function () {
  "use strict";
  var S = (window.jiebangSubmit = window.jiebangSubmit || {});

  function key(page) {
    return "jiebang." + page;
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
        return draft && typeof draft.values === "object" ? draft : null;
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

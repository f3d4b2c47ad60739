// Fetching: JSON with errors that say where they come from, what is asked for once only, and scripts that are needed late.
(function () {
  "use strict";

  // Errors that come from outside carry `status`: 0 where there was no answer.
  function refused(address, status) {
    var error = new Error(address + " " + status);
    error.status = status;
    return error;
  }

  function json(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw refused(address, answer.status);
      return answer.json();
    }, function () { throw refused(address, 0); });
  }

  // Asks once. A failed attempt is not kept: the next one asks again.
  function once(ask) {
    var asked = null;
    return function () {
      if (!asked) {
        asked = ask();
        asked.catch(function () { asked = null; });
      }
      return asked;
    };
  }

  function script(address) {
    return new Promise(function (done, failed) {
      var made = document.createElement("script");
      made.src = address;
      made.addEventListener("load", done);
      made.addEventListener("error", function () { failed(refused(address, 0)); });
      document.head.append(made);
    });
  }

  window.jiebang.json = json;
  window.jiebang.once = once;
  window.jiebang.script = script;
})();

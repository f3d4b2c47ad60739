// What readers do on a page beside reading: copy, share, print; and what the day of reading hides or counts.
(function () {
  "use strict";

  var daysUntil = window.jiebang.daysUntil;

  // --- the day ------------------------------------------------------------------------------------------------------------

  // Of the days on which something ends: without those that are past, and without months that have none left.
  function hidePast(list) {
    list.querySelectorAll("[data-until]").forEach(function (day) {
      day.hidden = daysUntil(day.dataset.until) < 0;
    });
    Array.prototype.forEach.call(list.children, function (month) {
      month.hidden = month.querySelector("[data-until]:not([hidden])") === null;
    });
    list.parentNode.querySelector("[data-deadlines-none]").hidden = list.querySelector(":scope > :not([hidden])") !== null;
  }

  // `2031-06-30:12 2031-07-01:3`: how many end on which day. `within`: only those of today and the next so many days.
  function countOpen(text, within) {
    return text.split(" ").filter(Boolean).reduce(function (sum, part) {
      var days = daysUntil(part.slice(0, 10));
      return days >= 0 && (!within || days <= within) ? sum + Number(part.slice(11)) : sum;
    }, 0);
  }

  function showOpen(element) {
    element.textContent = countOpen(element.dataset.openBy, Number(element.dataset.within));
  }

  // --- copying ------------------------------------------------------------------------------------------------------------

  // For browsers inside other programs, which know no clipboard of their own.
  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "sr";
    field.setAttribute("readonly", "");
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
    }
    return copyByHand(text);
  }

  function say(button, text) {
    var status = button.parentNode.querySelector("[role=status]");
    status.textContent = text;
    setTimeout(function () { status.textContent = ""; }, 4000);
  }

  function pageAddress() {
    return location.href.split("#")[0].split("?")[0];
  }

  function setUpCopy(button) {
    button.addEventListener("click", function () {
      var text = button.dataset.copy;
      if ("copyAddress" in button.dataset) text += "\n" + pageAddress();
      copy(text).then(
        function () {
          say(button, "已复制");
          button.focus();
        },
        function () { say(button, "没有复制成功，请长按选中后复制"); }
      );
    });
  }

  function setUpShare(button) {
    if (!navigator.share) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      // A reader who closes the sheet has changed their mind; nothing is to be said.
      navigator.share({ title: button.dataset.share, url: pageAddress() }).catch(function () {});
    });
  }

  function setUpPrint(button) {
    button.addEventListener("click", function () { window.print(); });
  }

  // --- the overview on a wall, when the address asks for it -----------------------------------------------------------------

  var REFRESH = 5 * 60 * 1000;
  var TURN = 20 * 1000;

  // Asks before it reloads: a wall must not show the browser's own error page when the network is away.
  function refresh() {
    fetch(location.href, { cache: "no-store" }).then(
      function (answer) { if (answer.ok) location.reload(); },
      function () {}
    );
  }

  // The next ones of a list that has more than there is room for, and then from the beginning.
  function turner(list) {
    var room = Number(list.dataset.closing);
    var left = Array.prototype.filter.call(list.children, function (item) { return daysUntil(item.dataset.until) >= 0; });
    var first = 0;
    return function () {
      if (left.length <= room) return;
      first = first + room < left.length ? first + room : 0;
      left.forEach(function (item, place) { item.hidden = place < first || place >= first + room; });
    };
  }

  function setUpWall() {
    if (!/[?&]wall\b/.test(location.search)) return;
    document.documentElement.classList.add("wall");
    setInterval(refresh, REFRESH);
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    document.querySelectorAll(".overview [data-closing]").forEach(function (list) { setInterval(turner(list), TURN); });
  }

  if (document.querySelector(".overview")) setUpWall();
  document.querySelectorAll("[data-deadlines]").forEach(hidePast);
  document.querySelectorAll("[data-open-by]").forEach(showOpen);
  document.querySelectorAll("[data-copy]").forEach(setUpCopy);
  document.querySelectorAll("[data-share]").forEach(setUpShare);
  document.querySelectorAll("[data-print]").forEach(setUpPrint);
})();

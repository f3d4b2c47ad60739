// Demands that a reader marks: their ids are kept in the browser and nowhere else. Every entry of a list and every demand's page gets a
// button; pages that are open side by side follow each other.
(function () {
  "use strict";

  var KEY = "marks";
  var FORM = /^D-[0-9A-Z]{8}$/;
  var kept = read();
  var refused = false;

  function valid(ids) {
    return Array.isArray(ids) ? ids.filter(function (id, place) { return FORM.test(id) && ids.indexOf(id) === place; }) : [];
  }

  function read() {
    try {
      return valid(JSON.parse(localStorage.getItem(KEY) || "[]"));
    } catch (unreadable) {
      // Storage is forbidden, or holds what somebody else wrote: begin anew.
      return [];
    }
  }

  function write(ids) {
    kept = valid(ids);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch (forbidden) {
      // The marks then hold until the page is left; the page of marks says so.
      refused = true;
    }
    showAll();
    document.dispatchEvent(new CustomEvent("marks"));
  }

  function has(id) { return kept.includes(id); }

  function toggle(id) {
    write(has(id) ? kept.filter(function (other) { return other !== id; }) : kept.concat(id));
  }

  function show(button) {
    var on = has(button.dataset.mark);
    button.setAttribute("aria-pressed", String(on));
    button.querySelector(".mark-sign").textContent = on ? "★" : "☆";
  }

  function showAll() {
    document.querySelectorAll("[data-mark]").forEach(show);
    document.querySelectorAll("[data-marked-number]").forEach(function (place) {
      place.textContent = kept.length ? "（" + kept.length + "）" : "";
    });
  }

  function buttonFor(id, title) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "mark-button";
    button.dataset.mark = id;
    var sign = document.createElement("span");
    sign.className = "mark-sign";
    sign.setAttribute("aria-hidden", "true");
    var of = document.createElement("span");
    of.className = "sr";
    of.textContent = "：" + title;
    button.append(sign, "标记", of);
    button.addEventListener("click", function () { toggle(id); });
    show(button);
    return button;
  }

  // Every entry below `within` that has no button yet, and the place for one on a demand's page.
  function decorate(within) {
    within.querySelectorAll("[data-demand]").forEach(function (place) {
      if (place.querySelector("[data-mark]")) return;
      var title = place.querySelector(".card-title") || document.querySelector("h1");
      place.insertBefore(buttonFor(place.dataset.demand, title.textContent), place.querySelector("[data-mark-after]"));
    });
  }

  window.addEventListener("storage", function (event) {
    if (event.key !== KEY && event.key !== null) return;
    kept = read();
    showAll();
    document.dispatchEvent(new CustomEvent("marks"));
  });
  // A page that comes back from the browser's memory may have missed what was marked meanwhile.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted || refused) return;
    kept = read();
    showAll();
    document.dispatchEvent(new CustomEvent("marks"));
  });

  decorate(document);
  showAll();

  window.jiebang.marks = {
    all: function () { return kept.slice(); },
    has: has,
    set: write,
    toggle: toggle,
    valid: valid,
    isRefused: function () { return refused; },
    decorate: decorate,
  };
})();

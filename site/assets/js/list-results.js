// The results of a choice: its cards in portions, what is said where there are none, and demands whose title only sounds alike.
(function () {
  "use strict";

  var STEP = window.jiebang.address.STEP;
  // As many cards as are seen at once.
  var PORTION = 8;
  var PAUSE = 250;

  function pause(time) {
    return new Promise(function (done) { setTimeout(done, time); });
  }

  function element(name, className, text) { return window.jiebang.element(name, className, text); }

  function action(className, text, act) {
    var made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // A demand that was withdrawn since the list was fetched has no file any more, and no entry.
  function present(asked) {
    return asked.catch(function (failed) {
      if (failed.status === 404) return null;
      throw failed;
    });
  }

  // `ids()` promises the function that gives a number's id.
  function Results(page, ids) {
    this.root = page.dataset.root;
    this.box = page.querySelector("[data-found]");
    this.fixed = page.querySelector("[data-static]");
    this.ids = ids;
    this.turn = 0;
  }

  // What is still on its way is no longer wanted; what stands there stays until something follows.
  Results.prototype.begin = function () {
    this.turn += 1;
    this.box.setAttribute("aria-busy", "true");
  };

  // Back to the page as it was built.
  Results.prototype.clear = function () {
    this.turn += 1;
    this.box.hidden = true;
    this.box.replaceChildren();
    this.box.removeAttribute("aria-busy");
    this.fixed.hidden = false;
  };

  Results.prototype.demands = function (numbers) {
    if (!numbers.length) return Promise.resolve([]);
    return this.ids().then(function (idOf) {
      return Promise.all(numbers.map(function (number) { return present(window.jiebang.cards.load(this.root, idOf(number))); }, this));
    }.bind(this)).then(function (demands) { return demands.filter(Boolean); });
  };

  Results.prototype.cards = function (numbers, words) {
    return this.demands(numbers).then(function (demands) {
      return demands.map(function (demand) { return window.jiebang.cards.make(demand, this.root, words); }, this);
    }.bind(this));
  };

  // `found`: numbers, words, shown; hints: elements above the cards. The first cards stand there at once, the others follow in portions,
  // so that typing is never held up. Resolves when all do; a later call makes it void.
  Results.prototype.show = function (found, hints, after, onMore) {
    var mine = (this.turn += 1);
    var shown = found.numbers.slice(0, found.shown);
    return this.cards(shown.slice(0, PORTION), found.words).then(function (cards) {
      if (mine !== this.turn) return null;
      var list = element("ul", "cards");
      list.append.apply(list, cards);
      this.box.replaceChildren.apply(this.box, hints.concat(shown.length ? list : []));
      this.fixed.hidden = true;
      this.box.hidden = false;
      this.ready();
      return this.rest(list, shown, found.words, mine);
    }.bind(this)).then(function (list) {
      if (mine !== this.turn) return;
      if (shown.length && !list.children.length) list.replaceWith(offer("empty", "目录刚刚更新过，请刷新页面。", []));
      else if (found.numbers.length > shown.length) this.box.append(this.moreButton(found, onMore));
      this.box.append.apply(this.box, after);
      this.box.removeAttribute("aria-busy");
    }.bind(this));
  };

  // Appends the cards after the first portion, once the reader stops to look: fetched together, made a portion at a time. Whoever types
  // on wants other cards.
  Results.prototype.rest = function (list, shown, words, mine) {
    return pause(shown.length > PORTION ? PAUSE : 0).then(function () {
      return mine === this.turn ? this.demands(shown.slice(PORTION)) : [];
    }.bind(this)).then(function (demands) {
      return new Promise(function (done) {
        var at = 0;
        var next = function () {
          if (mine !== this.turn || at >= demands.length) return done(list);
          var portion = demands.slice(at, (at += PORTION));
          list.append.apply(list, portion.map(function (demand) { return window.jiebang.cards.make(demand, this.root, words); }, this));
          this.ready();
          setTimeout(next);
        }.bind(this);
        next();
      }.bind(this));
    }.bind(this));
  };

  Results.prototype.ready = function () {
    window.jiebang.markDates(this.box);
    window.jiebang.marks.decorate(this.box);
  };

  Results.prototype.moreButton = function (found, onMore) {
    var rest = found.numbers.length - found.shown;
    var button = action("more-button", "再看 " + Math.min(STEP, rest) + " 项", function () {
      var mine = this.turn;
      button.disabled = true;
      this.cards(found.numbers.slice(found.shown, found.shown + STEP), found.words).then(function (cards) {
        if (mine !== this.turn) return;
        var list = button.previousElementSibling;
        list.append.apply(list, cards);
        found.shown += STEP;
        if (found.numbers.length > found.shown) button.replaceWith(this.moreButton(found, onMore));
        else button.remove();
        this.ready();
        cards[0].querySelector("a").focus();
        onMore(found.shown);
      }.bind(this), function () {
        button.disabled = false;
        button.textContent = "没有取到，再试一次";
      });
    }.bind(this));
    return button;
  };

  // A line with buttons that each lead on: [text, act] pairs.
  function offer(className, text, choices) {
    var made = element("div", className);
    made.append(element("p", "", text));
    if (choices.length) {
      var list = element("ul", "offers");
      choices.forEach(function (choice) {
        var item = element("li");
        item.append(action("offer", choice[0], choice[1]));
        list.append(item);
      });
      made.append(list);
    }
    return made;
  }

  // Demands whose title sounds like what was typed: apart from the results, and only when asked for.
  Results.prototype.alike = function (numbers) {
    var made = element("section", "alike");
    var button = action("offer", "另有 " + numbers.length + " 项名称的拼音相符", function () {
      this.cards(numbers.slice(0, STEP), []).then(function (cards) {
        var list = element("ul", "cards");
        list.append.apply(list, cards);
        made.replaceChildren(element("h2", "", "名称的拼音相符（" + numbers.length + " 项）"), list);
        if (numbers.length > STEP) made.append(element("p", "note", "只列出前 " + STEP + " 项，请把拼音写长一些。"));
        this.ready();
        cards[0].querySelector("a").focus();
      }.bind(this), function () { button.textContent = "没有取到，再试一次"; });
    }.bind(this));
    made.append(button);
    return made;
  };

  window.jiebang.Results = Results;
  window.jiebang.offer = offer;
})();

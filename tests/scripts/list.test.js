// What the reader wants of the list, and what that leaves.
import assert from "node:assert/strict";
import { before, mock, test } from "node:test";

import { beginningOf, cardText } from "../../site/assets/js/list/cards.js";
import { isOpen, unpackColumns, unpackIds } from "../../site/assets/js/list/columns.js";
import { pickDemands } from "../../site/assets/js/list/export-buttons.js";
import { BUT_FOR_TEXT, filter, PASSED } from "../../site/assets/js/list/facets.js";
import { choicesOf, isPlain, placesOf, readQuery, STEP, writeQuery } from "../../site/assets/js/list/query-string.js";
import { FROM_PYTHON } from "./from-python.js";

/** @import { Columns, RawColumns } from "../../site/assets/js/list/columns.js" */

const PLAIN = { q: "", choices: {}, sort: "", show: STEP };

before(() => mock.timers.enable({ apis: ["Date"], now: Date.parse("2031-03-01T04:00:00Z") }));

// --- the address ---

test("an address that says nothing wants nothing", () => {
  for (const search of ["", "?", "?q=", "?state=&sort=&show=", "?utm_source=x"]) assert.deepEqual(readQuery(search), PLAIN, search);
});

test("words, several choices, order and number are read", () => {
  assert.deepEqual(readQuery("?q=%E7%94%B5+%E6%B1%A0&state=open&state=failed&section=C&sort=due&show=60"), {
    q: "电 池", choices: { state: ["open", "failed"], section: ["C"] }, sort: "due", show: 60,
  });
});

test("what cannot be meant is left out", () => {
  assert.equal(readQuery("?sort=price").sort, "");
  assert.equal(readQuery("?sort=toString").sort, "");
  assert.deepEqual(readQuery("?__proto__=x&constructor=y").choices, {});
});

for (const [typed, shown] of [["0", 30], ["-5", 30], ["x", 30], ["31.9", 31], ["1e9", 1000], ["Infinity", 1000], ["NaN", 30], ["1000", 1000]]) {
  test(`of show=${typed}, ${shown} are shown`, () => assert.equal(readQuery(`?show=${typed}`).show, shown));
}

test("what was read is written, in one order", () => {
  const written = "?q=a%26b%3D%23+%E7%94%B5&state=open&state=closed&field=-&sort=new&show=90";
  assert.equal(writeQuery(readQuery(written)), written);
  assert.equal(writeQuery(readQuery("?sort=new&show=90&field=-&state=open&state=closed&q=a%26b%3D%23+%E7%94%B5")), written);
});

test("blank words and the usual number are not written, and are plain", () => {
  const query = { ...PLAIN, q: " \u3000", sort: /** @type {const} */ ("") };
  assert.equal(writeQuery(query), "");
  assert.ok(isPlain(query));
});

test("each thing wanted alone makes the list other than as built", () => {
  for (const search of ["?q=a", "?mode=x", "?sort=new", "?show=31"]) assert.ok(!isPlain(readQuery(search)), search);
});

// --- the columns that the generator makes ---

const columns = () => unpackColumns(FROM_PYTHON.columns);

test("each demand's id is told by its place", () => {
  const idOf = unpackIds(FROM_PYTHON.ids);
  assert.deepEqual(FROM_PYTHON.demands.map((_, number) => idOf(number)), FROM_PYTHON.demands.map((demand) => demand.id));
});

test("the state of each demand is that of the day", () => {
  const { facets, count } = columns();
  const [state] = facets;
  assert.equal(count, FROM_PYTHON.demands.length);
  FROM_PYTHON.demands.forEach((demand, number) => {
    const keys = state.sets[state.rows[number]].map((place) => state.options[place].key);
    const days = (Date.parse(demand.apply_by) - Date.parse("2031-03-01")) / 86400000;
    const expected = demand.status !== "published" ? [demand.status] : days < 0 ? ["closed"] : days <= 7 ? ["open", "week"] : ["open"];
    assert.deepEqual(keys, expected, demand.id);
    assert.equal(isOpen(columns(), number), expected[0] === "open");
  });
});

test("each demand's district stands in its column", () => {
  const district = columns().facets.find((facet) => facet.key === "district");
  assert.ok(district);
  FROM_PYTHON.demands.forEach((demand, number) => {
    const keys = district.sets[district.rows[number]].map((place) => district.options[place].key);
    assert.deepEqual(keys, [demand.district ?? "-"]);
  });
});

test("divisions are named by a parameter of their own", () => {
  const industry = columns().facets.find((facet) => facet.key === "section");
  assert.ok(industry);
  for (const option of industry.options) {
    assert.equal(option.parameter, option.within === undefined ? "section" : "division");
    if (option.within !== undefined) assert.equal(industry.options[option.within].within, undefined);
  }
});

/** Seven demands: four published ones, of which the last has closed, and three later ones. @returns {Columns} */
function small() {
  /** @type {RawColumns} */
  const raw = {
    count: 7,
    states: [["published", "已公布"], ["selected", "已选定"], ["failed", "未对接"]],
    status: [0, 0, 0, 0, 1, 1, 2],
    days: ["2031-01-01", "2031-02-01", "2031-02-28", "2031-03-01", "2031-03-08", "2031-03-09"],
    published: [0, 1, 0, 0, 1, 0, 1],
    due: [5, 4, 3, 2, 1, 2, 2],
    facets: [
      { key: "district", title: "区", options: [["a", "甲"], ["b", "乙"]], sets: [[0], [1]], rows: [0, 0, 1, 1, 0, 1, 1] },
      { key: "mode", title: "方式", options: [["x", "子"], ["y", "丑"], ["-", "未说明"]], sets: [[0], [0, 1], [2]], rows: [0, 1, 1, 2, 0, 2, 0] },
    ],
  };
  return unpackColumns(raw);
}

/** @param {string} search @param {number[] | null} [hits] */
function filtered(search, hits = null) {
  const data = small();
  const query = readQuery(search);
  return filter(data, placesOf(query.choices, data), hits, query.sort);
}

test("the day decides between open, closing within a week, and closed", () => {
  assert.deepEqual([...filtered("").counts[0]], [3, 2, 1, 2, 1]);
  assert.deepEqual(filtered("?state=open").numbers, [0, 1, 2]);
  assert.deepEqual(filtered("?state=week").numbers, [1, 2]);
  assert.deepEqual(filtered("?state=closed").numbers, [3]);
});

test("choices of one facet widen, choices of two narrow", () => {
  assert.deepEqual(filtered("?state=closed&state=selected").numbers, [3, 4, 5]);
  assert.deepEqual(filtered("?state=closed&state=selected&district=b").numbers, [3, 5]);
});

test("a demand with several values is found by each", () => {
  assert.deepEqual(filtered("?mode=x").numbers, [0, 1, 2, 4, 6]);
  assert.deepEqual(filtered("?mode=y").numbers, [1, 2]);
  assert.deepEqual(filtered("?mode=x&mode=y").numbers, [0, 1, 2, 4, 6]);
});

test("counts tell what choosing would leave, in the facet's own row as if nothing were chosen there", () => {
  const { counts, total } = filtered("?district=a");
  assert.equal(total, 3);
  assert.deepEqual([...counts[1]], [3, 4]);
  assert.deepEqual([...counts[2]], [3, 1, 0]);
});

test("every count is what choosing that option alone in its facet leaves", () => {
  const data = small();
  for (const search of ["", "?district=a", "?mode=y&district=b", "?state=open&mode=x", "?state=failed&district=a"]) {
    for (const hits of [null, [6, 2, 0], []]) {
      const chosen = placesOf(readQuery(search).choices, data);
      const { counts } = filter(data, chosen, hits, "");
      data.facets.forEach((facet, at) => {
        facet.options.forEach((_, place) => {
          const alone = chosen.map((places, other) => (other === at ? new Set([place]) : places));
          assert.equal(counts[at][place], filter(data, alone, hits, "").total, `${search} ${facet.key} ${place}`);
        });
      });
    }
  }
});

test("with words, the most relevant come first, unless an order is asked for", () => {
  assert.deepEqual(filtered("?district=a", [4, 0, 6]).numbers, [4, 0]);
  assert.deepEqual(filtered("?district=a&sort=due", [4, 0, 6]).numbers, [0, 4]);
});

test("words that stand nowhere leave nothing, and what giving them up would bring is told", () => {
  const { total, numbers, without, passed } = filtered("?district=a", []);
  assert.deepEqual([total, numbers, without.text], [0, [], 3]);
  assert.equal(passed[0], BUT_FOR_TEXT);
  assert.equal(passed[2], 0);
});

test("what giving up one facet would bring is told, others kept", () => {
  const { total, without } = filtered("?state=failed&district=a");
  assert.equal(total, 0);
  assert.deepEqual(without.facets, [3, 1, 0]);
});

test("newest first, of one day as listed", () => assert.deepEqual(filtered("?sort=new").numbers, [1, 4, 6, 0, 2, 3, 5]));

test("next to close first, then those that have closed, the last one first", () => {
  assert.deepEqual(filtered("?sort=due").numbers, [2, 1, 0, 3, 5, 6, 4]);
});

test("what passed is marked as passed", () => assert.deepEqual([...filtered("?state=failed").passed], [0, 0, 0, 0, 0, 0, PASSED]));

test("a list without demands has none", () => {
  const none = unpackColumns({ count: 0, states: [["published", ""]], status: [], days: [], published: [], due: [], facets: [] });
  assert.deepEqual(filter(none, [new Set()], null, "due").numbers, []);
});

test("choices that the list does not offer are dropped, the others survive the way there and back", () => {
  const data = small();
  const { choices } = readQuery("?state=open&district=b&district=gone&field=x");
  assert.deepEqual(choicesOf(placesOf(choices, data), data), { state: ["open"], district: ["b"] });
});

// --- cards and what is exported ---

for (const [text, cut] of FROM_PYTHON.excerpts) {
  test(`a card's text begins as in the pages: ${text.slice(0, 8)}… of ${text.length}`, () => assert.equal(beginningOf(text), cut));
}

test("a card shows the text that has the words", () => {
  const [demand] = FROM_PYTHON.demands;
  const changed = { ...demand, summary: "概要。", parameters: "参数有阻燃要求。", cooperation_note: null, schedule: null };
  assert.equal(cardText(changed, ["阻燃"]), "参数有阻燃要求。");
  assert.equal(cardText(changed, []), "概要。");
});

test("demands are picked in the order of their ids", () => {
  const [one, two] = FROM_PYTHON.demands;
  assert.deepEqual(pickDemands([two.id, one.id], [one, two]), [two, one]);
});

test("one that a newer catalogue lacks is no empty row", () => {
  assert.throws(() => pickDemands(["D-00000000"], FROM_PYTHON.demands), { message: "D-00000000" });
});

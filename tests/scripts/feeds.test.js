// Which published feed is offered for a choice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { unpackColumns } from "../../site/assets/js/list/columns.js";
import { inWords, nearestFeed } from "../../site/assets/js/list/feeds.js";
import { filter } from "../../site/assets/js/list/facets.js";
import { placesOf } from "../../site/assets/js/list/query-string.js";
import { FROM_PYTHON } from "./from-python.js";

/** Six demands: districts a, a, a, b, b, -; industry C/38, C/39, C, D/44, C/38, -; field x for the first two. */
const columns = () =>
  unpackColumns({
    count: 6,
    states: [["published", "已发榜"]],
    status: [0, 0, 0, 0, 0, 0],
    days: ["2031-01-01", "2031-12-31"],
    published: [0, 0, 0, 0, 0, 0],
    due: [1, 1, 1, 1, 1, 1],
    facets: [
      { key: "district", title: "所在区", options: [["a", "甲区"], ["b", "乙区"], ["-", "不公开"]], sets: [[0], [1], [2]], rows: [0, 0, 0, 1, 1, 2] },
      {
        key: "section", inner: "division", title: "行业",
        options: [["C", "制造业"], ["38", "电气", 0], ["39", "计算机", 0], ["D", "电力"], ["44", "供热", 3], ["-", "不公开"]],
        sets: [[0, 1], [0, 2], [0], [3, 4], [5]], rows: [0, 1, 2, 3, 0, 4],
      },
      { key: "field", title: "领域", options: [["x", "新材料"], ["-", "没有"]], sets: [[0], [1]], rows: [0, 0, 1, 1, 1, 1] },
      { key: "mode", title: "合作方式", options: [["joint", "联合研发"]], sets: [[0]], rows: [0, 0, 0, 0, 0, 0] },
    ],
  });

/** @param {Record<string, string[]>} choices */
function nearest(choices) {
  const made = columns();
  const { place, total } = nearestFeed(made, placesOf(choices, made));
  return [place, total];
}

test("a choice of one group has that group's feed", () => {
  assert.deepEqual(nearest({ district: ["a"] }), ["districts/a", 3]);
  assert.deepEqual(nearest({ section: ["C"] }), ["industries/c", 4]);
  assert.deepEqual(nearest({ division: ["38"] }), ["industries/c/38", 2]);
  assert.deepEqual(nearest({ field: ["x"] }), ["fields/x", 2]);
});

test("of several groups the smallest is taken", () => {
  assert.deepEqual(nearest({ district: ["a"], field: ["x"], section: ["C"] }), ["fields/x", 2]);
});

test("several choices of a facet widen it: only what holds all of them will do", () => {
  assert.deepEqual(nearest({ district: ["a", "b"] }), ["all", 6]);
  assert.deepEqual(nearest({ division: ["38", "39"] }), ["industries/c", 4]);
  assert.deepEqual(nearest({ section: ["C"], division: ["38"] }), ["industries/c", 4]);
  assert.deepEqual(nearest({ division: ["38", "44"] }), ["all", 6]);
});

test("what has no feed leaves the feed of all, and nothing is offered for what is not said", () => {
  /** @type {Record<string, string[]>[]} */
  const unknown = [{}, { mode: ["joint"] }, { state: ["open"] }, { district: ["-"] }, { field: ["-"] }];
  for (const choices of unknown) assert.deepEqual(nearest(choices), ["all", 6]);
});

test("whatever is chosen, the feed holds every demand that is found", () => {
  const made = unpackColumns(FROM_PYTHON.columns);
  const groups = { district: "district", section: "industries", division: "industries", field: "fields" };
  let narrower = 0;
  for (const facet of made.facets) {
    for (const one of facet.options.keys()) {
      for (const other of facet.options.keys()) {
        const chosen = made.facets.map((of) => new Set(of === facet ? [one, other] : []));
        const { numbers, total } = filter(made, chosen, null, "");
        const feed = nearestFeed(made, chosen);
        assert.ok(feed.total >= total);
        if (feed.place === "all") continue;
        narrower += 1;
        const [option] = facet.options.filter(({ title, parameter }) => title === feed.title && parameter in groups);
        const place = facet.options.indexOf(option);
        for (const number of numbers) assert.ok(facet.sets[facet.rows[number]].includes(place));
      }
    }
  }
  assert.ok(narrower > 10);
});

test("it is said how many others there are, and that a feed is cut", () => {
  assert.match(inWords({ place: "", title: "甲区", total: 15 }, 3), /最接近这次筛选的订阅是“甲区”，比您的筛选多 12 项。日历/);
  assert.match(inWords({ place: "", title: "甲区", total: 3 }, 3), /^订阅“甲区”现在正好是这 3 项。日历/);
  assert.match(inWords({ place: "", title: "甲区", total: 51 }, 3), /只有最近新增和变化的 50 项/);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { TO_COMPARE, leftInFull, leftInShort, roundOver } from "../../site/assets/js/submit/left.js";
import { makeModel } from "./submit-samples.js";

/**
 * @param {string} code
 * @param {string} title
 * @returns {import("../../site/assets/js/submit/types.js").Finding}
 */
function error(code, title) {
  return { code, title, severity: "error", name: "", message: "", hint: "" };
}

test("what is missing and what is wrong are counted apart", () => {
  assert.equal(leftInShort([]), "");
  assert.equal(leftInShort([error("S202", "传真"), error("R381", "不涉密声明")]), "还差 2 项");
  assert.equal(leftInShort([error("S202", "传真"), error("R311", "信用代码")]), "还差 1 项，1 处要改");
  assert.equal(leftInShort([error("R311", "信用代码")]), "1 处要改");
  assert.equal(leftInShort([error(TO_COMPARE, "职工人数")]), "1 处要核对");
  assert.equal(leftInShort([error(TO_COMPARE, "职工人数"), error("S202", "传真")]), "还差 1 项，1 处要核对");
});

test("what is missing is named, a long list is cut", () => {
  assert.equal(leftInFull([]), "这一步填好了。");
  assert.equal(leftInFull([error(TO_COMPARE, "职工人数")]), "这一步有 1 处要核对。");
  assert.equal(leftInFull([error("S202", "传真"), error("R311", "信用代码")]), "这一步还差 1 项，1 处要改：传真。");
  const many = leftInFull([..."一二三四五六七"].map((title) => error("S202", title)));
  assert.equal(many, "这一步还差 7 项：一、二、三、四、五、六等。");
});

test("a round whose day has passed is told with the day; the day itself is still in time", () => {
  const round = { id: "2031", title: "2031年度", opens: "", closes: "", submit_by: "2031-05-31", apply_by: "2031-09-30", types: [] };
  const demands = makeModel("demand");
  assert.equal(roundOver(demands, round, "2031-05-31"), "");
  const said = roundOver(demands, round, "2031-06-02");
  assert.match(said, /2031年度的需求报送截止是 2031-05-31，已经过了 2 天/);
  assert.match(roundOver(demands, round, "2031-11-30"), /已经过了约 6 个月。/);
  assert.match(said, /还收不收/);
  const applications = makeModel("application");
  assert.equal(roundOver(applications, round, "2031-06-02"), "");
  assert.match(roundOver(applications, round, "2031-10-01"), /揭榜截止是 2031-09-30，已经过了 1 天.*以需求页面为准/);
});

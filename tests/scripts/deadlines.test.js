import assert from "node:assert/strict";
import { before, mock, test } from "node:test";

import { countOpen, remainingText } from "../../site/assets/js/page/deadlines.js";

before(() => mock.timers.enable({ apis: ["Date"], now: Date.parse("2031-03-01T04:00:00Z") }));

test("what is left is said as people say it", () => {
  assert.deepEqual([-400, -1, 0, 1, 2].map(remainingText), ["已截止", "已截止", "今天截止", "明天截止", "后天截止"]);
  assert.deepEqual([3, 45, 46, 349, 400, 1860].map(remainingText), ["还有 3 天", "还有 45 天", "还有约 2 个月", "还有约 11 个月", "还有约 1 年", "还有约 5 年"]);
});

const DAYS = "2031-02-28:4 2031-03-01:2 2031-03-08:3 2031-03-09:10";

test("what can still be applied for is counted, that of today too", () => assert.equal(countOpen(DAYS, 0), 15));
test("within a week, the seventh day counts", () => assert.equal(countOpen(DAYS, 7), 5));
test("where no bound is written, there is none", () => assert.equal(countOpen(DAYS, Number(undefined)), 15));
test("of nothing nothing is open", () => {
  assert.equal(countOpen("", 0), 0);
  assert.equal(countOpen("2031-02-28:4", 0), 0);
});

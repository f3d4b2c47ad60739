// What is left to do, in words: in a step of the form, and of a round whose day has passed.

import { daysBetween, spanOf } from "../common/days.js";

/** @import { Finding, Model, Round } from "./types.js" */

/** What is said where a question has no answer: a required field is empty, a declaration is not made. */
const UNANSWERED = ["S202", "R381", "R382"];

/** Code of what somebody has to hold against the form on paper. */
export const TO_COMPARE = "表格";

/** How many missing answers are named one by one. */
const NAMED = 6;

/** @param {Finding[]} findings */
function unanswered(findings) {
  return findings.filter(({ code }) => UNANSWERED.includes(code));
}

/**
 * What is said beside a step: `还差 3 项，1 处要改，2 处要核对`.
 *
 * @param {Finding[]} findings of the step: errors, and what is to be compared
 * @returns {string} Empty where nothing is left.
 */
export function leftInShort(findings) {
  const missing = unanswered(findings).length;
  const unsure = findings.filter(({ code }) => code === TO_COMPARE).length;
  const wrong = findings.length - missing - unsure;
  const said = [missing ? `还差 ${missing} 项` : "", wrong ? `${wrong} 处要改` : "", unsure ? `${unsure} 处要核对` : ""];
  return said.filter(Boolean).join("，");
}

/**
 * The same with the titles of what is missing, for the end of the step.
 *
 * @param {Finding[]} findings
 * @returns {string}
 */
export function leftInFull(findings) {
  if (!findings.length) return "这一步填好了。";
  const titles = unanswered(findings).map(({ title }) => title);
  const named = titles.slice(0, NAMED).join("、") + (titles.length > NAMED ? "等" : "");
  const short = leftInShort(findings);
  return `这一步${/^\d/.test(short) ? "有 " : ""}${short}${named ? `：${named}` : ""}。`;
}

/**
 * What is said where the day of a round has passed: which round, when, what to do.
 *
 * @param {Pick<Model, "repeated" | "words">} model
 * @param {Round} round
 * @param {string} today
 * @returns {string} Empty while there is time.
 */
export function roundOver({ repeated, words }, round, today) {
  const demands = repeated === "demand";
  const day = demands ? round.submit_by : round.apply_by;
  if (!day || today <= day) return "";
  const passed = `${round.title}的${demands ? "需求报送截止" : "揭榜截止"}是 ${day}，已经过了${spanOf(daysBetween(day, today))}。`;
  const ask = `请先问本区${words.department}还收不收（电话见“各区”页面）；不收的，等下一轮通知。草稿留着，到时可以接着用。`;
  return passed + (demands ? "" : "个别需求另有截止日期的，以需求页面为准。") + ask;
}

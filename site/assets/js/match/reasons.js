// Where a demand says what a text says, in its own words: the same as `jiebang.site.matching.reasons`.
import { fold } from "../search/fold.js";

/** @import { Demand } from "../demand/demand.js" */
/** @import { Word } from "./ranking.js" */
/** @import { Tokens } from "./tokens.js" */

/** The text's word, what the demand says for it, and in which field. @typedef {{ word: string, said: string, field: string }} Reason */

/** @type {[name: "title" | "summary" | "parameters" | "effect" | "schedule" | "cooperation_note", title: string][]} */
export const FIELDS = [
  ["title", "名称"],
  ["summary", "需求内容"],
  ["parameters", "参数要求"],
  ["effect", "需达到的效果"],
  ["schedule", "时间要求"],
  ["cooperation_note", "合作方式"],
];

/**
 * @param {Word} word
 * @param {string} folded
 * @param {Tokens} tokens
 * @returns {string} What a text says for a word; empty where it says nothing.
 */
function saidFor(word, folded, tokens) {
  if (folded.includes(word.text)) return word.text;
  if (!word.token.startsWith("#")) return folded.includes(word.token) ? word.token : "";
  const found = tokens.synonyms(folded).find(({ name }) => name === word.token);
  return found ? Array.from(folded).slice(found.start, found.end).join("") : "";
}

/**
 * @param {Word[]} words
 * @param {Pick<Demand, "title" | "summary" | "parameters" | "effect" | "schedule" | "cooperation_note">} demand
 * @param {Tokens} tokens
 * @returns {Reason[]} For each word the first field that says it, or says something for it.
 */
export function reasonsFor(words, demand, tokens) {
  const fields = FIELDS.map(([name, title]) => ({ title, text: fold(demand[name] || "") })).filter(({ text }) => text);
  /** @type {Reason[]} */
  const told = [];
  words.forEach((word) => {
    for (const { title, text } of fields) {
      const meant = saidFor(word, text, tokens);
      if (!meant) continue;
      told.push({ word: word.text, said: meant, field: title });
      break;
    }
  });
  return told;
}

// Ranks the texts on standard input with the index of a built site, and writes what is named: for tests in Python.
// `node tests/scripts/matched.js INDEX < asked.json > answers.json`; `asked` are texts, a day, and by id the demands' texts.
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import { readIndex } from "../../site/assets/js/match/index.js";
import { matches } from "../../site/assets/js/match/ranking.js";
import { reasonsFor } from "../../site/assets/js/match/reasons.js";

const index = readIndex(new Uint8Array(readFileSync(process.argv[2])));
const { texts, today, demands } = JSON.parse(await text(process.stdin));
const answers = texts.map((/** @type {string} */ one) =>
  matches(one, index, { today, most: 1000 }).map(({ id, score, words }) => ({
    id,
    score,
    words,
    reasons: reasonsFor(words, demands[id], index.tokens),
  })),
);
process.stdout.write(JSON.stringify(answers));

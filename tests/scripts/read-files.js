// Reads files as the page does, and rows of labels and answers: for tests in Python.
// `node tests/scripts/read-files.js < asked.json > answers.json`; `asked` are `files` in Base64 and `rows`, each a file of its own.
import { text } from "node:stream/consumers";

import { descriptionOf } from "../../site/assets/js/match/file.js";
import { descriptionIn } from "../../site/assets/js/match/form.js";

const { files, rows } = JSON.parse(await text(process.stdin));
const read = files.map((/** @type {string} */ file) => descriptionOf(new Blob([Buffer.from(file, "base64")]), 20000));
const answers = {
  files: (await Promise.all(read)).map((one) => one.text),
  rows: rows.map((/** @type {string[]} */ row) => descriptionIn([row])),
};
process.stdout.write(JSON.stringify(answers));

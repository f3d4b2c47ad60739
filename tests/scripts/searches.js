// Asks the search of a built site what it is given on standard input, and writes what it finds and offers: for tests in Python.
// `node tests/scripts/searches.js SITE MANIFEST < searches.json > answers.json`
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { openIndex } from "../../site/assets/js/search/engine.js";

const [, , site, manifest] = process.argv;
let fetched = 0;
let bytes = 0;

Object.assign(globalThis, {
  document: { baseURI: "http://site.invalid/" },
  fetch: async (/** @type {string} */ address) => {
    const content = readFileSync(join(site, new URL(address).pathname));
    fetched += 1;
    bytes += content.length;
    return new Response(content);
  },
});

const answers = [];
for (const query of JSON.parse(await text(process.stdin))) {
  // A new engine for each: what a reader fetches who searches once.
  fetched = bytes = 0;
  const engine = await openIndex(manifest);
  const { hits, pinyin, suggestion, offers } = await engine.query(query);
  answers.push({ query, hits, pinyin, suggestion, offers, fetched, bytes });
}
process.stdout.write(JSON.stringify(answers));

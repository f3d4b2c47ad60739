// What the generator makes, kept in a file that `tests/site/test_from_python.py` holds true; and a site that serves it.
import { readFileSync } from "node:fs";

/** @import { Demand } from "../../site/assets/js/demand/demand.js" */
/** @import { Patterns } from "../../site/assets/js/submit/types.js" */
/** @import { RawColumns } from "../../site/assets/js/list/columns.js" */

/**
 * @typedef {object} FromPython
 * @property {[text: string, folded: string][]} folded
 * @property {[text: string, cell: string][]} cells
 * @property {[text: string, cut: string][]} excerpts
 * @property {[days: number, said: string][]} left
 * @property {{ keys: string[], texts: [text: string, found: [start: number, end: number, key: string][]][] }} terms
 * @property {Demand[]} demands
 * @property {string[]} texts The demands' public texts, folded; the title is the first line.
 * @property {RawColumns} columns
 * @property {{ front: string, rest: string, length: number }} ids
 * @property {Patterns} patterns
 * @property {[text: string, contacts: string[], hints: string[], hasPhone: boolean][]} hidden_in_texts What stands in texts as the patterns see them.
 * @property {{ manifest: string, files: Record<string, string> }[]} indexes
 */

/** @type {FromPython} */
export const FROM_PYTHON = JSON.parse(readFileSync(new URL("fixtures/from-python.json", import.meta.url), "utf8"));

/** @param {FromPython["indexes"][number]} index */
export function bytesOf(index) {
  return new Map(Object.entries(index.files).map(([path, content]) => [path, Buffer.from(content, "base64")]));
}

/**
 * Stands in for `fetch`.
 *
 * @param {Map<string, Buffer>} files By path.
 * @param {string[]} [asked] Where what was asked for is noted.
 * @returns {typeof fetch}
 */
export function serving(files, asked = []) {
  return async (address) => {
    const path = new URL(String(address), "http://site.invalid/").pathname.slice(1);
    asked.push(path);
    const content = files.get(path);
    return content ? new Response(Uint8Array.from(content)) : new Response("", { status: 404 });
  };
}

// What the oldest browsers of package.json know, by MDN's compatibility data: for ESLint.
import { createRequire } from "node:module";

import browserslist from "browserslist";
import ts from "typescript";

/**
 * @typedef {{ version_added?: string | false | null, version_removed?: string | false, flags?: unknown[], prefix?: string, alternative_name?: string }} Support
 * @typedef {{ __compat?: { support: Record<string, Support | Support[]> } } & { [member: string]: any }} Entry
 */

/** @type {Record<string, Entry>} */
const KNOWN = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** What each edition of the language brought that a script may be tempted to use: all of it, or the edition is not there. */
const EDITIONS = /** @type {const} */ ([
  [2020, ["operators.nullish_coalescing", "operators.optional_chaining", "operators.import"]],
  [2021, ["operators.logical_or_assignment", "operators.nullish_coalescing_assignment", "grammar.numeric_separators"]],
  [2022, ["classes.private_class_fields", "classes.static.initialization_blocks", "operators.await.top_level"]],
  [2023, ["grammar.hashbang_comments"]],
  [2024, ["builtins.RegExp.unicodeSets"]],
]);

/** @param {string} version `87`, or `≤37` where only a bound is known. */
function numberOf(version) {
  return Number.parseFloat(version.replace("≤", ""));
}

/** @returns {[browser: string, version: number][]} */
function oldestBrowsers() {
  const listed = browserslist(undefined, { path: import.meta.dirname }).map((entry) => entry.split(" "));
  /** @type {Map<string, number>} */
  const oldest = new Map();
  for (const [name, version] of listed) oldest.set(name, Math.min(numberOf(version), oldest.get(name) ?? Infinity));
  return [...oldest];
}

const OLDEST = oldestBrowsers();

/**
 * @param {Entry} entry
 * @returns {boolean} Whether all of the oldest browsers have it, under its own name and without a setting. What the data do not tell counts as known.
 */
function isKnown(entry) {
  const support = entry.__compat?.support;
  if (!support) return true;
  return OLDEST.every(([browser, version]) =>
    [support[browser]].flat().some(
      (one) =>
        one &&
        !one.flags &&
        !one.prefix &&
        !one.alternative_name &&
        typeof one.version_added === "string" &&
        numberOf(one.version_added) <= version &&
        !(typeof one.version_removed === "string" && numberOf(one.version_removed) <= version),
    ),
  );
}

/**
 * @param {string} path
 * @returns {Entry}
 */
function entryOf(path) {
  const found = path.split(".").reduce((entry, part) => entry?.[part], KNOWN["javascript"]);
  if (!found) throw new Error(`MDN's data have no javascript.${path}`);
  return found;
}

/** @returns {2019 | 2020 | 2021 | 2022 | 2023 | 2024} The newest edition of the language that can be used whole. */
export function newestEdition() {
  /** @type {2019 | 2020 | 2021 | 2022 | 2023 | 2024} */
  let newest = 2019;
  for (const [edition, features] of EDITIONS) {
    if (!features.every((feature) => isKnown(entryOf(feature)))) break;
    newest = edition;
  }
  return newest;
}

/**
 * @param {import("typescript").Declaration} declaration From TypeScript's own declarations of the language and the browser.
 * @returns {string} What it belongs to: `Element`, `Array`; empty for a global name.
 */
function ownerOf({ parent }) {
  if (ts.isInterfaceDeclaration(parent)) return parent.name.text.replace(/Constructor$/, "");
  // `declare var URL: { createObjectURL(…): string }`
  if (ts.isTypeLiteralNode(parent) && ts.isVariableDeclaration(parent.parent)) return parent.parent.name.getText();
  return "";
}

/** By member: its entries on every interface. TypeScript's mixins are no interfaces to MDN. */
const BY_MEMBER = new Map();
for (const group of [KNOWN["api"], KNOWN["javascript"]?.builtins]) {
  for (const owner of Object.values(group)) {
    for (const [member, entry] of Object.entries(owner)) BY_MEMBER.set(member, [...(BY_MEMBER.get(member) ?? []), entry]);
  }
}

/**
 * @param {string} owner
 * @param {string} name
 * @returns {Entry[]} What is told of it; of a mixin's member, what is told of the name wherever it stands.
 */
function entriesOf(owner, name) {
  const groups = [KNOWN["api"], KNOWN["javascript"]?.builtins];
  if (!owner) return groups.flatMap((group) => [group[name], group.Window?.[name], group[name]?.[name]]).filter(Boolean).slice(0, 1);
  const own = groups.flatMap((group) => [group[owner]?.[name], group[owner]?.[`${name}_static`]]).filter(Boolean);
  return own.length ? own : (BY_MEMBER.get(name) ?? []);
}

/** @param {import("typescript").Symbol | undefined} symbol */
function isTooNew(symbol) {
  const declarations = (symbol?.declarations ?? []).filter((one) => /\/lib\.[\w.]+\.d\.ts$/.test(one.getSourceFile().fileName));
  if (!symbol || !declarations.length) return false;
  const entries = declarations.flatMap((one) => entriesOf(ownerOf(one), symbol.name));
  return entries.length > 0 && !entries.some(isKnown);
}

/**
 * Refuses interfaces that the oldest browsers do not have. Whoever uses one behind a question says so at the line.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const notInOldestBrowsers = {
  meta: {
    type: "problem",
    schema: [],
    messages: { unknown: "`{{name}}` is not in the oldest supported browsers (package.json, browserslist)" },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    return {
      Identifier(node) {
        const { name } = node;
        if (isTooNew(services.getSymbolAtLocation(node))) context.report({ node, messageId: "unknown", data: { name } });
      },
    };
  },
};

// How scripts are written. The oldest browsers stand in package.json (`browserslist`), and nowhere else: which syntax and which
// interfaces they know follows from MDN's compatibility data.
import js from "@eslint/js";
import * as parserWithTypes from "@typescript-eslint/parser";
import editions from "eslint-plugin-es-x";
import globals from "globals";

import { newestEdition, notInOldestBrowsers } from "./.ci/oldest-browsers.js";

const EDITION = /** @type {const} */ (`flat/restrict-to-es${newestEdition()}`);
const RULES = {
  ...js.configs.recommended.rules,
  eqeqeq: "error",
  "no-implied-eval": "error",
  "no-eval": "error",
  "no-new-func": "error",
  "no-console": "error",
  "no-throw-literal": "error",
  "no-unused-vars": ["error", { caughtErrors: "none" }],
  // Texts are cleaned of control characters on purpose.
  "no-control-regex": "off",
};
const MODULES = {
  ...RULES,
  "no-duplicate-imports": "error",
  "no-shadow": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
};

export default [
  { ignores: ["node_modules/", ".venv/", ".cache/", "public/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["site/assets/js/*/**/*.js", "site/assets/js/theme.js"],
    plugins: { "es-x": editions, site: { rules: { "not-in-oldest-browsers": notInOldestBrowsers } } },
    languageOptions: {
      parser: parserWithTypes,
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
      sourceType: "module",
      globals: globals.browser,
    },
    rules: {
      ...MODULES,
      ...editions.configs[EDITION].rules,
      "site/not-in-oldest-browsers": "error",
      complexity: ["error", 12],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ["site/assets/js/theme.js"],
    languageOptions: { sourceType: "script" },
  },
  {
    files: ["tests/scripts/**/*.js", "*.config.js", ".ci/*.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: { ...globals.node, ...globals.browser } },
    rules: MODULES,
  },
];

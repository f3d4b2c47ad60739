// How style sheets are written. The oldest browsers stand in package.json (`browserslist`).
export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  reportNeedlessDisables: true,
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      {
        severity: "error",
        ignorePartialSupport: true,
        // It takes every `:not(…)` with a bracket for a list of selectors; the rule below looks for those.
        ignore: ["css-not-sel-list"],
      },
    ],
    "selector-pseudo-class-disallowed-list": ["is", "where"],
    "selector-not-notation": "simple",
  },
};

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../site/assets/js/submit/", import.meta.url);
const MODULES = readdirSync(FOLDER).filter((name) => name.endsWith(".js"));

test("every module but the entry can be loaded where there is no page", async () => {
  assert.ok(MODULES.includes("main.js"));
  assert.ok(MODULES.length > 15);
  assert.equal(typeof globalThis.document, "undefined");
  for (const name of MODULES) {
    const loading = import(new URL(name, FOLDER).href);
    if (name === "main.js") await assert.rejects(loading, /document/);
    else assert.ok(Object.keys(await loading).length > 0, name);
  }
});

test("no module leaves a name in the global scope", async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  await Promise.all(MODULES.filter((name) => name !== "main.js").map((name) => import(new URL(`${name}?again`, FOLDER).href)));
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
});

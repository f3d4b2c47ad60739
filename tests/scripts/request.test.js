import assert from "node:assert/strict";
import { test } from "node:test";

import { fetchBytes, fetchJson, once, oncePerKey, RequestError } from "../../site/assets/js/common/request.js";

test("an answer is read as what was asked for", async () => {
  globalThis.fetch = async () => new Response('{"a":"电"}');
  assert.deepEqual(await fetchJson("a.json"), { a: "电" });
  globalThis.fetch = async () => new Response(Uint8Array.of(0, 255));
  assert.deepEqual(await fetchBytes(new URL("http://site.invalid/a.bin")), Uint8Array.of(0, 255));
});

test("a refusal names the address and what the server said", async () => {
  globalThis.fetch = async () => new Response("", { status: 404 });
  await assert.rejects(fetchJson("data/gone.json"), (error) => error instanceof RequestError && error.status === 404);
  await assert.rejects(fetchBytes("data/gone.bin"), /data\/gone\.bin 404/);
});

test("no answer is status 0", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(fetchJson("a.json"), { name: "RequestError", status: 0 });
});

test("an answer that is no JSON is no refusal of the network", async () => {
  globalThis.fetch = async () => new Response("<!doctype html>");
  await assert.rejects(fetchJson("a.json"), SyntaxError);
});

test("what is asked for once is asked once, at the same time too", async () => {
  let asked = 0;
  const ask = once(async () => (asked += 1));
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1]);
  assert.equal(await ask(), 1);
});

test("a failed attempt is not kept", async () => {
  let asked = 0;
  const ask = oncePerKey(async (key) => {
    asked += 1;
    if (asked === 1) throw new Error("away");
    return key + asked;
  });
  await assert.rejects(ask("a"));
  assert.equal(await ask("a"), "a2");
  assert.equal(await ask("a"), "a2");
  assert.equal(await ask("b"), "b3");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";

import { newId, recordFiles, zipArchive } from "../../site/assets/js/submit/files.js";
import { makeApplication, makeDemand, makeModel, makeSubmission } from "./submit-samples.js";

test("ids are random, of eight characters that cannot be mistaken for each other", () => {
  const made = Array.from({ length: 500 }, () => newId("D"));
  assert.equal(new Set(made).size, 500);
  assert.ok(made.every((id) => /^D-[0-9A-HJKMNP-TV-Z]{8}$/.test(id)));
  assert.equal(new Set(made.join("").replace(/D-/g, "")).size, 32);
});

test("the enterprise's file comes first, each in the folder of its kind under round and district", () => {
  const model = makeModel("demand");
  const entries = [makeDemand(), makeDemand({ id: "D-AAAAAAA2", title: "另一项" })];
  const files = recordFiles(model, makeSubmission(model, { entries }));
  assert.deepEqual(
    files.map(({ path, name, about }) => [path, name, about]),
    [
      ["2024/qiaokou/enterprises/e-aaaaaaa1.yml", "e-aaaaaaa1.yml", "企业"],
      ["2024/qiaokou/demands/d-aaaaaaa1.yml", "d-aaaaaaa1.yml", "需求：高速电机用绝缘材料"],
      ["2024/qiaokou/demands/d-aaaaaaa2.yml", "d-aaaaaaa2.yml", "需求：另一项"],
    ],
  );
  assert.match(files[0].text, /^# yaml-language-server: .*enterprise\.schema\.json\nid: E-AAAAAAA1\nname: 示例腾岳/);
});

test("an enterprise that was submitted before has no file", () => {
  const model = makeModel("application");
  const files = recordFiles(model, makeSubmission(model, { enterprise: null, known: true, entries: [makeApplication()] }));
  assert.deepEqual(
    files.map(({ path, about }) => [path, about]),
    [["2024/qiaokou/applications/a-aaaaaaa1.yml", "揭榜申请：绝缘材料"]],
  );
});

test("without a round or a district there is nowhere to put files", () => {
  const model = makeModel("demand");
  for (const missing of [{ round: null }, { district: null }]) assert.throws(() => recordFiles(model, makeSubmission(model, missing)), /round and a district/);
});

/**
 * Entries of an archive by its own directory (APPNOTE 4.3): name, text, and whether both heads and the checksum agree.
 *
 * @param {Blob} archive
 */
async function unzip(archive) {
  const bytes = Buffer.from(await archive.arrayBuffer());
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  assert.equal(at + bytes.readUInt32LE(end + 12), end);
  const entries = [];
  for (let entry = 0; entry < count; entry += 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [checksum, packed, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place));
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + length);
    const local = bytes.readUInt32LE(at + 42);
    assert.equal(bytes.readUInt32LE(local), 0x04034b50);
    assert.ok(bytes.subarray(at + 6, at + 32).equals(bytes.subarray(local + 4, local + 30)), "both heads say the same");
    assert.ok(name.equals(bytes.subarray(local + 30, local + 30 + length)));
    const data = bytes.subarray(local + 30 + length, local + 30 + length + size);
    assert.equal(packed, size);
    assert.equal(checksum, crc32(data));
    assert.equal(bytes.readUInt16LE(at + 8) & 0x0800, 0x0800, "names are in UTF-8");
    entries.push({ path: name.toString(), text: data.toString() });
    at += 46 + length;
  }
  assert.equal(at, end);
  return entries;
}

test("an archive gives back every file, with its checksum", async () => {
  const files = [
    { path: "2024/zone/enterprises/e-1.yml", text: "name: 示例\n" },
    { path: "2024/zone/demands/需求😀.yml", text: "长".repeat(3000) },
    { path: "empty.yml", text: "" },
  ];
  const archive = zipArchive(files);
  assert.equal(archive.type, "application/zip");
  assert.deepEqual(await unzip(archive), files);
});

test("an archive of nothing is one, and the same files make the same archive", async () => {
  assert.deepEqual(await unzip(zipArchive([])), []);
  const files = [{ path: "a", text: "b" }];
  assert.deepEqual(await zipArchive(files).arrayBuffer(), await zipArchive(files).arrayBuffer());
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_ADDRESS, howToBranch, newFileAddresses } from "../../site/assets/js/submit/forge.js";

const PATH = "2024/zone/demands/d-1.yml";
const TEXT = "a: 中 #&=+%\n";

/**
 * @param {string} kind
 * @param {string} [text]
 * @param {Partial<import("../../site/assets/js/submit/types.js").ForgeSetting>} [more]
 */
function addresses(kind, text = TEXT, more = {}) {
  const setting = { kind, url: "https://git.example.org/org/repo", branch: "main", folder: "catalogue", ...more };
  const made = newFileAddresses(setting, PATH, text);
  assert.ok(made);
  return made;
}

/** @param {string} address */
function parts(address) {
  const url = new URL(address);
  return { path: decodeURIComponent(url.pathname), query: Object.fromEntries(url.searchParams) };
}

test("without a forge, or with one that is not known, there are no addresses", () => {
  for (const kind of ["", "gogs", "toString"]) {
    assert.equal(newFileAddresses({ kind, url: "", branch: "main", folder: "catalogue" }, PATH, TEXT), null, kind);
  }
});

for (const [kind, place] of [
  ["github", "new"],
  ["gitea", "_new"],
]) {
  test(`${kind} takes the whole path as the file's name`, () => {
    const { full, empty } = addresses(kind);
    assert.deepEqual(parts(full ?? ""), { path: `/org/repo/${place}/main`, query: { filename: `catalogue/${PATH}`, value: TEXT } });
    assert.deepEqual(parts(empty ?? ""), { path: `/org/repo/${place}/main`, query: { filename: `catalogue/${PATH}` } });
  });
}

test("gitlab takes the folder from the address, and its page takes no text", () => {
  const { full, empty, isTooLong } = addresses("gitlab");
  assert.equal(full, null);
  assert.equal(isTooLong, false);
  assert.deepEqual(parts(empty ?? ""), { path: "/org/repo/-/new/main/catalogue/2024/zone/demands", query: { file_name: "d-1.yml" } });
});

for (const kind of ["gitee", "gitcode"]) {
  test(`${kind} has a folder where a file is made, and no address for it`, () => {
    const { full, empty, folder, upload, isTooLong } = addresses(kind, "a".repeat(10000));
    assert.deepEqual({ full, empty, upload, isTooLong }, { full: null, empty: null, upload: null, isTooLong: false });
    assert.equal(folder, "https://git.example.org/org/repo/tree/main/catalogue/2024/zone/demands");
  });
}

for (const [kind, place] of [
  ["github", "/compare"],
  ["gitea", "/pulls"],
  ["gitlab", "/-/merge_requests/new"],
  ["gitee", "/pulls"],
  ["gitcode", "/merge_requests"],
]) {
  test(`${kind} has a page where a merge request is opened`, () => {
    assert.equal(addresses(kind ?? "").requests, `https://git.example.org/org/repo${place}`);
  });
}

test("github and gitea have a page to upload to the folder, gitlab has none", () => {
  assert.equal(addresses("github").upload, "https://git.example.org/org/repo/upload/main/catalogue/2024/zone/demands");
  assert.equal(addresses("gitea").upload, "https://git.example.org/org/repo/_upload/main/catalogue/2024/zone/demands");
  assert.equal(addresses("gitlab").upload, null);
});

for (const kind of ["github", "gitea"]) {
  test(`${kind}: an address of the longest length is given, one character more is not`, () => {
    const room = LONGEST_ADDRESS - (addresses(kind, "").full ?? "").length;
    assert.equal(addresses(kind, "a".repeat(room)).full?.length, LONGEST_ADDRESS);
    const longer = addresses(kind, "a".repeat(room + 1));
    assert.equal(longer.full, null);
    assert.equal(longer.isTooLong, true);
    assert.equal(longer.empty, addresses(kind, "").empty);
  });
}

test("Han characters take nine characters of an address each", () => {
  assert.notEqual(addresses("github", "长".repeat(880)).full, null);
  assert.equal(addresses("github", "长".repeat(910)).full, null);
});

test("branches and folders with slashes and spaces keep their slashes only", () => {
  const { empty, upload } = addresses("gitea", TEXT, { branch: "year/2024", folder: "data files" });
  assert.ok(empty?.startsWith("https://git.example.org/org/repo/_new/year/2024?filename=data%20files%2F2024"));
  assert.equal(upload, "https://git.example.org/org/repo/_upload/year/2024/data%20files/2024/zone/demands");
});

for (const { kind, made, request, changed } of [
  {
    kind: "github",
    made: "/new/my%20work/1?filename=catalogue%2F2024%2Fzone%2Fdemands%2Fd-1.yml",
    request: "/compare/main...my%20work/1",
    changed: "/edit/my%20work/1/catalogue/2024/zone/demands/d-1.yml",
  },
  {
    kind: "gitea",
    made: "/_new/my%20work/1?filename=catalogue%2F2024%2Fzone%2Fdemands%2Fd-1.yml",
    request: "/compare/main...my%20work/1",
    changed: "/_edit/my%20work/1/catalogue/2024/zone/demands/d-1.yml",
  },
  {
    kind: "gitlab",
    made: "/-/new/my%20work/1/catalogue/2024/zone/demands?file_name=d-1.yml",
    request: "/-/merge_requests/new?merge_request[source_branch]=my%20work/1&merge_request[target_branch]=main",
    changed: "/-/edit/my%20work/1/catalogue/2024/zone/demands/d-1.yml",
  },
  { kind: "gitee", made: null, request: "/pulls", changed: null },
  { kind: "gitcode", made: null, request: "/merge_requests", changed: null },
]) {
  test(`${kind}: what belongs to a request goes on from its branch`, () => {
    const setting = { kind, url: "https://git.example.org/org/repo", branch: "main", folder: "catalogue" };
    const begun = newFileAddresses(setting, PATH, TEXT, "my work/1");
    assert.ok(begun);
    /** @param {string | null} rest */
    const whole = (rest) => rest && `https://git.example.org/org/repo${rest}`;
    assert.deepEqual([begun.empty, begun.requests, begun.edit], [made, request, changed].map(whole));
    assert.match(begun.folder, /my%20work\/1\/catalogue\/2024\/zone\/demands$/);
    // Where a page for the new file is known, the branch is begun there; else on the forge's own page of branches.
    assert.equal(howToBranch(kind) !== "", made !== null);
  });
}

// A worker in which this program runs as it does on a desk, in Python for browsers: files are read here and go nowhere. Started when a
// file comes, ended by the page when a file takes too long.

/** @typedef {{ folder: string, files: { [name: string]: number } }} Listed What `assets/reader.json` says; sizes in bytes. */
/** @typedef {{ id: number, listed: string, request: string, asked: string, bytes: Uint8Array }} Asked */
/** @typedef {{ writeFile(path: string, content: Uint8Array): void }} Files */
/** @typedef {{ FS: Files, runPython(code: string): (request: string, asked: string, bytes: Uint8Array) => string }} Python */

const STORE = "jiebang-reader";
/** What Python is told to be: it looks nowhere else for packages. */
const PACKAGES = { info: { arch: "wasm32", platform: "emscripten", version: "0", python: "3.14.2", abi_version: "2026_0" }, packages: {} };
const START = `
import sys, zipfile
for name in ("wheel", "program"):
    zipfile.ZipFile(f"/{name}").extractall("/reader")
sys.path.insert(0, "/reader")
from jiebang.forms.browser.door import answer
lambda request, asked, bytes: answer(request, asked, bytes.to_bytes())
`;

/**
 * What this browser keeps of earlier visits; null where it keeps nothing: on a page that is not secure, or by its settings.
 *
 * @param {string} folder
 * @returns {Promise<Cache | null>}
 */
async function storeOf(folder) {
  try {
    const name = `${STORE} ${folder}`;
    for (const other of await caches.keys()) if (other.startsWith(STORE) && other !== name) await caches.delete(other);
    return await caches.open(name);
  } catch {
    return null;
  }
}

/**
 * @param {Response} response
 * @param {(bytes: number) => void} came is told how many bytes came, again and again
 */
async function contentOf(response, came) {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  /** @type {Uint8Array[]} */
  const pieces = [];
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    came(piece.value.length);
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (pieces)).arrayBuffer());
}

/**
 * One file of the reader, from what the browser keeps or from the site.
 *
 * @param {string} address
 * @param {Cache | null} store
 * @param {(bytes: number) => void} came
 */
async function fileAt(address, store, came) {
  const kept = store ? await store.match(address) : undefined;
  if (kept) return new Uint8Array(await kept.arrayBuffer());
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} ${response.status}`);
  const content = await contentOf(response, came);
  // A full disk is no reason to stop.
  if (store) await store.put(address, new Response(content)).catch(() => {});
  return content;
}

/**
 * Python asks for two of the files by itself: it gets those that are here.
 *
 * @param {Map<string, Uint8Array>} files by address
 */
function answerFetches(files) {
  const plain = self.fetch.bind(self);
  self.fetch = (address, options) => {
    const content = files.get(String(address));
    if (!content) return plain(address, options);
    const type = String(address).endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return Promise.resolve(new Response(/** @type {BodyInit} */ (content), { headers: { "content-type": type } }));
  };
}

/**
 * @param {string} told address of `assets/reader.json`
 * @returns {Promise<(request: string, asked: string, bytes: Uint8Array) => string>} what answers requests
 */
async function start(told) {
  const response = await fetch(told, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${told} ${response.status}`);
  const listed = /** @type {Listed} */ (await response.json());
  const base = new URL(listed.folder, told).href;
  const names = Object.keys(listed.files);
  const total = Object.values(listed.files).reduce((sum, size) => sum + size, 0);
  const store = await storeOf(listed.folder);
  let done = 0;
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  // Scripts are run from their addresses: the browser keeps those itself.
  for (const name of names.filter((one) => !one.endsWith(".js"))) {
    files.set(
      base + name,
      await fileAt(base + name, store, (bytes) => {
        done += bytes;
        self.postMessage({ progress: { done, total } });
      }),
    );
  }
  self.postMessage({ progress: { done: total, total } });
  answerFetches(files);
  const module = /** @type {{ loadPyodide(options: unknown): Promise<Python> }} */ (await import(`${base}pyodide.js`));
  const python = await module.loadPyodide({ indexURL: base, lockFileContents: PACKAGES, packageBaseUrl: base });
  const wheel = names.find((name) => name.endsWith(".whl")) || "";
  python.FS.writeFile("/wheel", files.get(base + wheel) || new Uint8Array());
  python.FS.writeFile("/program", files.get(`${base}program.zip`) || new Uint8Array());
  files.clear();
  return python.runPython(START);
}

/** @type {ReturnType<typeof start> | undefined} */
let started;

self.addEventListener("message", async (/** @type {MessageEvent<Asked>} */ { data }) => {
  try {
    if (!started) started = start(data.listed);
    const answer = await started;
    self.postMessage({ id: data.id, began: true });
    self.postMessage({ id: data.id, answer: answer(data.request, data.asked, data.bytes) });
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error).slice(0, 300) });
  }
});

// A worker in which this program runs as it does on a desk, in Python for browsers: files are read here and go nowhere. Started when a
// file comes, ended by the page when a file takes too long.

/** @typedef {{ folder: string, files: { [name: string]: number } }} Listed What `assets/reader.json` says; sizes in bytes. */
/** @typedef {{ id: number, listed: string, request: string, asked: string, bytes: Uint8Array }} Asked */
/** @typedef {{ writeFile(path: string, content: Uint8Array): void }} Files */
/** @typedef {(request: string, asked: string, bytes: Uint8Array) => string} Answers */
/** @typedef {{ FS: Files, globals: { get(name: string): Answers }, runPython(code: string): void }} Python */
/** @typedef {{ HEAP8: Int8Array, _malloc(size: number): number }} Machine */

const STORE = "jiebang-reader";
const WASM = "application/wasm";
/** A module with what the machine is made of (references to what is outside, exceptions), and nothing else. */
const PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 2, 96, 0, 1, 111, 96, 1, 127, 0, 13, 3, 1, 0, 1);
/** Memory of a Python in which our program runs (`.ci/compile-reader.js`), packed. */
const STARTED = "started.bin";
/** What Python is told to be: it looks nowhere else for packages. */
const PACKAGES = { info: { arch: "wasm32", platform: "emscripten", version: "0", python: "3.14.2", abi_version: "2026_0" }, packages: {} };
const UNPACK = `
import sys, zipfile
for name in ("wheel", "program"):
    zipfile.ZipFile(f"/{name}").extractall("/reader")
`;
const START = `
sys.path.insert(0, "/reader")
from jiebang.forms.browser import door

def answer(request, asked, data):
    return door.answer(request, asked, data.to_bytes())
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
 * Asks for a file, and counts what comes of it while it comes.
 *
 * @param {string} address
 * @param {(bytes: number) => void} came is told how many bytes came, again and again
 */
async function fetched(address, came) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} ${response.status}`);
  const { body } = response.clone();
  const count = async () => {
    if (!body) return;
    const reader = body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) came(piece.value.length);
  };
  // A connection that is lost is told where the content is read.
  count().catch(() => {});
  return response;
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
  if (kept) {
    const content = new Uint8Array(await kept.arrayBuffer());
    came(content.length);
    return content;
  }
  const content = new Uint8Array(await (await fetched(address, came)).arrayBuffer());
  // A full disk is no reason to stop.
  if (store) await store.put(address, new Response(content)).catch(() => {});
  return content;
}

/**
 * The machine that Python runs on. Where it comes from its own address the browser compiles it while it comes, and keeps what it compiled
 * beside it; one out of our own store it compiles anew at each visit. That is for browsers and servers that let nothing be kept.
 *
 * @param {string} address
 * @param {number} size
 * @param {Cache | null} store
 * @param {(bytes: number) => void} came
 */
async function machineAt(address, size, store, came) {
  const here = await fetch(address, { cache: "only-if-cached", mode: "same-origin" }).catch(() => null);
  const kept = here && here.ok ? here : store && (await store.match(address));
  const response = kept || (await fetched(address, came));
  if (kept) came(size);
  // A full disk is no reason to stop.
  else if (store) store.put(address, response.clone()).catch(() => {});
  if (response.headers.get("content-type") === WASM) return response;
  // Of a server that does not know the type.
  return new Response(response.body, { headers: { "content-type": WASM } });
}

/**
 * Python asks for two of the files by itself: it gets those that are here.
 *
 * @param {Map<string, Uint8Array>} files by address
 * @param {Promise<Response>} machine
 */
function answerFetches(files, machine) {
  const plain = self.fetch.bind(self);
  self.fetch = (address, options) => {
    if (String(address).endsWith(".wasm")) return machine;
    const content = files.get(String(address));
    return content ? Promise.resolve(new Response(/** @type {BodyInit} */ (content))) : plain(address, options);
  };
}

/**
 * The memory of a Python that was started, out of what the browser keeps.
 *
 * @param {string} address
 * @param {Cache | null} store
 * @returns {Promise<Uint8Array | null>} null: it has to be started
 */
async function startedMemory(address, store) {
  const kept = store ? await store.match(address) : undefined;
  return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
}

/**
 * Python only warns where its machine is refused, and waits for ever.
 *
 * @returns {Promise<never>} rejects then
 */
function refusal() {
  const plain = WebAssembly.instantiateStreaming.bind(WebAssembly);
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (source, imports) => {
      const made = plain(source, imports);
      made.catch(reject);
      return made;
    };
  });
}

/**
 * @param {string} base
 * @param {Uint8Array | null} memory
 * @returns {Promise<Python>}
 */
async function pythonAt(base, memory) {
  const module = /** @type {{ loadPyodide(options: unknown): Promise<Python> }} */ (await import(`${base}pyodide.js`));
  const options = { indexURL: base, lockFileContents: PACKAGES, packageBaseUrl: base };
  if (!memory) return module.loadPyodide(options);
  const made = /** @type {{ default(settings: unknown): Promise<Machine> }} */ (await import(`${base}pyodide.asm.js`));
  const createPyodideModule = async (/** @type {unknown} */ settings) => {
    const machine = await made.default(settings);
    // It begins with less room than the memory that is put in its place.
    if (machine.HEAP8.length < memory.length) machine._malloc(memory.length);
    return machine;
  };
  return module.loadPyodide({ ...options, _loadSnapshot: memory, createPyodideModule });
}

/**
 * @param {string} told
 * @returns {Promise<Listed>}
 */
async function listedAt(told) {
  const response = await fetch(told, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${told} ${response.status}`);
  return response.json();
}

/**
 * Everything that Python is started with, from what the browser keeps or from the site.
 *
 * @param {Listed} listed
 * @param {string} base
 * @param {Cache | null} store
 */
async function gathered(listed, base, store) {
  // Scripts are run from their addresses: the browser keeps those itself. The memory comes when a form was read.
  const names = Object.keys(listed.files).filter((name) => !name.endsWith(".js") && name !== STARTED);
  const total = names.reduce((sum, name) => sum + listed.files[name], 0);
  const isKept = store !== null && (await store.keys()).length > 0;
  let done = 0;
  const came = (/** @type {number} */ bytes) => {
    done += bytes;
    // What is here already is no news but that it is read.
    if (!isKept || done >= total) self.postMessage({ progress: { done, total } });
  };
  const [large] = names.filter((name) => name.endsWith(".wasm"));
  const machine = machineAt(base + large, listed.files[large], store, came);
  // It is waited for further below.
  machine.catch(() => {});
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const name of names.filter((one) => one !== large)) files.set(base + name, await fileAt(base + name, store, came));
  return { machine, files };
}

/**
 * @param {string} told address of `assets/reader.json`
 * @param {boolean} isAgain whether going on from the memory that is kept has failed
 * @returns {Promise<Answers>} what answers requests
 */
async function start(told, isAgain = false) {
  const listed = await listedAt(told);
  const base = new URL(listed.folder, told).href;
  const store = await storeOf(listed.folder);
  const memory = isAgain ? null : await startedMemory(base + STARTED, store).catch(() => null);
  if (!memory && store && STARTED in listed.files) fetchStarted = () => keepStarted(base + STARTED, store);
  const { machine, files } = await gathered(listed, base, store);
  const plain = self.fetch;
  answerFetches(files, machine);
  try {
    const python = await Promise.race([refusal(), pythonAt(base, memory)]);
    for (const [address, content] of files) {
      if (address.endsWith(".whl")) python.FS.writeFile("/wheel", content);
      if (address.endsWith("/program.zip")) python.FS.writeFile("/program", content);
    }
    python.runPython(memory ? UNPACK : UNPACK + START);
    return python.globals.get("answer");
  } catch (error) {
    if (!memory) throw error;
    self.fetch = plain;
    return start(told, true);
  }
}

/**
 * For the next visit; unpacked, as that takes a third of the time that is left then.
 *
 * @param {string} address
 * @param {Cache} store
 */
async function keepStarted(address, store) {
  if (!("DecompressionStream" in self)) return;
  const response = await fetch(address);
  if (!response.ok || !response.body) return;
  // eslint-disable-next-line site/not-in-oldest-browsers -- asked above
  await store.put(address, new Response(response.body.pipeThrough(new DecompressionStream("gzip"))));
}

/** Does so, once a form was read; nothing where there is no need. */
let fetchStarted = async () => {};

/** @type {ReturnType<typeof start> | undefined} */
let started;

/** @param {string} listed */
function startOnce(listed) {
  if (!started) started = start(listed);
  return started;
}

/** Whether this browser is new enough: asked before anything large is fetched. */
async function isAble() {
  return WebAssembly.compile(PROBE).then(
    () => true,
    () => false,
  );
}

/**
 * A file is likely to come: Python starts now, where this browser has it from an earlier visit. Otherwise nothing is fetched.
 *
 * @param {string} listed
 */
async function prepare(listed) {
  const isKept = (await caches.keys()).some((name) => name.startsWith(STORE));
  if (isKept) await startOnce(listed);
}

self.addEventListener("message", async (/** @type {MessageEvent<Asked | { listed: string }>} */ { data }) => {
  if (!("id" in data)) {
    // Whoever asks next is told what is wrong.
    prepare(data.listed).catch(() => {});
    return;
  }
  try {
    if (!(await isAble())) {
      self.postMessage({ id: data.id, failed: "", isOld: true });
      return;
    }
    const answer = await startOnce(data.listed);
    self.postMessage({ id: data.id, began: true });
    self.postMessage({ id: data.id, answer: answer(data.request, data.asked, data.bytes) });
    const fetchNow = fetchStarted;
    fetchStarted = async () => {};
    // A full disk is no reason to complain, nor a page that is left.
    fetchNow().catch(() => {});
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error).slice(0, 300) });
  }
});

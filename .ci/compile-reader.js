// Compiles what the reader of forms imports, so that no browser has to: starting it takes half the time. Of Python's library within its
// archive; of our packed program beside it, each module under the digest of its name and source, as those may change without this. Then
// starts it and keeps its memory, with everything imported and every table made: a browser that has been here goes on from there. The
// memory is named after the program that it holds. Only what `make reader` calls; arguments: the folder with the library and the wheel,
// our packed program, whose imports decide, and blank forms to be read.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { loadPyodide } from "pyodide";

const [folder, program, ...blanks] = process.argv.slice(2);
const LIBRARY = join(folder, "python_stdlib.zip");
const COMPILE = `
import hashlib, marshal, sys, zipfile
from importlib.util import MAGIC_NUMBER

# Compiled for good (PEP 552): nothing compares it with its source.
HEAD = MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)

def compiled(name, content):
    return HEAD + marshal.dumps(compile(content, name, "exec", dont_inherit=True))

zipfile.ZipFile("/program").extractall("/reader")
sys.path.insert(0, "/reader")
import xml.dom.minidom, xml.etree.ElementTree
import jiebang.forms.browser.door, jiebang.forms.reading.document.word

root = "/lib/python314.zip/"
needed = {m.__file__.removeprefix(root) for m in [*sys.modules.values()] if (getattr(m, "__file__", None) or "").startswith(root)}
with zipfile.ZipFile("/library") as source, zipfile.ZipFile("/compiled", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
    for name in sorted(source.namelist()):
        content = source.read(name)
        if name not in needed or not name.endswith(".py"):
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        else:
            target.writestr(zipfile.ZipInfo(name + "c"), compiled(root + name, content), zipfile.ZIP_DEFLATED)
with zipfile.ZipFile("/program") as source, zipfile.ZipFile("/ours", "w", zipfile.ZIP_DEFLATED) as target:
    for name in sorted(source.namelist()):
        if name.endswith(".py"):
            content = source.read(name)
            digest = hashlib.sha256(name.encode() + bytes(1) + content).hexdigest()
            target.writestr(zipfile.ZipInfo(f"{digest}.pyc"), compiled(f"/reader/{name}", content), zipfile.ZIP_DEFLATED)
len(needed)
`;

const python = await loadPyodide();
python.FS.writeFile("/program", readFileSync(program));
python.FS.writeFile("/library", readFileSync(LIBRARY));
if (python.runPython(COMPILE) < 100) throw new Error("hardly anything of the library was imported");
writeFileSync(LIBRARY, python.FS.readFile("/compiled"));
writeFileSync(join(folder, "program_compiled.zip"), python.FS.readFile("/ours"));

// As `reader/worker.js` starts it.
/** @type {any} */
const PACKAGES = { info: { arch: "wasm32", platform: "emscripten", version: "0", python: "3.14.2", abi_version: "2026_0" }, packages: {} };
const START = `
import gc, hashlib, json, sys, zipfile
for name in ("wheel", "program"):
    zipfile.ZipFile(f"/{name}").extractall("/reader")
sys.path.insert(0, "/reader")
from jiebang.forms.browser import door

def answer(request, asked, data):
    return door.answer(request, asked, data.to_bytes())

for number in range(BLANKS):
    told = json.loads(door.answer("form", '{"name": "blank.docx"}', open(f"/blank{number}", "rb").read()))
    if "error" in told and "程序" in told["error"]["message"]:
        raise SystemExit(told["error"]["message"])
with zipfile.ZipFile("/program") as packed:
    names = sorted(packed.namelist())
    parts = [hashlib.sha256(name.encode() + bytes(1) + packed.read(name)).digest() for name in names]
state = hashlib.sha256(b"".join(parts)).hexdigest()
del number, told, packed, names, parts
gc.collect()
state
`;
// Without chance in it: the same memory for the same program.
const started = await loadPyodide({ stdLibURL: LIBRARY, lockFileContents: PACKAGES, packageBaseUrl: "/", env: { PYTHONHASHSEED: "0" }, _makeSnapshot: true });
const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
if (!wheel) throw new Error("no wheel");
started.FS.writeFile("/wheel", readFileSync(join(folder, wheel)));
started.FS.writeFile("/program", readFileSync(program));
blanks.forEach((name, number) => started.FS.writeFile(`/blank${number}`, readFileSync(name)));
const state = started.runPython(START.replace("BLANKS", String(blanks.length)));
emptyFreeMemory(/** @type {any} */ (started)._module);
writeFileSync(join(folder, `started-${state}.bin`), gzipSync(started.makeMemorySnapshot(), { level: 9 }));

/**
 * What was freed holds what stood there before, which would be packed and sent for nothing.
 *
 * @param {any} machine
 */
function emptyFreeMemory(machine) {
  const held = [];
  for (let size = 1 << 20; size >= 32; size >>= 1) {
    for (let end = machine._sbrk(0); ; ) {
      const at = machine._malloc(size);
      if (!at || machine._sbrk(0) !== end) {
        machine._free(at);
        break;
      }
      machine.HEAPU8.fill(0, at, at + size);
      held.push(at);
    }
  }
  for (const at of held) machine._free(at);
  machine.HEAPU8.fill(0, machine._sbrk(0));
}

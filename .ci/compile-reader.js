// Compiles what the reader of forms imports, so that no browser has to: starting it takes half the time. Of Python's library within its
// archive; of our packed program beside it, each module under the digest of its name and source, as those may change without this. Only
// what `make reader` calls; arguments: the folder with the library, and our packed program, whose imports decide.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadPyodide } from "pyodide";

const [folder, program] = process.argv.slice(2);
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

// Compiles what the reader of forms imports of Python's library, so that no browser has to: starting it takes half the time. Only what
// `make reader` calls; arguments: the folder with the library, and our packed program, whose imports decide.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadPyodide } from "pyodide";

const [folder, program] = process.argv.slice(2);
const LIBRARY = join(folder, "python_stdlib.zip");
const COMPILE = `
import marshal, sys, zipfile
from importlib.util import MAGIC_NUMBER

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
            code = compile(content, root + name, "exec", dont_inherit=True)
            # Compiled for good (PEP 552): nothing compares it with its source.
            head = MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
            target.writestr(zipfile.ZipInfo(name + "c"), head + marshal.dumps(code), zipfile.ZIP_DEFLATED)
len(needed)
`;

const python = await loadPyodide();
python.FS.writeFile("/program", readFileSync(program));
python.FS.writeFile("/library", readFileSync(LIBRARY));
if (python.runPython(COMPILE) < 100) throw new Error("hardly anything of the library was imported");
writeFileSync(LIBRARY, python.FS.readFile("/compiled"));

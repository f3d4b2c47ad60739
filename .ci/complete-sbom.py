"""Completes a bill of materials (CycloneDX, JSON) made from requirements/runtime.txt: the program itself, and what it carries that pip does
not install, Python for browsers and the module that is compiled for it. Prints it; names and versions come from the lock files alone.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def _version() -> str:
    text = (ROOT / "generator" / "jiebang" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SystemExit("generator/jiebang/__init__.py tells no version")
    return found[1]


def _pyodide() -> dict[str, Any]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    package = lock["packages"]["node_modules/pyodide"]
    digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
    purl = f"pkg:npm/pyodide@{package['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": "pyodide",
        "version": package["version"],
        "purl": purl,
        "licenses": [{"license": {"id": "MPL-2.0"}}],
        "hashes": [{"alg": "SHA-512", "content": digest}],
    }


def completed(bill: dict[str, Any]) -> dict[str, Any]:
    """The bill with the program as its subject and all that it carries."""
    version = _version()
    program = {
        "type": "application",
        "bom-ref": "jiebang",
        "name": "jiebang",
        "version": version,
        "purl": f"pkg:pypi/jiebang@{version}",
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    bill["metadata"]["component"] = program
    bill["components"].append(_pyodide())
    needed = sorted(component["bom-ref"] for component in bill["components"])
    bill["dependencies"] = [*bill.get("dependencies", []), {"ref": "jiebang", "dependsOn": needed}]
    return bill


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps(completed(given), ensure_ascii=False, indent=1, sort_keys=True))

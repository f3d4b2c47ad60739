"""The bill of materials names what a release carries beside the packages that pip installs, as the lock files say it."""

from __future__ import annotations

import runpy
from typing import Any

import jiebang
from tests.frame.test_locks import ROOT, node_packages


def test_the_bill_holds_the_program_and_python_for_browsers() -> None:
    completed = runpy.run_path(str(ROOT / ".ci" / "complete-sbom.py"))["completed"]
    click = {"bom-ref": "requirements-L1", "name": "click", "version": "8"}
    bill: dict[str, Any] = completed(
        {"metadata": {}, "components": [click], "dependencies": [{"ref": "requirements-L1"}]}
    )
    assert bill["metadata"]["component"]["version"] == jiebang.__version__
    runtime = next(part for part in bill["components"] if part["name"] == "pyodide")
    assert runtime["version"] == node_packages()["node_modules/pyodide"]["version"]
    assert len(runtime["hashes"][0]["content"]) == 128
    assert {"requirements-L1", runtime["bom-ref"]} == set(bill["dependencies"][-1]["dependsOn"])

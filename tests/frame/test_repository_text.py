"""No file tells where it was made, and nothing about one city stands in the program."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests import plain_yaml

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file is clean itself.
FORBIDDEN = re.compile(
    r"(?<![\w.*-])/(?:{folders})/|{hosts}".format(
        folders="|".join(("wor" + "k", "roo" + "t", "tm" + "p", r"hom" + r"e/\w+", r"User" + r"s/\w+")),
        hosts="|".join(
            re.escape(host) for host in ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".", "index" + "-url")
        ),
    )
)


def files() -> list[Path]:
    """What is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.fail("这里不是 git 仓库，无法得知有哪些文件。")
    names = {name for name in listed.stdout.decode("utf-8").split("\0") if name}
    return [path for name in sorted(names) if (path := ROOT / name).is_file()]


def test_no_place_of_this_machine_and_no_package_host() -> None:
    found = []
    for path in files():
        try:
            content = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # A picture or a font.
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FORBIDDEN.finditer(content)]
    assert found == []


def test_nothing_about_the_city_in_program_or_templates() -> None:
    source = plain_yaml.values((ROOT / "catalogue" / "districts.yml").read_text(encoding="utf-8"))
    city = source["city"]["name"].removesuffix("市")
    found = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.is_relative_to(ROOT / "generator") or path.is_relative_to(ROOT / "site")
        if city.encode() in path.read_bytes()
    ]
    assert found == []


def test_what_is_built_is_not_in_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/public/", "/.venv/", "/.cache/"} <= set(ignored)

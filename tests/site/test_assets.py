"""Scripts are published under names that follow from their content and from everything that they import."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from jiebang.site.assets import Asset, AssetError, collect

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "css" / "10-a.css").write_text("a {}", encoding="utf-8")
    return tmp_path


def _collected(folder: Path, scripts: dict[str, str]) -> dict[str, Asset]:
    for name, text in scripts.items():
        file = folder / "js" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {asset.name: asset for asset in collect(folder)}


TREE = {
    "theme.js": '"use strict";\n',
    "common/day.js": "export const DAY = 1;\n",
    "common/dates.js": 'import { DAY } from "./day.js";\nexport const week = 7 * DAY;\n',
    "list/main.js": 'import {\n  week,\n} from "../common/dates.js";\nimport "../common/day.js";\n'
    'const later = () => import("../export/table.js");\n',
    "export/table.js": 'export { DAY as day } from "../common/day.js";\nexport const PATH = "./not-an-import.js";\n',
}


def test_imports_name_the_published_files(folder: Path) -> None:
    assets = _collected(folder, TREE)
    main = assets["list/main.js"]
    assert re.fullmatch(r"assets/list/main\.[0-9a-f]{10}\.js", main.path)
    for written in ("common/dates.js", "common/day.js", "export/table.js"):
        assert f'"../{assets[written].path.removeprefix("assets/")}"'.encode() in main.content
    day = assets["common/day.js"].path.removeprefix("assets/common/")
    assert f'from "./{day}"'.encode() in assets["common/dates.js"].content
    assert b'"./not-an-import.js"' in assets["export/table.js"].content


def test_what_is_imported_at_once_is_told_deepest_first_and_what_comes_later_is_not(folder: Path) -> None:
    assets = _collected(folder, TREE)
    assert assets["list/main.js"].imports == (assets["common/day.js"].path, assets["common/dates.js"].path)
    assert assets["theme.js"].imports == ()


def test_a_name_follows_what_is_imported(folder: Path) -> None:
    before = _collected(folder, TREE)
    after = _collected(folder, {"common/day.js": "export const DAY = 2;\n"})
    changed = {name for name in before if before[name].path != after[name].path}
    assert changed == {"common/day.js", "common/dates.js", "list/main.js", "export/table.js"}


def test_types_and_remarks_stay_with_the_source(folder: Path) -> None:
    text = (
        '/**\n * @import {A} from "./gone.js"\n * @typedef {import("./gone.js").A} B\n */\n'
        '// import("./gone.js")\nconst a = /** @type {B} */ (1); // kept\nconst b = "https://example.com/*"; /* kept */\n'
    )
    published = _collected(folder, {"a.js": text})["a.js"].content.decode()
    kept = 'const a = (1); // kept\nconst b = "https://example.com/*"; /* kept */\n'
    assert published == "\n" * 5 + kept, "lines keep their numbers"


@pytest.mark.parametrize("written", ['import "./gone.js";', 'import { a } from "./gone.js";', 'import("./gone.js");'])
def test_an_import_of_nothing_names_both_files(folder: Path, written: str) -> None:
    with pytest.raises(AssetError, match=r"list/main\.js 引用的 list/gone\.js"):
        _collected(folder, {"list/main.js": written})


def test_a_circle_names_every_file_of_it(folder: Path) -> None:
    scripts = {"a.js": 'import "./b.js";', "b.js": 'import "./c.js";', "c.js": 'import("./b.js");'}
    with pytest.raises(AssetError, match=r"b\.js → c\.js → b\.js"):
        _collected(folder, scripts)


def test_no_script_is_imported_by_a_name_that_is_not_published() -> None:
    assets = collect(ROOT / "site" / "assets")
    paths = {asset.path for asset in assets}
    imported = set()
    for asset in assets:
        if asset.path.endswith(".js"):
            for written in re.findall(r'"(\.\.?/[^"]+\.js)"', asset.content.decode()):
                imported.add(str((Path("/", asset.path).parent / written).resolve()).removeprefix("/"))
    assert len(imported) > 15
    assert imported <= paths


def test_pages_ask_at_once_for_all_that_their_scripts_import(rich: dict[str, bytes]) -> None:
    by_path = {asset.path: asset for asset in collect(ROOT / "site" / "assets")}

    def named(pattern: str, path: str) -> list[Asset]:
        folder = posixpath.dirname(path)
        written = re.findall(pattern, rich[path].decode())
        # The page for what is not found may stand anywhere, so its addresses begin at the root.
        return [by_path[posixpath.normpath(posixpath.join(folder, one)).lstrip("/")] for one in written]

    entries: dict[str, Asset] = {}
    for path in rich:
        if path.endswith(".html"):
            modules = named('<script type="module" src="([^"]+)">', path)
            preloaded = [asset.path for asset in named('<link rel="modulepreload" href="([^"]+)">', path)]
            assert len(preloaded) == len(set(preloaded)), path
            assert set(preloaded) == {one for module in modules for one in module.imports}, path
            entries |= {module.name: module for module in modules}
    assert entries.keys() >= {
        "page/main.js",
        "page/actions.js",
        "page/wall.js",
        "list/main.js",
        "favourites/main.js",
        "submit/main.js",
    }
    # The web form works without a network once it is open, its archive included.
    form = entries.pop("submit/main.js")
    assert "export/zip.js" in {by_path[path].name for path in form.imports}
    at_once = {by_path[path].name for module in entries.values() for path in module.imports}
    assert not at_once & {"export/table.js", "export/xlsx.js", "export/zip.js"}, "asked for when a button is pressed"

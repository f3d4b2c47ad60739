"""Each recipe of CONTRIBUTING.md, played on a copy of the project: what is added arrives everywhere it should."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import plain_yaml
from tests.conftest import FIXTURES, ROOT
from tests.forms import make

_COPIED = ("generator", "schemas", "site", "requirements", "mkdocs.yml", "tests/reviews.py", "tests/scripts")
_LEFT_OUT = shutil.ignore_patterns(
    "*.egg-info", "fixtures"
)  # what is compiled goes along: compiling all of it takes seconds
DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
CONDITIONS = "在示例环境箱中连续试验 500 小时"

Edits = dict[str, Callable[[str], str]]
"""By path: the file's text before → after; an empty text stands for a file that is not there."""


def _replacing(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return edit


def _whole(text: str) -> Callable[[str], str]:
    return lambda _: text


def _properties(edit: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[str], str]:
    """Edits the properties of a schema."""

    def edited(text: str) -> str:
        schema = json.loads(text)
        schema["properties"] = edit(schema["properties"])
        return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

    return edited


def _property(name: str, described: dict[str, object], behind: str) -> Callable[[str], str]:
    """Adds a property behind another."""

    def add(properties: dict[str, Any]) -> dict[str, Any]:
        names = list(properties)
        place = names.index(behind) + 1
        return {key: properties.get(key, described) for key in (*names[:place], name, *names[place:])}

    return _properties(add)


def _labelled(path: str, label: str) -> Callable[[str], str]:
    """Adds a label to a field."""
    return _properties(
        lambda properties: {
            key: {**one, "x-form-label": [*one["x-form-label"], label]} if key == path else one
            for key, one in properties.items()
        }
    )


FIELD: Edits = {
    "schemas/demand.schema.json": _property(
        "test_conditions",
        {
            "title": "试验条件",
            "description": "验证效果时的环境和方法。",
            "type": "string",
            "minLength": 1,
            "maxLength": 300,
            "pattern": "\\S",
            "examples": ["常温常压。"],
            "x-privacy": "public",
            "x-shown-on": ["demand", "data", "search"],
            "x-form-label": ["试验条件"],
            "x-form": ["附件1 二、技术创新需求 需求内容·试验条件"],
        },
        "schedule",
    ),
    "generator/jiebang/view.py": _replacing(
        "    category: str | None = None\n", "    category: str | None = None\n    test_conditions: str | None = None\n"
    ),
    "generator/jiebang/publication/publish.py": _replacing(
        '        type=public.get("type"),\n',
        '        type=public.get("type"),\n        test_conditions=public.get("test_conditions"),\n',
    ),
    "generator/jiebang/site/exports/json/keys.py": _replacing(
        '        _said("demand", "schedule", "schedule", TEXT),\n',
        '        _said("demand", "schedule", "schedule", TEXT),\n'
        '        _said("demand", "test_conditions", "test_conditions", TEXT, True),\n',
    ),
    "site/templates/demand.html": _replacing(
        '    {{ part("schedule", "时间要求", demand.schedule) }}\n',
        '    {{ part("schedule", "时间要求", demand.schedule) }}\n'
        '    {% if demand.test_conditions %}{{ part("test-conditions", "试验条件", demand.test_conditions) }}{% endif %}\n',
    ),
}

RULE: Edits = {
    "generator/jiebang/rules/lengths.py": lambda text: (
        text
        + """

@rule("R373", "企业概况太短", "几个字说明不了企业做什么。", "写明主要产品和技术能力。", Severity.WARNING, each=("enterprise",))
def profile_says_something(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        if record.get("profile") and (count := characters(record.get("profile"))) < 10:
            yield report(record, ("profile",), f"现在只有 {count} 字。")
"""
    ),
    "tests/fixtures/mistakes/R373-short-profile.yml": _whole(
        "what: 企业概况太短\nfile: 2024/qiaokou/enterprises/e-ccccccc3.yml\n"
        "find: 'profile: 主要从事示例阻燃母粒的研发和生产，建有一条中试线。'\nreplace: 'profile: 做母粒。'\n"
        "code: R373\nat: 做母粒\nsays: '4'\n"
    ),
}

PAGE: Edits = {
    "site/pages/guide/example.md": _whole(
        "---\ntitle: 示例指南\ndescription: 一页新的指南。\nsection: guide\ncolumn: 指南\nkind: guide\n---\n\n# 示例指南\n\n新的一页。\n"
    ),
    "mkdocs.yml": _replacing(
        "    - { title: 一页卡片, path: guide/card/ }\n",
        "    - { title: 一页卡片, path: guide/card/ }\n    - { title: 示例指南, path: guide/example/ }\n",
    ),
}

COLUMN: Edits = {
    "generator/jiebang/site/exports/json/keys.py": _replacing(
        '        _said("demand", "dates.published", "published_on", DAY),\n',
        '        Key("published_year", "发榜年份", "发榜日期的年份。", TEXT),\n'
        '        _said("demand", "dates.published", "published_on", DAY),\n',
    ),
    "generator/jiebang/site/exports/json/objects.py": _replacing(
        '        "round_title": told.round,\n',
        '        "round_title": told.round,\n        "published_year": demand.published_on[:4],\n',
    ),
}

LABEL: Edits = {"schemas/enterprise.schema.json": _labelled("address", "邮寄地址")}

FORGE: Edits = {
    "generator/jiebang/site/submit/forge.py": _replacing('KINDS = ("", "github",', 'KINDS = ("", "forgejo", "github",'),
    "site/assets/js/submit/forge.js": _replacing(
        '  ["gitee", {',
        '  ["forgejo", { file: { create: "/_new/", name: "filename", text: "value" }, upload: null, edit: null, folder: "/", requests: "/", compare: null, how: "" }],\n'
        '  ["gitee", {',
    ),
    "tests/scripts/submit-forge.test.js": lambda text: (
        text
        + """
test("forgejo makes a new file", () => {
  assert.equal(addresses("forgejo").upload, null);
  assert.equal(parts(addresses("forgejo").empty ?? "").path, "/org/repo/_new/main");
});
"""
    ),
}

RECIPES = {
    "A field": FIELD,
    "A rule": RULE,
    "A page": PAGE,
    "A column of the export": COLUMN,
    "A label of a form": LABEL,
    "A forge": FORGE,
}
_NAMED_BESIDE = {".gitea/workflows/check.yml", "generator/jiebang/starter/"}
"""A forge's workflow is a file of its own kind; what it holds is tested with the workflows."""


def _section(title: str) -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split(f"### {title}\n")[1].split("\n### ")[0]


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_takes_five_steps_or_fewer_and_names_every_file(title: str) -> None:
    steps = re.findall(r"(?m)^(\d)\. (.*(?:\n   .*)*)", _section(title))
    assert 1 <= len(steps) <= 5
    named = {path for _, step in steps for path in re.findall(r"`([\w./-]+/[\w./-]*|mkdocs\.yml)`", step)}
    assert named - _NAMED_BESIDE == set(RECIPES[title])


@dataclass(frozen=True)
class Copy:
    """A copy of the project in which every recipe was played, with a site of the small catalogue."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "public"

    def read(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8-sig")

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        """Python with the copy's program."""
        environment = {
            **os.environ,
            "PYTHONPATH": f"{self.folder / 'generator'}{os.pathsep}{self.folder}",
            "JIEBANG_CACHE": str(self.folder / ".cache"),
        }
        return subprocess.run(
            [sys.executable, *map(str, command)],
            cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def jiebang(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "jiebang", *arguments)

    def check(self, path: str, edit: Callable[[str], str]) -> str:
        """What the check says of the small catalogue with one record changed."""
        other = self.folder / "checked"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(self.folder / "catalogue", other)
        (other / path).write_text(edit((other / path).read_text(encoding="utf-8")), encoding="utf-8")
        return self.jiebang("check", "--catalogue", "checked").stdout


def _play(folder: Path, recipes: Sequence[Edits]) -> None:
    for edits in recipes:
        for path, edit in edits.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text(encoding="utf-8") if file.is_file() else ""
            file.write_text(edit(before), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("copy")
    for name in _COPIED:
        source = ROOT / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, folder / name)
    shutil.copytree(FIXTURES / "base", folder / "catalogue")
    _play(folder, list(RECIPES.values()))
    demand = folder / "catalogue" / DEMAND
    text = demand.read_text(encoding="utf-8")
    demand.write_text(
        text.replace("cooperation:\n", f"test_conditions: {CONDITIONS}\ncooperation:\n"), encoding="utf-8"
    )
    settings = folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        .replace('kind: ""', "kind: forgejo")
        .replace('url: "" # 仓库', "url: https://git.example.org/city/catalogue # 仓库"),
        encoding="utf-8",
    )
    made = Copy(folder)
    reviewed = made.run(
        "-c", "from pathlib import Path; from tests.reviews import renew_reviews; renew_reviews(Path('catalogue'))"
    )
    assert reviewed.returncode == 0, reviewed.stderr
    built = made.jiebang("build", "--catalogue", "catalogue", "--out", "public")
    assert built.returncode == 0, built.stdout + built.stderr
    return made


def test_a_field_is_checked(copy: Copy) -> None:
    said = copy.check(DEMAND, _replacing(CONDITIONS, "长" * 301))
    assert "试验条件" in said and "最多 300" in said
    assert "R402" in copy.check(DEMAND, _replacing(CONDITIONS, "请致电 13800000000 询问"))


def test_a_field_reaches_page_guide_web_form_and_data(copy: Copy) -> None:
    assert CONDITIONS in copy.read("demands/d-aaaaaaa1/index.html")
    assert "试验条件" not in copy.read("demands/d-bbbbbbb2/index.html")
    assert "test_conditions" in copy.read("guide/fields/index.html")
    assert 'data-question="demand.test_conditions"' in copy.read(
        "submit/demand/index.html"
    ) or "test_conditions" in copy.read("submit/demand/index.html")
    assert json.loads(copy.read("data/v1/demands/d-aaaaaaa1.json"))["test_conditions"] == CONDITIONS
    (row,) = [r for r in csv.DictReader(copy.read("data/v1/demands.csv").splitlines()) if r["试验条件"]]
    assert row["试验条件"] == CONDITIONS


def test_a_field_is_searched(copy: Copy) -> None:
    asked = (
        "from pathlib import Path; from jiebang.catalogue import load; from jiebang.publication import publish\n"
        "from jiebang.site.search import folded_text\n"
        "site = publish(load(Path('catalogue'))[0], {}).site\n"
        "print(sum('连续试验' in folded_text(demand, site) for demand in site.demands))"
    )
    assert copy.run("-c", asked).stdout.strip() == "1"


def test_a_field_and_a_label_are_read_from_a_form_and_printed(copy: Copy) -> None:
    content = "需求内容：研发一款示例材料\n参数要求：熔指 25g/10min\n需达到效果：适配示例外壳\n时间要求：1 年\n试验条件：在盐雾箱中试验\n拟采取的合作方式：项目委托"
    form = copy.folder / "form.docx"
    form.write_bytes(make.annex1_docx(demands=[("示例阻燃改性材料", content)], labels={"通讯地址": "邮寄地址"}))
    asked = ("--round", "2024", "--district", "zone", "--stamped", "--no-secrets", "--date", "2024-07-08")
    done = copy.jiebang("import", form, *asked, "--into", "catalogue")
    assert done.returncode == 0, done.stdout + done.stderr
    (demand,) = [
        p for p in copy.folder.glob("catalogue/2024/zone/demands/*.yml") if "盐雾箱" in p.read_text(encoding="utf-8")
    ]
    assert "test_conditions: 在盐雾箱中试验\n" in demand.read_text(encoding="utf-8")
    enterprise = demand.read_text(encoding="utf-8").split("enterprise: ")[1].split("\n")[0]
    record = copy.folder / "catalogue/2024/zone/enterprises" / f"{enterprise.lower()}.yml"
    assert f"address: {make.ENTERPRISE['address']}\n" in record.read_text(encoding="utf-8")
    printed = copy.run(
        "-c",
        "import sys; from pathlib import Path; from jiebang.forms.writing.content import content\n"
        "print(content({'summary': 'a', 'test_conditions': '在盐雾箱中试验'}))",
    )
    assert "试验条件：在盐雾箱中试验" in printed.stdout


def test_a_rule_is_told_and_documented(copy: Copy) -> None:
    mistake = plain_yaml.values(
        (copy.folder / "tests/fixtures/mistakes/R373-short-profile.yml").read_text(encoding="utf-8")
    )
    said = copy.check(mistake["file"], _replacing(mistake["find"], mistake["replace"]))
    assert mistake["code"] in said and f"只有 {mistake['says']} 字" in said
    assert "企业概况太短" in copy.read("guide/rules/index.html")


def test_a_page_is_built_and_listed(copy: Copy) -> None:
    assert "新的一页" in copy.read("guide/example/index.html")
    assert 'href="../example/"' in copy.read("guide/read/index.html")


def test_a_column_reaches_every_form_of_the_data(copy: Copy) -> None:
    one = json.loads(copy.read("data/v1/demands/d-aaaaaaa1.json"))
    assert one["published_year"] == one["published_on"][:4]
    assert "发榜年份" in copy.read("data/v1/demands.csv").splitlines()[0]
    assert "published_year" in copy.read("data/v1/demands.csv-metadata.json")
    assert "published_year" in copy.read("data/index.html")
    assert "published_year" in copy.read("data/v1/schema/demand.json")


def test_a_forge_is_known_to_the_settings_and_to_the_form(copy: Copy) -> None:
    assert 'data-kind="forgejo"' in copy.read("submit/demand/index.html")
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [node, "--test", "tests/scripts/submit-forge.test.js"],
        cwd=copy.folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "forgejo makes a new file" in done.stdout

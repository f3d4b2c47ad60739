"""The web form is made from the schemas, forgets no field, holds no record, and leads to a forge only where one is configured."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.schemas import FieldDoc, Privacy, fields_of, resolved_schema
from jiebang.site import Frames, load_frames, render
from jiebang.site.submit import forge_complaint
from jiebang.site.submit.plan import ANNEXES, APPLY, CARRIED, DEMAND, DERIVED, STAFF, Annex, asked, required
from tests.conftest import ROOT
from tests.site import samples
from tests.site.markup import Markup

KINDS = ("enterprise", "demand", "application")
PAGES = {DEMAND: "submit/demand/index.html", APPLY: "submit/apply/index.html"}


def _kinds(annex: Annex) -> tuple[str, str]:
    return "enterprise", annex.repeated


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_asked_worked_out_or_left_to_staff(kind: str) -> None:
    here = {name for annex in ANNEXES if kind in _kinds(annex) for name in asked(annex, kind)}
    groups = (here, set(STAFF[kind]), set(DERIVED[kind]), set(CARRIED[kind]))
    assert set.union(*groups) == set(resolved_schema(kind)["properties"])
    assert sum(map(len, groups)) == len(set.union(*groups))


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.path)
def test_everything_that_a_schema_requires_is_asked_or_worked_out(annex: Annex) -> None:
    for kind in _kinds(annex):
        needed = set(resolved_schema(kind)["required"])
        assert needed <= {*required(annex, kind), *DERIVED[kind]}


def _asked_fields(annex: Annex) -> list[FieldDoc]:
    return [
        field
        for kind in _kinds(annex)
        for field in fields_of(kind)
        if field.path.split(".")[0].split("[")[0] in asked(annex, kind)
    ]


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.path)
def test_titles_explanations_and_choices_are_those_of_the_schemas(rich: dict[str, bytes], annex: Annex) -> None:
    page = Markup(rich[PAGES[annex]])
    for field in _asked_fields(annex):
        assert field.title in page.text or field.path == "industry.name", field.path
        if field.path not in {"industry.name", "demand"} and not field.description.startswith("单位："):
            assert field.description in page.text, field.path
        if len(field.choices) < 30:
            assert all(title in page.text for title in field.choice_titles), field.path


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.path)
def test_the_badge_of_a_question_is_its_privacy(rich: dict[str, bytes], annex: Annex) -> None:
    text = rich[PAGES[annex]].decode()
    for field in (f for f in _asked_fields(annex) if "." not in f.path and f.type not in {"一组", "列表", "是/否"}):
        kind = annex.repeated if field in fields_of(annex.repeated) else "enterprise"
        name = f"enterprise.{field.path}" if kind == "enterprise" else f"{kind}.{{n}}.{field.path}"
        question = text[text.index(f'data-question="{name}"') :]
        badge = question[question.index('class="badge') :].partition("</span>")[0].rpartition(">")[2]
        wanted = "公开" if field.privacy is Privacy.PUBLIC else "按企业选择" if field.shown_when else "不公开"
        assert badge == wanted, name


def test_the_model_stands_in_the_page(rich: dict[str, bytes]) -> None:
    for annex, path in PAGES.items():
        (form,) = (values for values in Markup(rich[path]).all("form") if "data-model" in values)
        model = json.loads(form["data-model"] or "")
        assert [round_["id"] for round_ in model["rounds"]] == ["2030"]
        assert [district["slug"] for district in model["districts"]] == [d.slug for d in samples.DISTRICTS]
        for kind in _kinds(annex):
            assert next(iter(model["kinds"][kind]["properties"])) == "schema"


def test_the_form_depends_on_no_demand(frames: Frames, rich: dict[str, bytes]) -> None:
    without = {output.path: output.content for output in render(replace(samples.make_site(70), demands=()), frames)}
    for path in (*PAGES.values(), "submit/index.html"):
        assert without[path] == rich[path]


def test_no_open_round_no_form(empty: dict[str, bytes]) -> None:
    for path in (*PAGES.values(), "submit/index.html"):
        page = Markup(empty[path])
        assert "目前没有进行中的轮次" in page.text
        assert page.all("form") == []


def test_scripts_are_small_and_only_where_they_work(rich: dict[str, bytes]) -> None:
    scripts = {path: content for path, content in rich.items() if path.startswith("assets/submit/")}
    assert len(scripts) >= 15
    assert len(gzip.compress(b"".join(scripts.values()))) <= 60 * 1024
    for path, content in rich.items():
        if path.endswith(".html"):
            used = sum(1 for script in scripts if script.encode() in content)
            assert used == (len(scripts) if path in PAGES.values() else 0), path


@pytest.mark.parametrize(
    ("forge", "complaint"),
    [
        (None, None),
        ({"kind": "", "url": "", "branch": "main"}, None),
        ({"kind": "gitea", "url": "https://git.example.org/a/b", "branch": "main", "folder": "catalogue"}, None),
        ({"kind": "gogs", "url": "https://git.example.org/a/b", "branch": "main"}, "kind"),
        ({"kind": "github", "url": "git.example.org/a/b", "branch": "main"}, "url"),
        ({"kind": "github", "url": "https://git.example.org/a/b/", "branch": "main"}, "url"),
        ({"kind": "github", "url": "javascript:alert(1)", "branch": "main"}, "url"),
        ({"kind": "gitlab", "url": "https://git.example.org/a/b", "branch": "a b"}, "branch"),
        ({"kind": "gitlab", "address": "x"}, "只能有"),
        ({"kind": "gitlab", "url": "https://bot:secret@git.example.org/a/b", "branch": "main"}, "不能写账号"),
        ({"kind": "gitlab", "url": "https://git.example.org/@a/b", "branch": "main"}, None),
    ],
)
def test_the_forge_setting_is_checked(forge: dict[str, str] | None, complaint: str | None) -> None:
    found = forge_complaint({"forge": forge})
    assert (found is None) == (complaint is None)
    assert complaint is None or complaint in str(found)
    assert "secret" not in str(found)


def test_a_configured_forge_stands_in_the_page_and_a_wrong_one_stops_the_build(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(ROOT / "site", home / "site")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for kind in ("gitlab", "gogs"):
        text = settings.replace('    kind: ""\n    url: ""', f"    kind: {kind}\n    url: https://git.example.org/a/b")
        assert text != settings
        (home / "mkdocs.yml").write_text(text, encoding="utf-8")
        if kind == "gogs":
            with pytest.raises(UserError, match=r"extra\.forge\.kind"):
                load_frames(home, tmp_path / "cache")
            continue
        page = "".join(load_frames(home, tmp_path / "cache").pages["submit/demand/index.html"].parts)
        assert 'data-kind="gitlab" data-url="https://git.example.org/a/b" data-branch="main"' in page

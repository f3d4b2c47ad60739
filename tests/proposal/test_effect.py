"""What a reviewer is told of a pull request: what the public will see, in one sentence and in lists; nothing private, ever."""

from __future__ import annotations

import json

import pytest

from jiebang.proposal import Asked, judge_proposal
from jiebang.proposal.report import as_gitlab, as_json, as_markdown, as_text, sentence, verdict
from tests.conftest import Run
from tests.proposal.conftest import Judge
from tests.proposal.forge import CONSENT, Forge, base_files, corrected

HIDDEN = "catalogue/2024/qiaokou/enterprises/e-aaaaaaa1.yml"
DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
APPLICATION = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"


def test_an_empty_change_changes_nothing_for_the_public(judge: Judge) -> None:
    judged = judge({"site/pages/README.md": "x\n"}, "shili-city")
    assert judged.effect is not None
    assert sentence(judged.effect) == "对公众没有变化。"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"mkdocs.yml": "site_name: 示例\n"}, "新增了网站设置（mkdocs.yml），所有网页都可能变。"),
        ({"program.txt": "x\n"}, "新增了程序的版本（program.txt），所有网页都可能变。"),
        ({"pages/guide/visit.md": "x\n", "pages/index.md": "x\n"}, "新增网页 guide/visit/、首页。"),
        ({"site/pages/guide/index.md": "x\n"}, "新增网页 guide/。"),
        ({f"pages/guide/{letter}.md": "x\n" for letter in "abcdefg"}, "guide/d/、guide/e/ 等 7 个。"),
        ({"synonyms.yml": "本地:\n  - 甲乙、丙丁\n"}, "新增了搜索和供需匹配用的同义词。"),
        ({"external.yml": "[]\n"}, "新增了外地和国家的需求（external/）。"),
        (
            {"districts.svg": "<svg/>\n", "pages/a.svg": "<svg/>\n"},
            "新增了“各区”的地图（districts/）；新增图片 a.svg。",
        ),
    ],
)
def test_settings_and_own_pages_are_named(judge: Judge, files: dict[str, str], told: str) -> None:
    """Nobody who reads “no change for the public” looks at the page that a request brings along."""
    judged = judge(files, "shili-city")
    assert judged.effect is not None, judged.problems
    assert sentence(judged.effect).endswith(told)
    assert "没有变化" not in sentence(judged.effect)
    assert list(judged.effect.pages) == json.loads(as_json(judged))["public"]["pages"]


def test_a_private_change_is_counted_and_not_quoted(forge: Forge, judge: Judge) -> None:
    text = forge.read(APPLICATION).replace("十二人", "十三人")
    assert text != forge.read(APPLICATION)
    judged = judge({APPLICATION.replace("aaaaaaa1", "aaaaaaa1"): text}, "shili-qiaokou")
    assert judged.effect is not None, judged.problems
    assert sentence(judged.effect) == "对公众没有变化；修改 1 份申请（不公开）。"
    assert "十三人" not in as_text(judged) + as_markdown(judged) + as_json(judged)


def test_publishing_says_how_many_and_how_many_stay_hidden(forge: Forge) -> None:
    # A base in which the demand still waits for the ministry.
    waiting = forge.read(DEMAND).replace("status: published", "status: recommended")
    waiting = waiting.replace("  published: 2024-08-20\n", "")
    files = base_files()
    files[DEMAND] = waiting
    files.pop(APPLICATION)
    earlier = Forge(forge.folder.parent / "earlier.git", files)
    earlier.propose({DEMAND: forge.read(DEMAND), APPLICATION: forge.read(APPLICATION)})
    judged = judge_proposal(Asked(earlier.folder, "main", "proposal", ("shili-city",)))
    assert judged.effect is not None, judged.problems
    assert sentence(judged.effect) == "将公开 1 项需求，隐藏企业名称 1 家；新增 1 份申请（不公开）。"
    assert "电池外壳用阻燃改性材料" in as_markdown(judged)
    told = as_text(judged) + as_markdown(judged) + as_json(judged)
    for line in str(files[HIDDEN]).splitlines():
        name, _, value = line.partition(": ")
        if name.strip() in {"name", "credit_code", "phone", "mobile", "email", "address"}:
            assert value not in told, name


def test_a_changed_public_text_names_the_field(forge: Forge, judge: Judge) -> None:
    judged = judge({DEMAND: forge.read(DEMAND).replace("apply_by: 2024-10-31", "apply_by: 2024-11-30")}, "shili-city")
    assert judged.effect is not None, judged.problems
    assert [shown.what for shown in judged.effect.edited] == ["修改了揭榜截止日期"]


def test_naming_the_hidden_is_told_first(forge: Forge, judge: Judge) -> None:
    judged = judge({HIDDEN: forge.read(HIDDEN).replace("disclosure: 不公开", CONSENT)}, "shili-qiaokou")
    assert judged.effect is not None, judged.problems
    assert "首次公开企业名称 1 家" in sentence(judged.effect)


def test_with_an_error_nothing_is_said_of_the_public(forge: Forge, judge: Judge) -> None:
    judged = judge({DEMAND: forge.read(DEMAND).replace("schema: demand/1", "schema: demand/9")}, "shili-city")
    assert judged.effect is None
    assert "不能合并" in verdict(judged)
    assert "改正后" in as_text(judged)


def test_machine_formats_hold_every_problem(forge: Forge, judge: Judge) -> None:
    judged = judge({DEMAND: forge.read(DEMAND).replace("status: published", "status: nowhere")}, "shili-city")
    data = json.loads(as_json(judged))
    assert data["mergeable"] is False
    assert len(data["problems"]) == len(judged.problems) > 0
    entries = json.loads(as_gitlab(judged))
    assert len(entries) == len(judged.problems)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_the_command_judges_and_previews(forge: Forge, run: Run) -> None:
    forge.propose({DEMAND: corrected(forge.read(DEMAND))})
    asked = ("--repository", forge.folder, "--head", "proposal", "--actor", "shili-qiaokou")
    said = run("proposal", *asked)
    assert said.returncode == 0, said.stderr
    assert "修改 1 项需求的公开内容" in said.stdout
    assert "可以合并" in said.stdout
    out = forge.folder.parent / "preview"
    shown = run("preview", *asked, "--out", out)
    assert shown.returncode == 0, shown.stderr
    page = (out / "demands" / "changes" / "index.html").read_text(encoding="utf-8")
    assert "1 年" in page and "18 个月" in page
    for file in out.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "请勿转发" in html or file.name == "404.html" or "embed" in file.parts, file
        assert 'content="noindex' in html, file
    assert "Disallow: /" in (out / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--head", "no-such-branch"), "no-such-branch"),
        (("--base", "--upload-pack=x", "--head", "main"), "--upload-pack=x"),
    ],
)
def test_a_wrong_name_is_answered_in_chinese(forge: Forge, run: Run, arguments: tuple[str, ...], word: str) -> None:
    said = run("proposal", "--repository", forge.folder, *arguments)
    assert said.returncode == 1
    assert "仓库里没有提交" in said.stderr and word in said.stderr
    assert "Traceback" not in said.stderr

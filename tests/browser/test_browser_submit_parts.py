"""The form's scripts against the program: what each judges of the same thing, and 24 nasty texts on their way into a file."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from jiebang.catalogue import load
from jiebang.catalogue.decode import INVISIBLE
from jiebang.rules.identities import slips
from jiebang.rules.sizes import size_of
from jiebang.schemas import divisions
from tests import plain_yaml
from tests.browser import desk
from tests.turns import at_night, by_day

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"

NASTY = [
    "012345", "1_000", "yes", "no", "null", "~", "true", "2024-07-10", "a: b", "a #b", "a\"b'c\\d\\n", "- x", "? x", "---", "...",
    "% x", "&a *b !c |d >e", "{{ 7*7 }}{% x %}", "<script>alert(1)</script>", "[x], {y: z}", "@x `y`", " 前后有空格 ", "表\t格\t符",
    "电池😀𠮷𪚥", "第一行\n\n  缩进的第三行\n尾行有空格  ", "\n\n前有空行", "  首行缩进\n第二行", "\t首字符是制表符\n x", "a\n \n\t\nb", "长" * 2900,
    "key: |\n  block\n# not a comment\n--- \n... ", "结尾冒号:", "：全角冒号", "“引号”", "=", "<<", "!!str x", "'", '"', "\u3000全角空格\u3000", "a\u00a0b",
]  # fmt: skip
UNSEEN = ["a\u0085b", "a\u2028b", "a\u200bb", "a\u202eb", "a\ufeffb", "a\ue000b", "a\x07b", "a\U000e0041b", "a\u00adb"]


@pytest.fixture(scope="module")
def form(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.clock.set_fixed_time(f"{desk.TODAY}T12:00:00+08:00")
    page.goto(f"{server}/desk/submit/demand/", wait_until="networkidle")
    desk.fill(page, desk.DEMAND)
    yield page
    context.close()


@pytest.mark.parametrize("text", by_day(NASTY, 12))
def test_nasty_texts_come_through_exactly(form: Page, tmp_path: Path, text: str) -> None:
    assert len(NASTY) >= 24
    one_line = "\n" not in text and len(text) <= 120
    desk.answer(form, "demand.0.summary", text)
    desk.answer(form, "demand.0.cooperation.note", text[:900])
    if one_line:
        desk.answer(form, "enterprise.address", text)
    catalogue = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "base", catalogue)
    files: list[list[str]] = form.evaluate(desk.RESULT)["files"]
    for path, content in files:
        (catalogue / path).write_text(content, encoding="utf-8", newline="\n")
    loaded, problems = load(catalogue)
    assert [problem for problem in problems if problem.path in {path for path, _ in files}] == []
    enterprise, demand = (path.rpartition("/")[2].removesuffix(".yml").upper() for path, _ in files)
    found = loaded.find("demand", demand)
    assert found is not None
    assert found.get("summary") == text
    assert found.get("cooperation", "note") == text[:900]
    owner = loaded.find("enterprise", enterprise)
    assert owner is not None
    if one_line:
        assert owner.get("address") == text


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_characters_that_the_reader_refuses_are_told(form: Page, text: str) -> None:
    desk.answer(form, "demand.0.summary", text)
    codes = form.evaluate(desk.RESULT)["codes"]
    assert ["Y103", "demand.0.summary"] in codes


def test_the_same_characters_are_invisible(form: Page) -> None:
    seen = form.evaluate(
        f"""async () => {{
          const {{ firstInvisible }} = await ({desk.MODULE})("characters");
          return Array.from({{length: 0x110000}}, (_, n) => n).filter(n => firstInvisible(String.fromCodePoint(n)) !== null);
        }}"""
    )
    assert seen == [code for code in range(0x110000) if INVISIBLE.match(chr(code))]


def test_sizes_agree_over_a_grid(form: Page) -> None:
    values = (None, 9, 20, 299, 300, 2000, 40000, 120000) if at_night() else (None, 20, 300, 40000)
    figures = list(itertools.product(values, repeat=3))
    wanted: list[Any] = []
    cases: list[Any] = []
    for code, division in divisions().items():
        groups = [None] if "" in division.size_groups else [None, *division.size_groups]
        for group, (employees, revenue, assets) in itertools.product(groups, figures):
            known = {"employees": employees, "revenue": revenue, "assets": assets}
            size = size_of(code, group, known)
            cases.append([code, group, known])
            wanted.append(None if size is None else [size.lowest, size.highest, size.reason])
    found = form.evaluate(
        f"""async cases => {{
          const {{ sizeRange }} = await ({desk.MODULE})("rules");
          const model = JSON.parse(document.querySelector("form[data-model]").dataset.model);
          return cases.map(([code, group, figures]) => {{
            const size = sizeRange(model, code, group, figures);
            return size && [size.lowest, size.highest, size.reason];
          }});
        }}""",
        cases,
    )
    different = [(case, one, other) for case, one, other in zip(cases, wanted, found, strict=True) if one != other]
    assert different == []


def test_credit_codes_agree(form: Page) -> None:
    random = Random(5)  # noqa: S311  a seeded sample, not a secret
    good = ["910000000276265134", "91000000MA00100A45", "9100000076WUYC8X8M", "91000000J240C0JH9D"]
    codes = [*good, "", " ", "９１000000MA00100A45", "91000000-MA00100A-45", "9100OOOOMAOO1OOA45", "中文"]
    for _ in range(600):
        code = list(random.choice(good))
        for _change in range(random.randint(1, 3)):
            code[random.randrange(len(code))] = random.choice("0123456789ABCXYZISOVaz -中１")
        codes.append("".join(code)[: random.choice((18, 18, 18, 17))])
    found = form.evaluate(
        f"""async codes => {{
          const {{ creditCodeSlips }} = await ({desk.MODULE})("rules");
          return codes.map(code => creditCodeSlips(code).map(({{ message, hint }}) => [message, hint]));
        }}""",
        codes,
    )
    assert found == [[list(slip) for slip in slips(code)] for code in codes]


def _texts(name: str) -> list[str]:
    content = (FIXTURES / name).read_text(encoding="utf-8")
    return [entry["text"] for entry in plain_yaml.values(content)] if name.endswith(".yml") else content.splitlines()


def test_most_contact_data_is_seen_and_technical_texts_are_left_in_peace(form: Page) -> None:
    judge = f"""async texts => {{
      const {{ contactKinds, hasClassificationMark, personSlips }} = await ({desk.MODULE})("contacts");
      const {{ patterns }} = JSON.parse(document.querySelector("[data-model]").dataset.model);
      const contacts = texts.filter(text => contactKinds(text, patterns).length);
      return {{ contacts, any: texts.filter(text => contacts.includes(text) || personSlips(text).length || hasClassificationMark(text)) }};
    }}"""
    disguised, innocent = _texts("disguised-contacts.yml"), _texts("innocent.txt")
    missed = sorted(set(disguised) - set(form.evaluate(judge, disguised)["contacts"]))
    assert len(missed) <= 0.06 * len(disguised), missed
    false = form.evaluate(judge, innocent)["any"]
    assert len(false) <= 4, false


def test_no_forge_no_links_and_a_forge_links(form: Page) -> None:
    form.reload()
    button = form.get_by_role("button", name="检查并生成文件")
    desk.fill(form, desk.DEMAND)
    desk.go(form, "s-finish")
    button.click()
    expect(form.locator(".file")).to_have_count(2)
    expect(form.locator(".file-forge")).to_have_count(0)
    form.evaluate(
        """() => Object.assign(document.querySelector('meta[name="jiebang-forge"]').dataset,
           {kind: "github", url: "https://git.example.org/org/repo"})"""
    )
    button.click()
    links = form.locator(".file-forge a")
    # The second file is made in the branch that the first one began, so that they are one request.
    expect(links).to_have_count(2)
    form.get_by_label("分支名").fill("submit-1")
    expect(links).to_have_count(4)
    # The links are written anew while a branch is typed.
    expect(links.last).to_have_attribute("href", re.compile(r"^https://git\.example\.org/org/repo/new/submit-1\?"))
    request = form.locator(".together").get_by_role("link", name="提出合并请求")
    expect(request).to_have_attribute("href", "https://git.example.org/org/repo/compare/main...submit-1")
    first = re.compile(r"^https://git\.example\.org/org/repo/new/main\?filename=catalogue%2F2024")
    expect(links.first).to_have_attribute("href", first)
    desk.answer(form, "demand.0.parameters", "长" * 1000)
    desk.go(form, "s-finish")
    button.click()
    form.get_by_label("分支名").fill("submit-1")
    expect(form.locator(".file-forge").last).to_contain_text("网址装不下")
    for kind, promised in {
        "gitlab": "文件名已填好",
        "gitee": "打开仓库里的这个文件夹",
        "gitcode": "打开仓库里的这个文件夹",
    }.items():
        form.evaluate("kind => { document.querySelector('meta[name=\"jiebang-forge\"]').dataset.kind = kind; }", kind)
        button.click()
        form.get_by_label("分支名").fill("submit-1")
        expect(form.locator(".file-forge").first).to_contain_text(promised)
        expect(form.locator(".file-forge").first).not_to_contain_text("内容已填好")
        expect(form.locator(".together")).to_contain_text("一个请求里")
